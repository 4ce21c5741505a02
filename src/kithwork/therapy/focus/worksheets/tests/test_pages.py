"""Sheets as the two meet them: filled in, arranged without scripts, shared, printed, withheld."""

import re

import pytest
from tests.cast import browser
from tests.forms_of import forms_of

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.worksheets import offered
from kithwork.therapy.course.actions import close
from kithwork.therapy.focus.worksheets import actions, queries
from kithwork.therapy.focus.worksheets.actions import Said
from kithwork.therapy.people import actions as people
from kithwork.therapy.safety import actions as safety

KEYS = iter(f"sheets-key-{n:018}" for n in range(1000))
SCRIPT = "Me: You said you would ring.\nSam (quietly): I forgot.\nMe: (silence)"


def post(page, address, **fields):
    return page.post(address, {"key": next(KEYS), **fields})


def bases(page):
    return dict(re.findall(r'name="(\w+_base)" value="([^"]+)"', page.content.decode()))


def boxes(page, name):
    """What the boxes of one name hold, in their order."""
    return next((form.sends[name] for form in forms_of(page, "/") if name in form.sends), [])


def turns(audience):
    [sheet] = queries.sheets(audience)
    return [(row.speaker, row.lead) for part in sheet.parts for row in part.rows]


@pytest.fixture
def here(cast):
    return f"/course/{cast.mayas.pk}/worksheets/"


@pytest.mark.parametrize("sheet", offered(withholds=False), ids=lambda sheet: sheet.key)
def test_each_sheet_opens_for_both_and_on_paper(cast, here, sheet):
    for page, base in ((browser(cast.maya), "/me/worksheets/"), (browser(cast.joan), here)):
        answers = [page.get(f"{base}new/{sheet.key}/"), page.get(f"{base}new/{sheet.key}/paper/")]
        assert [(one.status_code, sheet.intro in one.content.decode()) for one in answers] == [
            (200, True)
        ] * 2


def test_a_script_becomes_turns_that_can_be_moved_and_saved_without_scripts(cast, here):
    maya, where = browser(cast.maya), "/me/worksheets/new/conversation/"
    shown = post(maya, where, arrange="turns:script:", turns_script=SCRIPT).content.decode()
    assert boxes(shown, "turns-speaker") == ["Me", "Sam", "Me"]
    cells = {f"turns-{name}": boxes(shown, f"turns-{name}") for name in ("speaker", "words", "tone", "row")}
    moved = post(maya, where, arrange="turns:up:1", **cells).content.decode()
    assert (boxes(moved, "turns-speaker"), queries.sheets(cast.maya_now())) == (["Sam", "Me", "Me"], [])

    cells = {f"turns-{name}": boxes(moved, f"turns-{name}") for name in ("speaker", "words", "tone")}
    saved = post(maya, where, **cells, sharing="shared", turning_point="There.")

    assert turns(cast.audience(cast.joan, cast.mayas)) == [
        ("Sam", "I forgot."), ("Me", "You said you would ring."), ("Me", ""),
    ]  # fmt: skip
    theirs = browser(cast.joan).get(here + saved["Location"].split("/")[3] + "/").content.decode()
    assert ("quietly" in theirs, "(silence)" in theirs) == (True, True)


@pytest.mark.parametrize(
    ("arrange", "left"),
    [
        ("turns:down:0", ["b", "a", "c"]), ("turns:out:1", ["a", "c"]), ("turns:add:", ["a", "b", "c", ""]),
        # What names no row, or nothing to do, leaves everything as it was.
        ("turns:up:9", ["a", "b", "c"]), ("turns:up:0", ["a", "b", "c"]), ("turns:down:2", ["a", "b", "c"]),
        ("turns:up:x\x00", ["a", "b", "c"]), ("nothing", ["a", "b", "c"]),
    ],
)  # fmt: skip
def test_rows_are_arranged_and_nothing_is_lost(cast, arrange, left):
    cells = {"turns-words": ["a", "b", "c"], "turns-row": ["0", "1", "2"]}

    shown = post(browser(cast.maya), "/me/worksheets/new/conversation/", arrange=arrange, **cells)

    assert boxes(shown.content.decode(), "turns-words") == left


