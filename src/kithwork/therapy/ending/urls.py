"""The ending's addresses."""

from django.urls import path

from kithwork.therapy.ending import views

course_pages = [
    path("ending/", views.ending, name="ending"),
    path("ending/signs/", views.sign, name="ending-sign"),
    path("ending/signs/<str:sign_id>/off/", views.sign_off, name="ending-sign-off"),
    path("ending/<str:where>/<str:field>/", views.part, name="ending-part"),
    path("keepsake/", views.show_keepsake, name="keepsake"),
]
staff_pages = [path("ending/finish/", views.finish, name="ending-finish")]
