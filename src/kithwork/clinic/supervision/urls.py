"""The address of supervision."""

from django.urls import path

from kithwork.clinic.supervision import views

clinic_pages = [path("clinic/supervision/", views.supervision, name="supervision")]
