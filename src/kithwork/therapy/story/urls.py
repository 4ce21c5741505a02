"""The story's addresses, and the open pages about IPT."""

from django.urls import path

from kithwork.therapy.story import about
from kithwork.therapy.story.views import cycle, difficulties, first_picture, timeline

course_pages = [
    path("first/", first_picture.first_session, name="first"),
    path("story/", timeline.story, name="story"),
    path("story/print/", timeline.story_print, name="story-print"),
    path("story/<str:event_id>/", timeline.event, name="event"),
    path("story/<str:event_id>/move/", timeline.move_event, name="event-move"),
    path("story/<str:event_id>/link/", timeline.link_event, name="event-link"),
    path("story/<str:event_id>/link/<str:link_id>/remove/", timeline.unlink_event, name="event-unlink"),
    path("story/<str:event_id>/remove/", timeline.remove_event, name="event-remove"),
    path("cycle/", cycle.cycle, name="cycle"),
    path("cycle/diary/", cycle.cycle_diary, name="cycle-diary"),
    path("cycle/steps/", cycle.arrange, name="cycle-steps"),
    path("cycle/example/", cycle.add_example, name="cycle-example"),
    path("cycle/example/<str:link_id>/remove/", cycle.remove_example, name="cycle-example-remove"),
    path("cycle/keep/", cycle.keep_version, name="cycle-keep"),
    path("cycle/earlier/<str:version_id>/", cycle.version, name="cycle-version"),
    path("difficulties/", difficulties.difficulties, name="difficulties"),
]
open_pages = [
    path("about/", about.about, name="about"),
    path("about/cycle/", about.about_cycle, name="about-cycle"),
    path("about/someone-close/", about.about_someone_close, name="about-someone-close"),
]
