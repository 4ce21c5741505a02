"""The addresses that bring the rooms together: both first pages, the weeks, and what is the client's own business."""

from django.urls import path

from kithwork.therapy.together import views

course_pages = [
    path("progress/", views.progress, name="progress"),
]
client_pages = [
    path("", views.today, name="today"),
    path("more/", views.more, name="more"),
    path("more/leave-quickly/", views.leave_quickly, name="leave-quickly"),
    path("who-has-looked/", views.who_has_looked, name="who-has-looked"),
    path("who-has-looked/ask/", views.look_ask, name="look-ask"),
    path("to-decide/", views.to_decide, name="to-decide"),
]
staff_pages = [
    path("", views.overview, name="overview"),
    path("prepare/", views.prepare, name="prepare"),
]
