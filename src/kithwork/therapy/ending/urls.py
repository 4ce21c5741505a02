"""The ending's addresses."""

from django.urls import path

from kithwork.therapy.ending.views import closing, ending, keepsake

course_pages = [
    path("ending/", ending.ending, name="ending"),
    path("ending/signs/", ending.sign, name="ending-sign"),
    path("ending/signs/<str:sign_id>/off/", ending.sign_off, name="ending-sign-off"),
    path("ending/<str:where>/<str:field>/", ending.part, name="ending-part"),
    path("keepsake/", keepsake.keepsake, name="keepsake"),
    path("keepsake/booklet/", keepsake.booklet_page, name="keepsake-booklet"),
    path("keepsake/<str:kind>/file/", keepsake.booklet_file, name="keepsake-file"),
]
client_pages = [
    path("ending/bring/", ending.bring, name="ending-bring"),
    path("ending/stop/", closing.stop, name="ending-stop"),
    path("ending/stop-not/", closing.carry_on, name="ending-carry-on"),
]
staff_pages = [
    path("ending/finish/", closing.finish, name="ending-finish"),
    path("ending/following/", closing.following, name="ending-following"),
    path("ending/talked/", closing.talked, name="ending-talked"),
    path("ending/wording/", closing.wording, name="ending-wording"),
]
