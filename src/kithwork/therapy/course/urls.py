"""The addresses that belong to the course as a whole."""

from django.urls import path

from kithwork.therapy.course import views

course_pages = [
    path("contract/", views.contract, name="contract"),
    path("contract/<str:contract_id>/", views.one, name="contract-one"),
    path("contract/<str:contract_id>/print/", views.sheet, name="contract-print"),
    path("contract/<str:contract_id>/sign/", views.sign, name="contract-sign"),
]
staff_pages = [
    path("pause/", views.pause, name="pause"),
    path("pause/over/", views.go_on, name="pause-over"),
]
