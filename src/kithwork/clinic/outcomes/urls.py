"""The address of outcomes."""

from django.urls import path

from kithwork.clinic.outcomes import views

clinic_pages = [path("clinic/outcomes/", views.outcomes, name="outcomes")]
