"""The check-ins' addresses."""

from django.urls import path

from kithwork.therapy.checkins import views

course_pages = [
    path("check-in/", views.check_in, name="check-in"),
    path("check-in/<str:check_in_id>/", views.one, name="check-in-one"),
]
client_pages = [
    path("check-in/<str:check_in_id>/all/", views.whole, name="check-in-all"),
    path("check-in/<str:check_in_id>/answers/", views.look_over, name="check-in-answers"),
    path("check-in/<str:check_in_id>/take-back/", views.take_back, name="check-in-take-back"),
]
