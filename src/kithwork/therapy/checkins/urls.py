"""The check-ins' addresses."""

from django.urls import path

from kithwork.therapy.checkins.views import answering, by_mail, desk

course_pages = [
    path("check-in/", answering.check_in, name="check-in"),
    path("check-in/<str:check_in_id>/", answering.one, name="check-in-one"),
]
client_pages = [
    path("check-in/<str:check_in_id>/all/", answering.whole, name="check-in-all"),
    path("check-in/<str:check_in_id>/answers/", answering.look_over, name="check-in-answers"),
    path("check-in/<str:check_in_id>/take-back/", answering.take_back, name="check-in-take-back"),
    path("check-in/plan/agree/", answering.agree, name="check-in-agree"),
]
staff_pages = [
    path("check-in/plan/change/", desk.schedule, name="check-in-plan"),
    path("check-in/plan/link/", desk.link, name="check-in-link"),
    path("check-in/paper/print/", desk.paper, name="check-in-paper"),
    path("check-in/score/enter/", desk.score_entry, name="check-in-score"),
    path("check-in/score/<str:score_id>/correct/", desk.score_correct, name="check-in-score-correct"),
    path("check-in/<str:check_in_id>/correct/", desk.correct, name="check-in-correct"),
]
# In a message: no word of what they are for.
open_pages = [
    path("l/<str:token>/", by_mail.arrive, name="link"),
    path("l/<str:token>/code/", by_mail.ask_code, name="link-code"),
    path("l/<str:token>/open/", by_mail.use_code, name="link-open"),
    path("l/<str:token>/questions/", by_mail.questions, name="link-questions"),
    path("l/<str:token>/all/", by_mail.whole, name="link-all"),
    path("l/<str:token>/answers/", by_mail.look_over, name="link-answers"),
]
