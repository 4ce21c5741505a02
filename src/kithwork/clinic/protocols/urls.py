"""Addresses of the forms of IPT."""

from django.urls import path

from kithwork.clinic.protocols import views

clinic_pages = [
    path("clinic/protocols/", views.protocols, name="protocols"),
    path("clinic/protocols/<str:protocol>/", views.one, name="protocol"),
    path("clinic/protocols/<str:protocol>/change/", views.change, name="protocol-change"),
    path("clinic/protocols/<str:protocol>/sessions/<int:n>/", views.session, name="protocol-session"),
    path("clinic/protocols/<str:protocol>/away/", views.away, name="protocol-away"),
]
