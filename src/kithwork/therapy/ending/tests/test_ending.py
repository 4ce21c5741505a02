"""Looking back, finishing, and what goes on paper."""

import re
from datetime import timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.queries import events_of
from kithwork.foundation.ui.forms import new_key
from kithwork.refusal import Refusal
from kithwork.therapy.checkins.actions import enter_for_client
from kithwork.therapy.ending import actions, queries
from kithwork.therapy.ending.keepsake import offered, taken
from kithwork.therapy.ending.queries import Choice
from kithwork.therapy.ending.then_and_now import then_and_now
from kithwork.therapy.people.actions import add_person, place
from kithwork.therapy.sessions.actions import open_next, plan
from kithwork.therapy.sessions.queries import next_ahead


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


def post(page, url, **fields):
    return page.post(url, {"key": new_key(), **fields})


def bare(page, url):
    return re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"', "", page.get(url).content.decode())


def test_each_part_has_readers_of_its_own(cast, joan):
    maya = cast.maya_now()
    actions.write(by=maya, field="changed", text="I ring people.", sharing=Sharing.SHARED)
    actions.write(by=maya, field="feelings", text="Scared.", sharing=Sharing.JUST_ME)
    actions.write_plan(by=joan, field="i_will", text="Ring Priya.")

    seen = queries.review(joan)
    assert {key: part.text for key, part in seen.parts.items() if part.text} == {"changed": "I ring people."}
    assert {key: part.text for key, part in seen.plan.items() if part.text} == {"i_will": "Ring Priya."}
    assert queries.review(maya).parts["feelings"].text == "Scared."


def test_the_therapists_words_are_hers_until_shown(cast, joan):
    actions.write(by=joan, field="from_therapist", text="It was good to work with you.")
    assert queries.review(cast.maya_now()).parts["from_therapist"].text == ""

    base = queries.review(joan).parts["from_therapist"].words.base
    actions.write(by=joan, field="from_therapist", text="It was good.", sharing=Sharing.SHARED, base=base)
    assert queries.review(cast.maya_now()).parts["from_therapist"].text == "It was good."


def test_the_client_does_not_write_the_therapists_words(cast):
    with pytest.raises(Refusal) as refused:
        actions.write(by=cast.maya_now(), field="from_therapist", text="Well done me.")

    assert refused.value.code == "not-yours"


def test_a_stale_part_keeps_both_texts(cast, joan):
    actions.write(by=joan, field="changed", text="One.")

    with pytest.raises(Changed) as refused:
        actions.write(by=joan, field="changed", text="Two.")

    assert (refused.value.yours, refused.value.newest.text) == ("Two.", "One.")


def test_a_kept_sign_is_hers_alone(cast, joan):
    maya = cast.maya_now()
    actions.add_warning_sign(by=maya, sign="I stop answering.", kind="contact", sharing=Sharing.SHARED)
    actions.add_warning_sign(by=maya, sign="Nobody knows.")

    assert [(one.words.text, one.kind) for one in queries.review(joan).signs] == [
        ("I stop answering.", "How I am with people")
    ]
    assert len(queries.review(maya).signs) == 2


def test_staff_take_off_only_what_staff_wrote(cast, joan):
    hers = actions.add_warning_sign(by=cast.maya_now(), sign="Hers", sharing=Sharing.SHARED)
    theirs = actions.add_warning_sign(by=joan, sign="Written together")

    with pytest.raises(Refusal):
        actions.remove_warning_sign(by=joan, sign=hers)
    actions.remove_warning_sign(by=cast.maya_now(), sign=theirs)

    assert [one.words.text for one in queries.review(joan).signs] == ["Hers"]


def day(ago):
    return (NOW - timedelta(days=ago)).date()


def test_then_and_now_are_the_first_and_the_latest_whole_totals(cast, joan):
    for ago, phq9 in ((21, [2] * 9), (14, [None] + [1] * 8), (1, [1] * 9)):
        answers = {"phq9": phq9, "gad7": [None] * 7}
        enter_for_client(by=joan, answers=answers, on=day(ago))

    shown = then_and_now(joan)

    assert [(pair.label, pair.first, pair.latest) for pair in shown.scores] == [
        ("PHQ-9", (day(21), 18), (day(1), 9))
    ]


def test_the_circles_of_then_lie_under_those_of_now(cast):
    early, late = cast.maya_now(NOW - timedelta(days=28)), cast.maya_now()
    sam = add_person(by=early, label="Sam", ring=3, sharing=Sharing.SHARED)
    place(by=late, person=sam, ring=1)

    shown = then_and_now(late)

    assert (len(shown.circles.ghosts), shown.circles_then) == (1, day(28))


