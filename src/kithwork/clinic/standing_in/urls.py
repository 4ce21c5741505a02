"""Addresses about being away, standing in, and what waits."""

from django.urls import path

from kithwork.clinic.standing_in import views

clinic_pages = [
    path("clinic/away/", views.away, name="away"),
    path("clinic/away/for/", views.away_for, name="away-for"),
    path("clinic/away/<str:absence_id>/accept/", views.accept, name="away-accept"),
    path("clinic/away/<str:absence_id>/back/", views.back, name="away-back"),
    path("clinic/waiting/", views.waiting, name="waiting"),
]
