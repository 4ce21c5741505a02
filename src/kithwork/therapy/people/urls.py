"""The people's addresses. The circles come first: a person's id could not be told from their name."""

from django.urls import path

from kithwork.therapy.people.views import card, circles, people

course_pages = [
    path("people/", people.people, name="people"),
    path("people/several/", people.several, name="people-several"),
    path("people/table/", people.table, name="people-table"),
    path("people/circles/", circles.circles, name="circles"),
    path("people/circles/newest/", circles.newest, name="circles-newest"),
    path("people/circles/snapshot/", circles.snapshot, name="circles-snapshot"),
    path("people/<str:person_id>/", card.person, name="person"),
    path("people/<str:person_id>/place/", circles.place, name="person-place"),
    path("people/<str:person_id>/line/", card.line, name="person-line"),
    path("people/<str:person_id>/remove/", card.remove, name="person-remove"),
    path("people/<str:person_id>/show/", people.show, name="person-show"),
]
client_pages = [path("people/<str:person_id>/before/", card.look_back, name="person-look-back")]
