"""The diary's addresses."""

from django.urls import path

from kithwork.therapy.diary.views import entries, offline

course_pages = [
    path("diary/", entries.diary, name="diary"),
    path("diary/week/", entries.week, name="diary-week"),
    path("diary/month/", entries.month, name="diary-month"),
]
client_pages = [
    path("diary/usual/", entries.usual, name="diary-usual"),
    path("diary/offline/", offline.set_up, name="diary-offline"),
    path("diary/phone/", offline.from_phone, name="diary-phone"),
    path("diary/<str:entry_id>/", entries.entry, name="diary-entry"),
    path("diary/<str:entry_id>/bring/", entries.bring, name="diary-bring"),
    path("diary/<str:entry_id>/undo/", entries.undo, name="diary-undo"),
]
open_pages = [
    path("offline/", offline.shell, name="offline"),
    path("sw.js", offline.worker, name="worker"),
]
