"""Where reminders are chosen."""

from django.urls import path

from kithwork.therapy.reminders import views

client_pages = [
    path("reminders/", views.reminders, name="reminders"),
    path("reminders/now/", views.send_now, name="reminders-now"),
    path("clock/", views.own_clock, name="own-clock"),
]
