"""The addresses of letters. What one is about stands in none of them."""

from django.urls import path

from kithwork.therapy.letters import views

course_pages = [
    path("letters/", views.letters, name="letters"),
    path("letters/<str:letter_id>/", views.letter, name="letter"),
    path("letters/<str:letter_id>/answer/", views.answer, name="letter-answer"),
    path("letters/<str:letter_id>/file/", views.paper, name="letter-paper"),
]
staff_pages = [
    path("letters/<str:letter_id>/write/", views.write, name="letter-write"),
    path("letters/<str:letter_id>/as-seen/", views.as_seen, name="letter-as-seen"),
    path("letters/<str:letter_id>/show/", views.show, name="letter-show"),
    path("letters/<str:letter_id>/sign/", views.sign_off, name="letter-sign"),
    path("letters/<str:letter_id>/aside/", views.put_aside, name="letter-aside"),
    path("letters/<str:letter_id>/correct/", views.correct, name="letter-correct"),
    path("letters/<str:letter_id>/sent/", views.sent, name="letter-sent"),
]