def texts(made):
    return [piece.text for part in made for piece in part.pieces]


def keys(audience, *, kept):
    pieces = (piece for part in offered(audience, Choice()) for piece in part.pieces)
    return frozenset(piece.key for piece in pieces if piece.kept is kept)


def test_what_she_keeps_is_a_piece_of_her_own_that_goes_in_only_when_ticked(cast):
    maya = cast.maya_now()
    actions.write(by=maya, field="changed", text="Shared.", sharing=Sharing.SHARED)
    actions.write(by=maya, field="who_did_it", text="Mine.", sharing=Sharing.JUST_ME)
    add_person(by=maya, label="Nan", ring=1, sharing=Sharing.JUST_ME)

    usual = taken(offered(maya, Choice()))
    asked = taken(offered(maya, Choice(added=keys(maya, kept=True))))

    assert texts(usual) == ["Shared."]
    assert texts(asked) == ["Closest: Nan", "Shared.", "Mine."]


def test_circles_with_everybody_stand_for_those_without(cast):
    maya = cast.maya_now()
    add_person(by=maya, label="Sam", ring=1, sharing=Sharing.SHARED)
    add_person(by=maya, label="Nan", ring=2, sharing=Sharing.JUST_ME)

    usual = taken(offered(maya, Choice()))
    asked = taken(offered(maya, Choice(added=keys(maya, kept=True))))

    assert (texts(usual), texts(asked)) == (["Closest: Sam"], ["Closest: Sam\nClose: Nan"])


def test_what_she_keeps_stays_a_piece_beside_what_was_written_together(cast, joan):
    maya = cast.maya_now()
    actions.write(by=maya, field="changed", text="For me.", sharing=Sharing.JUST_ME)
    actions.write(by=joan, field="changed", text="For both.")

    assert [(one.text, one.kept) for one in offered(maya, Choice())[0].pieces] == [
        ("For both.", False), ("For me.", True)
    ]  # fmt: skip


def test_any_piece_can_be_left_out_and_what_comes_later_is_in(cast):
    maya = cast.maya_now()
    actions.add_warning_sign(by=maya, sign="Not ringing back.", sharing=Sharing.SHARED)
    actions.choose_pieces(by=maya, left_out=keys(maya, kept=False))
    actions.add_warning_sign(by=maya, sign="Staying in.", sharing=Sharing.SHARED)

    assert texts(taken(offered(maya, queries.choice_of(maya)))) == ["Staying in."]


def test_staff_never_print_what_is_kept(cast, joan):
    actions.write(by=cast.maya_now(), field="changed", text="Mine.", sharing=Sharing.JUST_ME)
    actions.write(by=joan, field="from_therapist", text="Not shown yet.")

    assert offered(joan, Choice(added=keys(cast.maya_now(), kept=True))) == []


def test_the_choice_is_remembered_piece_by_piece(cast):
    maya = cast.maya_now()
    actions.write(by=maya, field="changed", text="Mine.", sharing=Sharing.JUST_ME)
    actions.write_plan(by=maya, field="i_will", text="Ring Priya.", sharing=Sharing.SHARED)
    page = browser(cast.maya)
    assert "Mine." not in page.get("/me/keepsake/booklet/").content.decode()

    answer = post(page, "/me/keepsake/", piece=[*keys(maya, kept=True), "no-such-piece"])

    shown = page.get("/me/keepsake/booklet/").content.decode()
    assert (answer.status_code, "Mine." in shown, "Ring Priya." in shown) == (302, True, False)


