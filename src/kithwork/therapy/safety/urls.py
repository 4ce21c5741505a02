"""Addresses about safety. Staff's own pages are never under /me/; help is open to everybody."""

from django.urls import path

from kithwork.therapy.safety import views

course_pages = [
    path("safety-plan/", views.safety_plan, name="safety-plan"),
    path("safety-plan/file/", views.safety_plan_copy, name="safety-plan-copy"),
    path("safety-plan/<str:heading>/", views.safety_plan_part, name="safety-plan-part"),
    path("safe-contact/", views.safe_contact, name="safe-contact"),
]
staff_pages = [
    path("safety/", views.safety, name="safety"),
    path("safety/review/", views.asked_aloud, name="safety-asked"),
    path("safety/flags/new/", views.raise_flag, name="safety-raise"),
    path("safety/flags/<str:flag_id>/", views.review_flag, name="safety-review"),
    path("safety/concerns/<str:concern_id>/close/", views.close_concern, name="safety-concern-close"),
]
open_pages = [path("help/", views.help_now, name="help")]
