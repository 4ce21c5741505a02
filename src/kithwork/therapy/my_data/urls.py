"""What the client can do with everything that is kept of her."""

from django.urls import path

from kithwork.therapy.my_data import views

client_pages = [
    path("data/", views.data, name="data"),
    path("data/copy/", views.copy, name="data-copy"),
    path("data/stop-sharing/", views.stop, name="data-stop"),
    path("data/erase/", views.erase, name="data-erase"),
    path("data/keep/", views.keep, name="data-keep"),
]