def test_both_files_hold_what_was_chosen_and_nothing_from_elsewhere(cast, joan):
    maya = cast.maya_now()
    add_person(by=maya, label="Sam", ring=1, sharing=Sharing.SHARED)
    actions.write(by=maya, field="changed", text="I ring <b>people</b>.", sharing=Sharing.SHARED)
    actions.write(by=maya, field="feelings", text="Scared.", sharing=Sharing.SHARED)
    actions.finish(by=joan, how="as_agreed")
    page = browser(cast.maya)

    booklet, alone = (page.get(f"/me/keepsake/{kind}/file/") for kind in ("pdf", "page"))

    text = alone.content.decode()
    assert (booklet["Content-Type"], booklet.content[:5]) == ("application/pdf", b"%PDF-")
    assert b"595" not in booklet.content[:2000]  # not A4
    assert "I ring &lt;b&gt;people&lt;/b&gt;." in text
    assert "Scared." not in text
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*|url\(|<script|<link", text) == []
    assert alone["Content-Disposition"] == 'attachment; filename="booklet-2025-03-18.html"'
    assert page.get("/me/keepsake/exe/file/").status_code == 404


def test_no_session_outlives_its_course(cast, joan):
    plan(by=joan, at=NOW + timedelta(days=7))
    assert next_ahead(joan)

    actions.finish(by=joan, how="earlier_together")

    assert next_ahead(cast.audience(cast.joan, cast.mayas)) is None
    assert "25 March" not in browser(cast.maya).get("/me/sessions/").content.decode()


def test_after_the_end_a_choice_goes_along_in_the_address(cast, joan):
    maya = cast.maya_now()
    actions.write(by=maya, field="changed", text="Kept.", sharing=Sharing.JUST_ME)
    actions.write_plan(by=maya, field="i_will", text="Ring Priya.", sharing=Sharing.SHARED)
    mine = keys(maya, kept=True)
    actions.finish(by=joan, how="as_agreed")
    page = browser(cast.maya)

    answer = post(page, "/me/keepsake/", piece=list(mine))
    chosen = page.get(answer["Location"]).content.decode()
    [address] = re.findall(r'href="(/me/keepsake/page/file/[^"]*)"', chosen)

    text = page.get(address.replace("&amp;", "&")).content.decode()
    assert ("Kept." in text, "Ring Priya." in text) == (True, False)


def test_finishing_says_how_and_leaves_one_event(cast, joan):
    actions.finish(by=joan, how="earlier_together")

    cast.mayas.refresh_from_db()
    assert (cast.mayas.is_over, cast.mayas.ended_how) == (True, "earlier_together")
    assert events_of(cast.mayas.pk)[0].act == "course.ended"


def test_a_course_does_not_end_with_a_session_open(cast, joan):
    open_next(by=joan)

    with pytest.raises(Refusal) as refused:
        actions.finish(by=joan, how="as_agreed")

    assert refused.value.code == "session-open"


def test_finishing_is_said_twice(cast):
    page, url = browser(cast.joan), f"/course/{cast.mayas.pk}/ending/finish/"

    assert post(page, url, how="as_agreed").status_code == 422
    assert post(page, url, how="as_agreed", sure="on").status_code == 302


def test_after_the_end_the_page_says_so_and_takes_nothing(cast, joan):
    actions.write(by=cast.maya_now(), field="changed", text="I ring people.", sharing=Sharing.SHARED)
    actions.finish(by=joan, how="as_agreed")
    page = browser(cast.maya)

    text = page.get("/me/ending/").content.decode()
    refused = post(page, "/me/ending/part/feelings/", feelings="New.", sharing="just-me")

    assert "Nobody at the clinic reads this now." in text
    assert "I ring people." in text
    assert (refused.status_code, queries.review(cast.maya_now()).parts["feelings"].text) == (422, "")
    assert page.get("/me/keepsake/").status_code == 200


def test_both_sides_write_by_plain_forms(cast, joan):
    maya, desk, url = browser(cast.maya), browser(cast.joan), f"/course/{cast.mayas.pk}/ending/"

    post(maya, "/me/ending/part/changed/", changed="I ring people.", sharing="shared")
    post(desk, f"{url}plan/i_will/", i_will="Walk to Leah's.")
    post(desk, f"{url}signs/", sign="Sleeping badly", kind="body")
    post(desk, f"{url}part/from_therapist/", from_therapist="Go well.", show="on")

    text = maya.get("/me/ending/").content.decode()
    for shown in ("I ring people.", "Walk to Leah", "Sleeping badly", "Go well.", "written together"):
        assert shown in text, shown


def test_no_staff_page_changes_when_the_client_keeps_something(cast):
    maya, page = cast.maya_now(), browser(cast.joan)
    room = f"/course/{cast.mayas.pk}/"
    urls = [room + path for path in ("ending/", "keepsake/", "keepsake/booklet/", "keepsake/page/file/")]
    before = [bare(page, url) for url in urls]

    actions.write(by=maya, field="changed", text="Mine.", sharing=Sharing.JUST_ME)
    actions.write_plan(by=maya, field="i_will", text="Mine.", sharing=Sharing.LATER)
    actions.add_warning_sign(by=maya, sign="Mine.")
    actions.choose_pieces(by=maya, left_out=[], added=["anything"])

    assert [bare(page, url) for url in urls] == before


def test_somebody_elses_ending_does_not_exist(cast):
    url = f"/course/{cast.mayas.pk}/"

    assert [browser(cast.joan).get(url + path).status_code for path in ("ending/", "keepsake/")] == [200, 200]
    assert [browser(cast.mira).get(url + path).status_code for path in ("ending/", "keepsake/")] == [404, 404]
    assert browser(cast.maya).get(url + "ending/finish/").status_code == 404
