"""The rules of the house that imports cannot show."""

import ast
import re
import statistics
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from kithwork.foundation.ids import CodeField, IdField

SOURCE = Path(__file__).resolve().parents[2] / "src" / "kithwork"
MODULES = [
    path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts and "tests" not in path.parts
]
TEMPLATES = list(SOURCE.rglob("*.html"))
ROOMS = ["course", "safety", "checkins", "people", "story", "formulation", "focus", "diary", "sessions", "reviews",
         "ending", "letters", "reminders", "my_data", "together"]  # fmt: skip

# A free text column needs a reason: none of these holds what a client or a therapist writes.
TEXT_COLUMNS = {
    "foundation.Account.email": "how somebody signs in",
    "foundation.Account.name": "staff's own name; clients' names are sealed",
    "foundation.Account.password": "a hash",
    "foundation.Clinic.name": "the clinic's name",
    "foundation.Team.name": "a team's name",
    "foundation.Invitation.email": "where the link goes",
    "foundation.Invitation.name": "staff's own name",
    "foundation.Event.who_name": "staff's name as it was then",
    "foundation.Effect.answer": "an address of ours",
    "therapy.Signature.name": "staff's name as it was then",
    "therapy.SafetyReview.reviewer_name": "staff's name as it was then",
}
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 400, 60, 150


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("kithwork.")]


def code_lines(path):
    return [
        line for line in path.read_text().splitlines() if line.strip() and not line.strip().startswith("#")
    ]


def functions():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (
                    f"{path.relative_to(SOURCE)}:{node.name}",
                    (node.end_lineno or node.lineno) - node.lineno + 1,
                )


def test_no_free_text_outside_passages():
    found = {
        f"{model._meta.app_label}.{model.__name__}.{column.name}"
        for model in ours()
        for column in model._meta.local_fields
        if isinstance(column, models.TextField)
        or (isinstance(column, models.CharField) and not isinstance(column, IdField | CodeField))
    }

    assert found == set(TEXT_COLUMNS)


def test_foreign_keys_go_down_the_shelves_and_the_rooms():
    def height(model):
        shelf, _, room = model.__module__.removeprefix("kithwork.").partition(".")
        room = room.split(".")[0]
        return ["foundation", "therapy", "clinic"].index(shelf), ROOMS.index(
            room
        ) if shelf == "therapy" else 0

    upwards = [
        f"{model.__name__}.{key.name}"
        for model in ours()
        for key in model._meta.local_fields
        if key.is_relation and height(key.related_model) > height(model)
    ]

    assert upwards == []


VIEWS = [path for path in MODULES if path.name == "views.py" or path.parent.name == "views"]


@pytest.mark.parametrize("path", VIEWS, ids=lambda p: f"{p.parent.parent.name}-{p.stem}")
def test_views_take_no_way_around_the_door(path):
    around = re.findall(
        r"\.objects\b|\.seen\b|get_object_or_404|_base_manager|_default_manager", path.read_text()
    )

    assert around == []


def test_only_the_door_makes_an_audience():
    makers = {
        str(path.relative_to(SOURCE)) for path in MODULES if re.search(r"\bAudience\(", path.read_text())
    } - {"foundation/passages/audience.py"}

    assert makers == {"foundation/passages/making.py"}


def acts():
    """Every act: what an ``actions.py`` defines, or what a room's folder of that name gives out."""
    for path in SOURCE.glob("therapy/*/actions.py"):
        yield from ((path.parent.name, node) for node in ast.parse(path.read_text()).body)
    for path in SOURCE.glob("therapy/*/actions/__init__.py"):
        given = {name.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)
                 for name in node.names}  # fmt: skip
        for module in path.parent.glob("*.py"):
            for node in ast.parse(module.read_text()).body:
                if getattr(node, "name", "") in given:
                    yield path.parent.parent.name, node


def test_every_act_says_by_whom():
    silent = [
        f"{room}.{node.name}"
        for room, node in acts()
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "by" not in {argument.arg for argument in node.args.kwonlyargs}
    ]

    assert silent == []


def test_modules_functions_and_templates_stay_small():
    large_modules = {
        str(p.relative_to(SOURCE)): len(code_lines(p)) for p in MODULES if len(code_lines(p)) > LONGEST_MODULE
    }
    large_functions = {name: lines for name, lines in functions() if lines > LONGEST_FUNCTION}
    large_templates = {
        p.name: len(p.read_text().splitlines())
        for p in TEMPLATES
        if len(p.read_text().splitlines()) > LONGEST_TEMPLATE
    }

    assert (large_modules, large_functions, large_templates) == ({}, {}, {})
    assert statistics.median(lines for _, lines in functions()) <= 10


def test_templates_hold_no_script_no_style_and_no_other_host():
    forbidden = re.compile(
        r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son(?:click|load|error|submit|change|input|focus|blur|key\w+|mouse\w+)=|hx-on|javascript:|https?://(?!www\.w3\.org)"
    )
    found = [f"{path.name}: {match}" for path in TEMPLATES for match in forbidden.findall(path.read_text())]

    assert found == []


def test_every_form_that_posts_carries_its_key():
    keyless = []
    for path in (one for one in TEMPLATES if "examples" not in one.parts):
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(), re.DOTALL):
            has_key = re.search(r"form_key|\.key\b|_form\.html|form_fields|\{\{ ?\w*form ?\}\}", form)
            if not has_key and not re.search(
                r"sign-out|account_logout|/leave/|\{% url .lock. %\}|/lock/", form
            ):
                keyless.append(path.name)

    assert keyless == []


def test_every_view_says_who_may_open_it():
    from kithwork.project.whose_pages import routes

    nobodys = [route.name for route in routes() if set(route.who.values()) == {"deny"}]

    assert nobodys == ["account_signup"]
