"""The addresses of the sessions. ``n`` is a number, or the id of a session that takes none."""

from django.urls import path

from kithwork.therapy.sessions.views import note, planning, room, talk

course_pages = [
    path("sessions/", planning.sessions, name="sessions"),
    path("sessions/try/<str:try_id>/", talk.try_out, name="try-out"),
    path("to-talk-about/", talk.to_talk_about, name="to-talk-about"),
    path("to-talk-about/<str:item_id>/off/", talk.take_off, name="to-talk-about-off"),
]
staff_pages = [
    path("sessions/plan/", planning.plan, name="session-plan"),
    path("sessions/<str:n>/move/", planning.move, name="session-move"),
    path("sessions/<str:n>/open/", room.open_, name="session-open"),
    path("sessions/<str:n>/close/", room.close, name="session-close"),
    path("sessions/<str:n>/agenda/", room.add, name="session-agenda"),
    path("sessions/<str:n>/agenda/<str:item_id>/", room.item, name="session-agenda-item"),
    path("sessions/<str:n>/link/", room.link, name="session-link"),
    path("sessions/<str:n>/work/", room.work, name="session-work"),
    path("sessions/<str:n>/try/", room.try_, name="session-try"),
    path("sessions/<str:n>/rather-not/", room.rather_not, name="session-rather-not"),
    path("sessions/<str:n>/note/", note.note, name="note"),
    path("sessions/<str:n>/note/draft/", note.draft, name="note-draft"),
    path("sessions/<str:n>/summary/", note.summary, name="session-summary"),
    path("sessions/<str:n>/summary/back/", note.take_back, name="session-summary-back"),
    path("sessions/<str:n>/record/", note.record, name="session-record"),
    path("sessions/<str:n>/", room.room, name="session"),
]
client_pages = [path("sessions/<str:n>/", room.room, name="session")]