@pytest.mark.parametrize(
    "bad",
    [
        {"turns-words": "a\x00b"}, {"turns-words": "x" * 10_001}, {"turns-words": ["x"] * 61}, {"session": "0"},
        {"session": "9" * 400}, {"when": "0001-13-45"}, {"who": "A" * 22}, {"focus": "nowhere"}, {"sharing": "all"},
        {"turns_script": "\n".join(f"Me: {n}" for n in range(61))},
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(cast, bad):
    sent = {"turns-words": "Kept on the page.", "turning_point": "Also here.", **bad}

    answer = post(browser(cast.maya), "/me/worksheets/new/conversation/", **sent)

    assert (answer.status_code, "Also here." in answer.content.decode()) == (422, True)
    assert queries.sheets(cast.maya_now()) == []


def test_what_she_keeps_of_a_sheet_is_on_her_page_alone(cast, here):
    maya, joan = browser(cast.maya), browser(cast.joan)
    sent = {
        "happened": "He left the room.",
        "felt": "Small and cross.",
        "felt_keep": "on",
        "sharing": "shared",
    }
    answer = post(maya, "/me/worksheets/new/incident/", **sent)
    where = answer["Location"].split("/")[3]

    hers = maya.get(answer["Location"]).content.decode()
    assert ("Small and cross." in hers, "He left the room." in hers) == (True, True)
    for page in ("", f"{where}/", f"{where}/write/", f"{where}/paper/"):
        theirs = joan.get(here + page).content.decode()
        assert ("Small and cross." in theirs, "He left the room." in theirs) == (False, True)
    # On paper it comes only when she says so.
    paper = f"/me/worksheets/{where}/paper/"
    assert ["Small and cross." in maya.get(paper + ask).content.decode() for ask in ("", "?private=on")] == [
        False,
        True,
    ]


def test_a_kept_sheet_is_nowhere_for_staff(cast, here):
    maya, joan = browser(cast.maya), browser(cast.joan)
    answer = post(maya, "/me/worksheets/new/incident/", happened="Mine alone.", sharing="just-me")
    where = answer["Location"].split("/")[3]
    assert b"Mine alone." in maya.get(answer["Location"]).content

    ways = [f"{here}{where}/", f"{here}{where}/write/", f"{here}{where}/paper/"]
    assert [joan.get(way).status_code for way in ways] == [404, 404, 404]
    assert [post(joan, f"{here}{where}/{act}/").status_code for act in ("away", "remove", "draft")] == [
        404
    ] * 3


def test_two_who_change_one_field_both_find_their_text_on_the_page(cast, here):
    maya, joan = browser(cast.maya), browser(cast.joan)
    row = actions.begin(
        by=cast.maya_now(), kind="incident", said=Said(answers={"felt": "Small."}), sharing=Sharing.SHARED
    )
    hers, theirs = f"/me/worksheets/{row.pk}/write/", f"{here}{row.pk}/write/"
    shown = bases(joan.get(theirs))
    post(maya, hers, felt="Small and cross.", sharing="shared", **bases(maya.get(hers)))

    answer = post(joan, theirs, felt="Small, then sad.", **shown)

    text = answer.content.decode()
    assert (answer.status_code, "Small and cross." in text, "Small, then sad." in text) == (409, True, True)
    again = post(joan, theirs, felt="Small, cross, then sad.", **bases(answer))
    assert (
        again.status_code,
        b"Small, cross, then sad." in maya.get(f"/me/worksheets/{row.pk}/").content,
    ) == (302, True)


def test_a_sheet_goes_on_the_list_of_things_to_talk_about(cast, here):
    maya = browser(cast.maya)
    row = actions.begin(by=cast.maya_now(), kind="feelings", said=Said(answers={"words": "Flat."}))
    page = maya.get(f"/me/worksheets/{row.pk}/").content.decode()
    assert ('action="/me/to-talk-about/"' in page, "Only you see this sheet" in page) == (True, True)

    post(maya, "/me/to-talk-about/", item="Words for a feeling", sharing="shared")

    assert b"Words for a feeling" in browser(cast.joan).get(f"/course/{cast.mayas.pk}/to-talk-about/").content


def test_typed_in_from_paper_it_says_so(cast, here):
    joan = browser(cast.joan)
    [way] = re.findall(r'href="([^"]+paper=1)"', joan.get(f"{here}new/decision/paper/").content.decode())

    saved = post(joan, way, **{"options-option": ["Wait", "Ask"], "options-for_me": ["calm", ""]})

    shown = browser(cast.maya).get(saved["Location"].replace(here, "/me/worksheets/")).content.decode()
    assert ("typed in from paper" in shown, "calm" in shown) == (True, True)


@pytest.mark.parametrize("who", ["maya", "joan"])
def test_what_was_typed_into_a_sheet_taken_away_meanwhile_is_there_to_copy(cast, here, who):
    page, base = (browser(cast.maya), "/me/worksheets/") if who == "maya" else (browser(cast.joan), here)
    joan = cast.audience(cast.joan, cast.mayas)
    said = Said(answers={"happened": "He rang."})
    sheet = actions.begin(by=joan, kind="incident", said=said)
    actions.remove(by=joan, row=sheet)

    answer = post(page, f"{base}{sheet.pk}/write/", happened="She rang.")

    shown = answer.content.decode()
    assert (
        answer.status_code,
        [words in shown for words in ("This was taken away while you wrote.", "She rang.")],
    ) == (
        422,
        [True, True],
    )
    assert page.get(f"{base}{sheet.pk}/write/").status_code == 404


def test_a_talk_that_can_no_longer_be_saved_reads_as_it_is_kept(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    sheet = actions.begin(by=joan, kind="conversation")
    actions.remove(by=joan, row=sheet)
    cells = {"turns-speaker": ["Me", "Sam", ""], "turns-words": ["You said so.", "I forgot.", ""]}

    answer = post(browser(cast.maya), f"/me/worksheets/{sheet.pk}/write/", **cells)

    assert [text for _, text in answer.context["typed"]] == [
        "- speaker: Me\n  words: You said so.\n- speaker: Sam\n  words: I forgot."
    ]


def test_a_sheet_that_she_kept_and_took_away_was_never_there_for_staff(cast, here):
    maya = cast.maya_now()
    said = Said(answers={"happened": "He rang."})
    sheet = actions.begin(by=maya, kind="incident", said=said, sharing=Sharing.JUST_ME)
    actions.remove(by=maya, row=sheet)
    pages = (browser(cast.maya), "/me/worksheets/"), (browser(cast.joan), here)

    assert [
        post(page, f"{base}{sheet.pk}/write/", happened="She rang.").status_code for page, base in pages
    ] == [
        422,
        404,
    ]


def test_a_draft_comes_back_and_is_thrown_away_by_beginning_again(cast, here):
    maya, where = browser(cast.maya), "/me/worksheets/new/incident/"
    kept = maya.post(f"{where}draft/", {"happened": "He left.", "felt_rather_not": "on"})
    assert set(kept.json()) == {"kept"}

    page = maya.get(where).content.decode()
    assert ('data-kw="draft"' in page, "He left." in page) == (True, True)
    assert b"He left." not in maya.get(f"{where}?fresh=1").content
    assert b"He left." not in browser(cast.joan).get(f"{here}new/incident/").content
    post(maya, where, happened="He left early.", sharing="just-me")
    assert b'data-kw="draft"' not in maya.get(where).content


def test_what_is_withheld_says_so_plainly_and_a_shared_screen_does_not_tell_why(cast, here):
    maya, joan = browser(cast.maya), browser(cast.joan)
    written = actions.begin(
        by=cast.maya_now(),
        kind="conversation",
        said=Said(answers={"turning_point": "There."}),
        sharing=Sharing.SHARED,
    )
    addresses = [
        "/me/worksheets/",
        "/me/worksheets/new/role_play/",
        f"/me/worksheets/{written.pk}/write/",
        "/me/worksheets/read/",
    ]
    hers = [plain(maya.get(one)) for one in addresses]
    assert 'name="opening"' in joan.get(f"{here}new/role_play/").content.decode()

    safety.note_concern(by=cast.audience(cast.joan, cast.mayas), text="Frightened of him.")

    for page, gone in (
        ("", "new/role_play/"), ("new/role_play/", 'name="opening"'), (f"{written.pk}/write/", 'name="another_way"'),
        ("read/", "Wanting different things"), ("new/role_play/paper/", "Your first line"),
    ):  # fmt: skip
        text = joan.get(here + page).content.decode()
        assert ("This is not offered at the moment." in text, gone in text) == (True, False), page
        assert not re.search(r"concern|worry|frightened of him", text, re.IGNORECASE)
    assert post(joan, f"{here}new/role_play/", opening="x").status_code == 200
    assert [plain(maya.get(one)) for one in addresses] == hers
    assert len(queries.sheets(cast.maya_now())) == 1


def plain(answer):
    return re.sub(r'name="(csrfmiddlewaretoken|key)"[^>]*>', "", answer.content.decode())


def test_what_happens_in_the_session_stands_on_staffs_own_page_alone(cast, here):
    joan, maya = browser(cast.joan), browser(cast.maya)
    own = f"/course/{cast.mayas.pk}/own-sheets/"
    saved = post(joan, f"{own}new/", pattern="She apologises first.")
    page = joan.get(saved["Location"]).content.decode()
    assert ("She apologises first." in page, 'data-state="therapist"' in page) == (True, True)
    [note] = queries.own_sheets(cast.audience(cast.joan, cast.mayas))

    changed = post(joan, f"{own}{note.id}/", pattern="Less so today.", **bases(joan.get(f"{own}{note.id}/")))

    assert b"Less so today." in joan.get(changed["Location"]).content
    assert b"Less so today." not in joan.get(here).content
    ways = [own, f"{own}{note.id}/", f"/me/worksheets/{note.id}/", f"{here}{note.id}/"]
    assert [maya.get(way).status_code for way in ways] == [404] * 4
    assert joan.get(f"{here}{note.id}/").status_code == 404


def test_after_the_course_sheets_are_read_and_nothing_is_begun(cast, here):
    row = actions.begin(
        by=cast.maya_now(), kind="feelings", said=Said(answers={"words": "Flat."}), sharing=Sharing.SHARED
    )
    close(by=cast.audience(cast.joan, cast.mayas), course=cast.mayas, how="agreed")
    page = browser(cast.joan)

    shown = page.get(f"{here}{row.pk}/").content.decode()
    assert ("Flat." in shown, "/write/" in shown, page.get(f"{here}{row.pk}/write/").status_code) == (
        True,
        False,
        404,
    )
    assert post(page, f"{here}new/feelings/", words="x").status_code == 422


def test_every_text_opens_and_leads_to_what_fits(cast):
    maya = browser(cast.maya)
    ways = re.findall(r'href="(/me/worksheets/read/\w+/)"', maya.get("/me/worksheets/read/").content.decode())
    assert len(ways) == 9
    assert [maya.get(way).status_code for way in ways] == [200] * 9

    begun = maya.get("/me/worksheets/new/reading/?about=grief")
    assert begun.context["form"]["what"].value() == "There is no timetable for grief"


@pytest.mark.parametrize(("sharing", "reaches_joan"), [(Sharing.JUST_ME, False), (Sharing.SHARED, True)])
def test_when_she_says_that_somebody_frightens_her_speaking_up_is_put_aside(
    cast, here, sharing, reaches_joan
):
    """On her own pages at once; on her therapist's only if she has shared it, and kept it changes no byte there."""
    maya, joan = browser(cast.maya), browser(cast.joan)
    sam = people.add_person(by=cast.maya_now(), label="Sam", sharing=Sharing.SHARED)
    pages = [here, f"{here}new/role_play/"]
    before = [plain(joan.get(one)) for one in pages]
    assert 'name="opening"' in maya.get("/me/worksheets/new/role_play/").content.decode()
    shown = maya.get(f"/me/people/{sam.pk}/").content.decode()
    [chosen] = [one for one in re.findall(r"<input[^>]*safe_sharing[^>]*>", shown) if "checked" in one]
    assert f'value="{Sharing.JUST_ME.value}"' in chosen
    assert "/help/#frightened" in shown

    fields = {"safe": "frightened", "safe_sharing": sharing.value}
    assert post(maya, f"/me/people/{sam.pk}/", **fields).status_code == 302

    hers = maya.get("/me/worksheets/new/role_play/").content.decode()
    assert "Being safe comes first." in hers
    assert 'name="opening"' not in hers
    assert ([plain(joan.get(one)) for one in pages] != before) is reaches_joan
    people.hide(by=cast.maya_now(), person=sam)
    assert 'name="opening"' not in maya.get("/me/worksheets/new/role_play/").content.decode()
