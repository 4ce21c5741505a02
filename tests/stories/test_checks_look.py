"""Checks of the look that hold across rooms: charts and tables, stillness, and being set right."""

import io

import pytest
from pypdf import PdfReader

from tests.stories.conftest import PHONE
from tests.stories.desk import fill, send

MOVES = """() => [...document.querySelectorAll("*")].flatMap(element => {
  const look = getComputedStyle(element);
  const times = [...look.transitionDuration.split(","), ...look.animationDuration.split(",")];
  return times.some(time => parseFloat(time) > 0) ? [element.className.baseVal ?? element.className] : [];
})"""


def test_the_chart_of_the_weeks_and_its_table_agree(visits):
    """The progress chart and its table agree, and the two questionnaires are told apart without colour."""
    maya = visits.open("maya", device=PHONE)
    maya.goto("/me/progress/")
    drawn = maya.locator(".together-drawing--wide")

    def numbers(of):
        return drawn.locator(of).evaluate_all("all => all.map(one => one.textContent)")

    first, second = numbers(".chart-value:not(.chart-value--2)"), numbers(".chart-value--2")
    columns = [
        maya.locator(f"main table tbody tr td:nth-of-type({n})").evaluate_all(
            "cells => cells.map(cell => cell.textContent.trim()).filter(Boolean).reverse()"
        )
        for n in (2, 3)
    ]
    assert [first, second] == columns == [["19", "18", "19", "16", "18"], ["14", "14", "13", "12", "13"]]
    dashes = [
        drawn.locator(line).first.evaluate("line => getComputedStyle(line).strokeDasharray")
        for line in (".chart-line:not(.chart-line--2)", ".chart-line--2")
    ]
    shapes = [
        drawn.locator(point).first.evaluate("point => point.tagName")
        for point in (".chart-point:not(.chart-point--2)", ".chart-point--2")
    ]
    assert dashes[0] == "none" != dashes[1]
    assert shapes == ["circle", "rect"]


def test_paper_shows_the_table_beside_the_picture_folded_or_not(visits):
    maya = visits.open("maya")
    maya.goto("/me/progress/")
    assert not maya.locator("main table").is_visible()

    pages = PdfReader(io.BytesIO(maya.pdf())).pages
    printed = " ".join(" ".join(page.extract_text() for page in pages).split())

    assert ("Day Session PHQ" in printed, "Show as table" in printed) == (True, False)
    assert ("Somebody moved in the circles" in printed, "How is this worked out?" in printed) == (True, True)


@pytest.mark.parametrize("path", ["/me/", "/me/people/circles/", "/me/cycle/", "/me/check-in/"])
def test_nothing_moves_for_somebody_who_asked_for_stillness(visits, path):
    """Reduced motion: nothing animates."""
    maya = visits.open("maya", device=PHONE, reduced_motion="reduce")
    maya.goto(path)

    assert maya.evaluate(MOVES) == []
    assert maya.evaluate("document.getAnimations().length") == 0


def test_a_form_that_needs_another_look_says_so_and_leads_there(visits):
    """The error summary receives focus, its links work, and the title starts with "Error:"."""
    joan = visits.open("joan")
    joan.goto("/clinic/clients/new/")
    fill(joan, {"name": "Nell", "offered": "900"})
    send(joan)

    assert joan.title().startswith("Error: ")
    assert joan.evaluate("document.activeElement.hasAttribute('data-kw-error-summary')")
    joan.locator("[data-kw-error-summary] a").first.click()
    assert joan.evaluate("document.activeElement.name") == "offered"
    assert joan.locator("[name=name]").input_value() == "Nell"
