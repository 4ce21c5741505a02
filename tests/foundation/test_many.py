"""A list's question, whose SQL is put together once for so many people."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kithwork.foundation.passages.many import asked_of_many, records_of_many
from kithwork.foundation.standing import asked_of_ids, moment_from
from kithwork.therapy.sessions.models import TherapySession
from tests.cast import NOW
from tests.filling import another_course, meet
from tests.whole_record import kinds_of_record, share_everything


@asked_of_many
def met(audiences):
    rows = TherapySession.seen.visible_in(audiences).filter(closed_at__isnull=False)
    return rows.order_by("closed_at").values_list("course_id", "n")


@records_of_many(TherapySession)
def held(audiences):
    return TherapySession.seen.visible_in(audiences).filter(closed_at__isnull=False).order_by("closed_at")


@asked_of_ids
def attended(ids):
    return TherapySession._base_manager.filter(pk__in=ids).order_by("pk").values_list("pk", "attendance")


def test_the_same_question_answers_each_audience_with_what_is_theirs(cast):
    others = another_course(cast, "Somebody else")
    meet(cast, cast.mayas, NOW.replace(day=4))
    meet(cast, cast.mayas, NOW.replace(day=11))
    meet(cast, others, NOW.replace(day=12))
    mayas, theirs = cast.audience(cast.joan, cast.mayas), cast.audience(cast.joan, others)

    answers = [met([mayas]), met([theirs]), met([mayas, theirs]), met([])]

    of_maya, of_other = [(cast.mayas.pk, 1), (cast.mayas.pk, 2)], [(others.pk, 1)]
    assert answers == [of_maya, of_other, [*of_maya, *of_other], []]


def test_a_question_is_asked_once_for_any_number(cast):
    audience = cast.audience(cast.joan, cast.mayas)

    with CaptureQueriesContext(connection) as asked:
        met([audience] * 60)

    assert len(asked) == 1


def test_whole_records_are_those_that_django_gives(cast):
    meet(cast, cast.mayas, NOW.replace(day=4))
    audience = cast.audience(cast.joan, cast.mayas)

    found = held([audience])

    by_django = TherapySession.seen.visible_to(audience).filter(closed_at__isnull=False)
    assert [vars_of(one) for one in found] == [vars_of(one) for one in by_django] != []
    assert held([]) == []


def test_every_kind_of_record_is_read_as_django_reads_it(cast):
    whole = share_everything(cast.maya_now(), cast.audience(cast.joan, cast.mayas))

    ours, by_django = {}, {}
    for name, kind in kinds_of_record().items():
        ours[name] = [state_of(one) for one in kind.seen.all_of(whole.staff)]
        in_order = kind.seen.visible_to(whole.staff).order_by("created_at", "pk")
        by_django[name] = [state_of(one) for one in in_order]

    assert ours == by_django
    assert len([name for name, found in ours.items() if found]) > 20


def test_a_question_about_ids_answers_for_any_number(cast):
    first, second = sorted([meet(cast, cast.mayas, NOW.replace(day=day)).pk for day in (4, 11)])

    assert [attended([first]), attended([second, first]), attended([])] == [
        [(first, "attended")],
        [(first, "attended"), (second, "attended")],
        [],
    ]


def test_a_moment_as_text_is_in_utc_with_a_zone_and_without():
    assert moment_from("2025-03-18 13:30:00") == moment_from("2025-03-18 13:30:00+00") == NOW


def state_of(record):
    return [*vars_of(record), record._state.adding, record._state.db]


def vars_of(record):
    return [repr(getattr(record, field.attname)) for field in record._meta.concrete_fields]
