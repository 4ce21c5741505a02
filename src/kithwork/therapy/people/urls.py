"""The people's addresses. The circles come first: a person's id could not be told from their name."""

from django.urls import path

from kithwork.therapy.people import views

course_pages = [
    path("people/", views.people, name="people"),
    path("people/circles/", views.circles, name="circles"),
    path("people/<str:person_id>/", views.person, name="person"),
    path("people/<str:person_id>/place/", views.place, name="person-place"),
    path("people/<str:person_id>/line/", views.line, name="person-line"),
    path("people/<str:person_id>/remove/", views.remove, name="person-remove"),
    path("people/<str:person_id>/show/", views.show, name="person-show"),
]
