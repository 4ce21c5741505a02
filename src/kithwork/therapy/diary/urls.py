"""The diary's addresses."""

from django.urls import path

from kithwork.therapy.diary import views

course_pages = [path("diary/", views.diary, name="diary")]
client_pages = [
    path("diary/usual/", views.usual, name="diary-usual"),
    path("diary/<str:entry_id>/", views.entry, name="diary-entry"),
    path("diary/<str:entry_id>/undo/", views.undo, name="diary-undo"),
]
