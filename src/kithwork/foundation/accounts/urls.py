"""Addresses of invitations."""

from django.urls import path

from kithwork.foundation.accounts import views

pages = [path("invitation/<str:token>/", views.accept, name="invitation")]
