"""A flag that nobody looks at goes on, each step once; and what staff raise by hand."""

from datetime import timedelta

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.accounts.models import Absence
from kithwork.foundation.outbox.models import Outbox
from kithwork.foundation.trail.models import Event
from kithwork.foundation.trail.who import Who
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Relationship
from kithwork.therapy.course.standing_in import accept_standing_in, ask_to_stand_in, come_back
from kithwork.therapy.safety import actions, queries
from kithwork.therapy.safety.going_on import pass_on_waiting

DAY = timedelta(days=1)


def flagged(cast, now=NOW):
    actions.flag_answer(
        by=cast.maya_now(now), check_in="c" * 22, asked="phq9_9", answer=1, before=0, owner=cast.joan
    )
    return the_flag(cast)


def the_flag(cast):
    return queries.flags(cast.maya_now())[0]


def who(account):
    return Who(kind="staff", id=account.pk, name=account.name, role="therapist")


def away(cast, *, since=NOW, days=7, agreed=True):
    """Joan is away, and Mira is asked to stand in."""
    absence = ask_to_stand_in(
        by=who(cast.joan), stands_in=cast.mira, since=since, until=since + timedelta(days=days), now=NOW
    )
    if agreed:
        accept_standing_in(by=who(cast.mira), absence=absence, now=NOW)
    return absence


def letters():
    return Outbox.objects.filter(template="message").count()


def says(cast, now=NOW):
    return queries.help_panel(cast.mayas, the_flag(cast), now=now).says.who_sees


def test_in_time_nothing_moves(cast):
    flagged(cast)

    assert pass_on_waiting(now=NOW + DAY - timedelta(minutes=1)) == 0
    assert the_flag(cast).owner == cast.joan.pk


def test_past_its_time_it_goes_to_the_deputy_with_a_new_time_and_the_client_is_told(cast):
    Relationship.objects.create(
        course=cast.mayas, account=cast.mira.pk, role="deputy", offered_at=NOW, accepted_at=NOW
    )
    flagged(cast)
    before = letters()

    assert [pass_on_waiting(now=NOW + DAY) for _ in range(3)] == [1, 0, 0]

    flag = the_flag(cast)
    assert (flag.owner, flag.went_on_from, flag.due_at) == (cast.mira.pk, cast.joan.pk, NOW + 2 * DAY)
    assert letters() == before + 1
    assert says(cast, NOW + DAY) == (
        "This has gone on from Joan to Mira. Mira should see this by Thursday 20 March, 1:30 pm."
    )


def test_after_the_deputys_time_those_who_lead_are_told_once_and_see_no_client(cast):
    Relationship.objects.create(
        course=cast.mayas, account=cast.mira.pk, role="deputy", offered_at=NOW, accepted_at=NOW
    )
    flagged(cast)
    pass_on_waiting(now=NOW + DAY)
    before = letters()

    assert [pass_on_waiting(now=NOW + 2 * DAY) for _ in range(3)] == [1, 0, 0]

    page = browser(cast.ravi).get("/clinic/waiting/").content.decode()
    assert letters() == before + 1
    assert ("Mira Novak" in page, "Maya" in page, cast.mayas.pk in page) == (True, False, False)
    assert says(cast, NOW + 2 * DAY) == (
        "Mira has not seen this yet. "
        "The people who lead the clinic were told on Thursday 20 March, 1:30 pm that it waits."
    )


def test_without_a_deputy_those_who_lead_are_told(cast):
    flagged(cast)

    assert pass_on_waiting(now=NOW + DAY) == 1

    assert (the_flag(cast).owner, the_flag(cast).lead_told_at) == (cast.joan.pk, NOW + DAY)
    acts = list(Event.objects.filter(chain=cast.mayas.pk).order_by("place").values_list("who_kind", "act"))
    assert acts[-1] == ("system", "safety.lead_told")


