"""The story's addresses, and the open pages about IPT."""

from django.urls import path

from kithwork.therapy.story import about, views

course_pages = [
    path("first/", views.first_session, name="first"),
    path("story/", views.story, name="story"),
    path("story/<str:event_id>/", views.event, name="event"),
    path("story/<str:event_id>/link/", views.link_event, name="event-link"),
    path("story/<str:event_id>/link/<str:link_id>/remove/", views.unlink_event, name="event-unlink"),
    path("story/<str:event_id>/remove/", views.remove_event, name="event-remove"),
    path("cycle/", views.cycle, name="cycle"),
    path("difficulties/", views.difficulties, name="difficulties"),
]
open_pages = [
    path("about/", about.about, name="about"),
    path("about/cycle/", about.about_cycle, name="about-cycle"),
    path("about/someone-close/", about.about_someone_close, name="about-someone-close"),
]
