"""The addresses of the focus, and of what the two agreed."""

from django.urls import path

from kithwork.therapy.focus import views
from kithwork.therapy.focus.worksheets import urls as worksheets

course_pages = [
    path("plan/", views.plan, name="plan"),
    path("focus/", views.focus, name="focus"),
    path("focus/choose/", views.choose, name="focus-choose"),
    path("focus/stories/<str:item_id>/sort/", views.sort, name="focus-sort"),
    path("focus/before/<str:focus_id>/", views.before, name="focus-before"),
    path("focus/items/<str:kind>/<str:item_id>/try/", views.to_try, name="focus-try"),
    path("focus/items/<str:kind>/<str:item_id>/goal/", views.to_goal, name="focus-goal"),
    path("focus/items/<str:kind>/<str:item_id>/", views.item, name="focus-item"),
    path("focus/items/<str:kind>/<str:item_id>/remove/", views.remove_item, name="focus-item-remove"),
    path("focus/<str:focus_id>/", views.change, name="focus-change"),
    path("focus/<str:focus_id>/next/", views.mark, name="focus-mark"),
    path("focus/<str:focus_id>/end/", views.end, name="focus-end"),
    path("focus/<str:focus_id>/replace/", views.replace, name="focus-replace"),
    path("focus/<str:focus_id>/add/<str:kind>/", views.add_item, name="focus-add"),
    *worksheets.course_pages,
]
client_pages = worksheets.client_pages
staff_pages = worksheets.staff_pages
