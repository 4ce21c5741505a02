"""The picture between the two: what an open page is told, what is said and answered, compared, and sent."""

import pytest
from tests.cast import browser

from kithwork.foundation.trail.models import Event
from kithwork.ipt.changed_words import Kind, Run
from kithwork.therapy.formulation import actions, queries
from kithwork.therapy.formulation.mark import mark

KEYS = iter(f"together-key-{n:016}" for n in range(1000))


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def maya(cast):
    return cast.maya_now()


@pytest.fixture
def shared(joan):
    """The cycle is written and shared; gives its words."""
    words = actions.write_section(by=joan, section="cycle", text="The less we talk, the lower I get.")
    actions.share(by=joan)
    return words


def post(page, address, **fields):
    return page.post(address, {"key": next(KEYS), **fields})


def newest(audience):
    return queries.find_version(audience, queries.shown_versions(audience)[0].id)


def agree(joan, maya):
    version = newest(joan)
    assert version
    actions.sign_version(by=joan, version=version, party="therapist")
    actions.sign_version(by=maya, version=version, party="client")
    return version


def test_an_open_page_learns_of_every_save_and_hears_nothing_else(cast, joan, maya, shared):
    page, seen = browser(cast.maya), mark(maya)
    where = f"/me/formulation/newest/?on=write&seen={seen}"
    quiet = page.get(where)
    actions.write_section(by=joan, section="people", text="Sam, Leah.")
    told = page.get(where)

    assert (quiet.status_code, quiet.content) == (204, b"")
    assert (told.status_code, b"Sam, Leah." in told.content, seen == mark(maya)) == (200, True, False)


def test_a_look_that_finds_nothing_new_is_not_on_the_trail(cast, joan, shared):
    page, chain = browser(cast.joan), Event.objects.filter(chain=cast.mayas.pk)
    before = chain.count()

    for _ in range(3):
        page.get(f"/course/{cast.mayas.pk}/formulation/newest/?seen={mark(joan)}")

    assert chain.count() == before


def test_an_open_page_of_hers_is_told_nothing_of_a_draft(joan, maya):
    before = mark(maya)

    actions.write_section(by=joan, section="cycle", text="Not shared yet.")

    assert mark(maya) == before


def test_every_act_of_one_changes_the_mark_of_the_other(joan, maya, shared):
    marks = [(mark(joan), mark(maya))]

    actions.comment(by=maya, section="cycle", kind="fits")
    marks.append((mark(joan), mark(maya)))
    agree(joan, maya)
    marks.append((mark(joan), mark(maya)))
    actions.write_section(by=maya, section="focus", text="The silence.")
    marks.append((mark(joan), mark(maya)))

    for side in zip(*marks, strict=True):
        assert len(set(side)) == len(marks)


def test_a_disagreement_is_answered_talked_about_and_stays_to_read(cast, joan, maya, shared):
    said = actions.comment(by=maya, section="cycle", kind="disagree", text="It began before that.")
    page, base = browser(cast.joan), f"/course/{cast.mayas.pk}/formulation"
    waiting = page.get(f"{base}/").content.decode()

    answered = post(page, f"{base}/comments/{said.pk}/", answer="When would you say?", answer_base="")
    late = post(
        browser(cast.maya), f"/me/formulation/comments/{said.pk}/", answer="Since June.", answer_base=""
    )
    post(page, f"{base}/comments/{said.pk}/settle/")

    [settled] = queries.settled(maya)
    assert "does not agree with 1 part" in waiting
    assert (answered.status_code, late.status_code) == (302, 409)
    assert (settled.about, settled.answer.text, queries.comments(maya)) == (
        "How it goes round", "When would you say?", {},
    )  # fmt: skip
    hers = browser(cast.maya).get("/me/formulation/").content.decode()
    assert ("1 thing that you talked about" in hers, "When would you say?" in hers) == (True, True)


def test_any_two_wordings_stand_side_by_side_with_the_words_that_changed(cast, joan, maya, shared):
    first = agree(joan, maya)
    actions.write_section(
        by=maya, section="cycle", text="The less we talk, the lower we get.", base=shared.base
    )
    second = newest(joan)
    assert second

    [one] = queries.differences(joan, first, second)
    where = f"/me/formulation/versions/?older={second.pk}&newer={first.pk}"  # whichever is named first
    page = " ".join(browser(cast.maya).get(where).content.decode().split())

    assert one.sides.older == (
        Run(Kind.SAME, "The less we talk, the lower "), Run(Kind.REMOVED, "I "), Run(Kind.SAME, "get."),
    )  # fmt: skip
    assert '<del><span class="kw-picture__sign">[−&nbsp;</span>I ' in page
    assert '<ins><span class="kw-picture__sign">[+&nbsp;</span>we ' in page


def test_only_what_both_signed_becomes_a_letter(cast, joan, maya, shared):
    before = browser(cast.maya).get("/me/formulation/letter/").content.decode()
    agree(joan, maya)
    actions.write_section(by=joan, section="cycle", text="Not signed.", base=shared.base)

    after = browser(cast.joan).get(f"/course/{cast.mayas.pk}/formulation/letter/").content.decode()

    assert ("There is no letter yet" in before, queries.letter(maya).wording) == (
        True, [("How it goes round", "The less we talk, the lower I get.")],
    )  # fmt: skip
    assert ("Dear Maya," in after, "The less we talk" in after, "Not signed." in after, "<nav" in after) == (
        True, True, False, False,
    )  # fmt: skip


def test_no_address_of_the_room_names_a_symptom(cast, shared):
    page = browser(cast.joan).get(f"/course/{cast.mayas.pk}/formulation/write/").content.decode()

    assert "/formulation/parts/how-it-is/" in page
    assert "/parts/symptoms/" not in page
    assert browser(cast.joan).get(f"/course/{cast.mayas.pk}/formulation/parts/symptoms/").status_code == 404
