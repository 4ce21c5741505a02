"""Addresses of a therapist's day."""

from django.urls import path

from kithwork.clinic.today import views

clinic_pages = [
    path("clinic/", views.today, name="clinic-today"),
    path("clinic/caseload/", views.caseload, name="caseload"),
    path("clinic/caseload/views/", views.keep_view, name="caseload-views"),
    path("clinic/clients/new/", views.new_client, name="new-client"),
]
staff_pages = [
    path("invite/", views.invite_client, name="invite-client"),
    path("put-off/", views.set_aside, name="set-aside"),
]
