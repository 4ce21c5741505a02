"""Addresses of the administrator's pages."""

from django.urls import path

from kithwork.clinic.admin import views

clinic_pages = [
    path("clinic/admin/", views.admin, name="admin"),
    path("clinic/admin/invite/", views.invite_staff, name="admin-invite"),
    path("clinic/admin/settings/", views.clinic_settings, name="admin-settings"),
    path("clinic/admin/key-copy/", views.key_copy, name="admin-key-copy"),
    path("clinic/admin/accounts/<str:account_id>/end/", views.end_account, name="admin-end-account"),
]
