"""Who to call: never another country's line, and never without its date."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from tests.cast import browser

from kithwork.foundation.accounts.models import Clinic, Role
from kithwork.therapy.course.models import Course, Relationship
from kithwork.therapy.safety.help_lines import GOES_STALE_AFTER, countries, lines_of, stale_help_lines


@pytest.mark.parametrize("country", sorted(countries()))
def test_every_line_is_its_countrys_own_and_says_where_it_is_from(country):
    lines = lines_of(country)

    assert {line.country for line in lines} == {country}
    assert lines[0].emergency
    assert all(line.number and line.dial.isdigit() and line.hours and line.source for line in lines)


@pytest.mark.parametrize("country", ["", "ZZ", "other"])
def test_an_unknown_country_has_no_line_rather_than_anothers(country):
    assert lines_of(country) == []


def test_lines_go_stale_after_half_a_year():
    checked = lines_of("GB")[0].checked_on

    assert stale_help_lines(checked + GOES_STALE_AFTER) == []
    assert lines_of("GB")[0] in stale_help_lines(checked + GOES_STALE_AFTER + timedelta(days=1))


def test_help_stands_signed_out_without_a_clinic(db):
    for holds_on_to_it in (Relationship.objects, Course._base_manager, Role.objects, Clinic.objects):
        holds_on_to_it.all().delete()

    page = Browser().get("/help/")

    assert page.status_code == 200
    assert b"Kithwork is not watched day and night." in page.content
    assert b"emergency number" in page.content
    assert b"tel:" not in page.content


def test_help_shows_the_clinics_country_and_another_on_request(cast):
    home, away = Browser().get("/help/").content.decode(), Browser().get("/help/?country=nz").content.decode()

    assert "tel:116123" in home
    assert "tel:1737" not in home
    assert "tel:1737" in away
    assert "tel:116123" not in away


@pytest.mark.parametrize("who", ["maya", "joan", "ada"])
def test_help_stands_for_whoever_is_signed_in(cast, who):
    page = browser(getattr(cast, who)).get("/help/")

    assert page.status_code == 200
    assert b"116 123" in page.content
    assert b'data-kw="page:help"' in page.content


def test_help_says_when_the_numbers_were_checked(cast):
    checked = lines_of("GB")[0].checked_on
    assert checked > date(2026, 1, 1)
    assert f"{checked.day} {checked:%B %Y}" in Browser().get("/help/").content.decode()
