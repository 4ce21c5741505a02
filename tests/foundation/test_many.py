"""A list's question, whose SQL is put together once for so many people."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kithwork.foundation.passages.many import asked_of_many
from kithwork.therapy.sessions.models import TherapySession
from tests.cast import NOW
from tests.filling import another_course, meet


@asked_of_many
def met(audiences):
    rows = TherapySession.seen.visible_in(audiences).filter(closed_at__isnull=False)
    return rows.order_by("closed_at").values_list("course_id", "n")


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
