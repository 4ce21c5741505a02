"""The addresses of the shared picture and the goals."""

from django.urls import path

from kithwork.therapy.formulation import views

course_pages = [
    path("formulation/", views.formulation, name="formulation"),
    path("formulation/write/", views.write, name="formulation-write"),
    path("formulation/newest/", views.newest, name="formulation-newest"),
    path("formulation/letter/", views.letter, name="formulation-letter"),
    path("formulation/parts/<str:section>/", views.part, name="formulation-part"),
    path("formulation/parts/<str:section>/say/", views.say, name="formulation-say"),
    path("formulation/comments/<str:comment_id>/", views.answer, name="formulation-answer"),
    path("formulation/comments/<str:comment_id>/settle/", views.settle, name="formulation-settle"),
    path("formulation/versions/", views.versions, name="formulation-versions"),
    path("formulation/versions/<str:version_id>/", views.version, name="formulation-version"),
    path("formulation/versions/<str:version_id>/sign/", views.sign, name="formulation-sign"),
    path("formulation/goals/", views.goals, name="goals"),
    path("formulation/goals/add/", views.add_goal, name="goal-add"),
    path("formulation/goals/rate/", views.rate_goals, name="goals-rate"),
    path("formulation/goals/<str:goal_id>/", views.goal, name="goal"),
    path("formulation/goals/<str:goal_id>/close/", views.close_goal, name="goal-close"),
    path("formulation/goals/<str:goal_id>/replace/", views.replace_goal, name="goal-replace"),
    path("formulation/goals/<str:goal_id>/reopen/", views.reopen_goal, name="goal-reopen"),
]
staff_pages = [path("formulation/share/", views.share, name="formulation-share")]
