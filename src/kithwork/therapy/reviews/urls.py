"""Addresses of looking back on the way."""

from django.urls import path

from kithwork.therapy.reviews import views

staff_pages = [path("review/", views.review, name="review")]
