"""The address of groups."""

from django.urls import path

from kithwork.clinic.groups import views

clinic_pages = [path("clinic/groups/", views.groups, name="groups")]