def test_while_the_therapist_is_away_it_goes_on_in_the_saving_transaction(cast):
    away(cast)

    flag = flagged(cast)

    assert (flag.owner, flag.went_on_at) == (cast.mira.pk, NOW)
    assert pass_on_waiting(now=NOW) == 0
    assert says(cast).startswith("This has gone on from Joan to Mira.")
    assert queries.told_first(cast.maya_now()) == cast.mira


def test_away_with_nobody_who_agreed_the_lead_is_told_at_once(cast):
    away(cast, agreed=False)

    flag = flagged(cast)

    assert (flag.owner, flag.lead_told_at) == (cast.joan.pk, NOW)


def test_a_review_stops_the_clock(cast):
    flag = flagged(cast)
    actions.record_review(by=cast.audience(cast.joan, cast.mayas), flag=flag, decisions=["talked"], words={})

    assert pass_on_waiting(now=NOW + 9 * DAY) == 0


def test_opened_again_it_begins_with_its_first_owner_and_a_new_clock(cast):
    flagged(cast)
    pass_on_waiting(now=NOW + DAY)

    actions.flag_answer(
        by=cast.maya_now(NOW + 2 * DAY),
        check_in="c" * 22,
        asked="phq9_9",
        answer=3,
        before=1,
        owner=cast.joan,
    )

    flag = the_flag(cast)
    assert (flag.lead_told_at, flag.due_at, flag.answer) == (None, NOW + 3 * DAY, 3)


def test_whoever_stands_in_opens_the_course_in_those_days_and_no_others(cast):
    first = NOW + DAY
    absence = away(cast, since=first, days=3)

    def opens(now):
        from kithwork.therapy.course.access import still_in_care

        return still_in_care(cast.mira.pk, cast.mayas.pk, now=now)

    assert [opens(NOW), opens(first), opens(first + 2 * DAY), opens(first + 3 * DAY)] == [
        False,
        True,
        True,
        False,
    ]
    come_back(by=who(cast.joan), absence=absence, now=first + DAY)
    assert not opens(first + 2 * DAY)


def test_an_offer_to_stand_in_opens_nothing(cast):
    away(cast, agreed=False)

    assert browser(cast.mira).get(f"/course/{cast.mayas.pk}/safety/").status_code == 404


def test_two_absences_at_once_are_refused(cast):
    away(cast)

    with pytest.raises(Refusal) as refused:
        away(cast)

    assert (refused.value.code, Absence.objects.count()) == ("away-already", 1)


def test_staff_raise_a_flag_by_hand_and_the_client_sees_none_of_it(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    page = browser(cast.joan)
    address = f"/course/{cast.mayas.pk}/safety/flags/new/"
    fields = {"key": "k" * 24, "kind": "frightened", "text": "Her brother rang.", "owner": cast.joan.pk}

    refused = page.post(address, {**fields, "key": "j" * 24, "kind": ""})
    saved = page.post(address, fields)

    [flag] = queries.open_flags(joan)
    assert (refused.status_code, saved.status_code) == (422, 302)
    assert (flag.kind, flag.owner, flag.due_at - NOW >= DAY) == ("frightened", cast.joan.pk, True)
    assert "Her brother rang." in page.get(f"/course/{cast.mayas.pk}/safety/").content.decode()
    assert queries.open_flags(cast.maya_now()) == []


@pytest.mark.parametrize("kind", ["item_9", "nothing", ""])
def test_what_is_no_kind_of_flag_by_hand_is_refused(cast, kind):
    with pytest.raises(Refusal) as refused:
        actions.raise_flag(by=cast.audience(cast.joan, cast.mayas), kind=kind, owner=cast.joan.pk)

    assert refused.value.code == "flag-not-whole"


def test_a_flag_goes_to_nobody_outside_the_course(cast):
    with pytest.raises(Refusal):
        actions.raise_flag(by=cast.audience(cast.joan, cast.mayas), kind="frightened", owner=cast.mira.pk)
