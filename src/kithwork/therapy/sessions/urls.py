"""The addresses of the sessions. ``n`` is a number, or the id of a session that takes none."""

from django.urls import path

from kithwork.therapy.sessions.views import agenda, note, paper, planning, room, screen, talk, work

course_pages = [
    path("sessions/", planning.sessions, name="sessions"),
    path("sessions/try/", talk.try_outs, name="try-outs"),
    path("sessions/try/<str:try_id>/", talk.try_out, name="try-out"),
    path("sessions/<str:n>/show/", screen.pick, name="session-show"),
    path("to-talk-about/", talk.to_talk_about, name="to-talk-about"),
    path("to-talk-about/<str:item_id>/off/", talk.take_off, name="to-talk-about-off"),
]
staff_pages = [
    path("sessions/plan/", planning.plan, name="session-plan"),
    path("sessions/<str:n>/move/", planning.move, name="session-move"),
    path("sessions/<str:n>/correct/", planning.correct, name="session-correct"),
    path("sessions/<str:n>/open/", room.open_, name="session-open"),
    path("sessions/<str:n>/close/", room.close, name="session-close"),
    path("sessions/<str:n>/agenda/", agenda.add, name="session-agenda"),
    path("sessions/<str:n>/agenda/<str:item_id>/", agenda.item, name="session-agenda-item"),
    path("sessions/<str:n>/link/", work.link, name="session-link"),
    path("sessions/<str:n>/work/", work.work, name="session-work"),
    path("sessions/<str:n>/try/", work.try_, name="session-try"),
    path("sessions/<str:n>/rather-not/", work.rather_not, name="session-rather-not"),
    path("sessions/<str:n>/note/", note.note, name="note"),
    path("sessions/<str:n>/note/draft/", note.draft, name="note-draft"),
    path("sessions/<str:n>/summary/", note.summary, name="session-summary"),
    path("sessions/<str:n>/summary/back/", note.take_back, name="session-summary-back"),
    path("sessions/<str:n>/ratings/", note.ratings, name="session-ratings"),
    path("sessions/<str:n>/screen/", screen.screen, name="session-screen"),
    path("sessions/<str:n>/paper/", paper.paper, name="session-paper"),
    path("sessions/<str:n>/typed-in/", paper.type_in, name="session-type-in"),
    path("sessions/<str:n>/record/file/", note.record_file, name="session-record-file"),
    path("sessions/<str:n>/record/", note.record, name="session-record"),
    path("sessions/<str:n>/", room.room, name="session"),
]
client_pages = [path("sessions/<str:n>/", room.room, name="session")]
