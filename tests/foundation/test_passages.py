"""One idea for everything that anybody writes: who it is for, what stands, and that nothing is overwritten."""

import pytest
from django.db.models import Q

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.actions import Changed, NotWritable
from kithwork.foundation.passages.models import Passage
from kithwork.foundation.passages.queries import ERASED, history, opened, read, read_many
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.passages.taken_back import watching
from kithwork.foundation.rather_not import RatherNot
from kithwork.foundation.standing import Standing
from kithwork.foundation.vault import erasure
from kithwork.foundation.vault.sealing import Unopenable, keys_held
from kithwork.therapy.people.models import Person

KEPT, SHARED = Sharing.JUST_ME, Sharing.SHARED


@pytest.fixture
def sam(cast):
    return Person.make(cast.maya_now(), sharing=SHARED, relation="partner")


def texts(audience, record, field="hard"):
    found = read(audience, record).get(field)
    return [found.text, *[also.text for also in found.also]] if found else []


@pytest.mark.parametrize(
    ("sharing", "joan_sees"), [(KEPT, []), (Sharing.LATER, []), (SHARED, ["We stop talking."])], ids=str
)
def test_a_piece_is_for_whom_its_writer_says(cast, sam, sharing, joan_sees):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)

    passages.write(maya, record=sam, field="hard", text="We stop talking.", sharing=sharing)

    assert texts(maya, sam) == ["We stop talking."]
    assert texts(joan, sam) == joan_sees


def test_taking_a_piece_back_takes_it_from_view_with_its_history(cast, sam):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    passages.write(maya, record=sam, field="hard", text="We stop talking.", sharing=SHARED)
    assert texts(joan, sam) == ["We stop talking."]

    passages.change_sharing(maya, record=sam, field="hard", sharing=KEPT)

    assert texts(joan, sam) == []
    assert [words.sharing for words in history(maya, sam, "hard")] == [KEPT, SHARED]
    assert history(joan, sam, "hard") == []


def test_where_she_keeps_a_newer_piece_both_stand_and_only_she_sees_both(cast, sam):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    passages.write(maya, record=sam, field="hard", text="What I never say.", sharing=KEPT)

    passages.write(joan, record=sam, field="hard", text="They go quiet.", base="")

    assert texts(joan, sam) == ["They go quiet."]
    assert sorted(texts(maya, sam)) == ["They go quiet.", "What I never say."]
    both = read(maya, sam)["hard"]
    passages.write(maya, record=sam, field="hard", text="All of it.", sharing=KEPT, base=both.base)
    assert texts(maya, sam) == ["All of it."]


def test_a_save_on_an_older_text_is_refused_with_both(cast, sam):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    first = passages.write(maya, record=sam, field="hard", text="One.", sharing=SHARED)
    passages.write(joan, record=sam, field="hard", text="Two.", base=first.base)

    with pytest.raises(Changed) as refused:
        passages.write(maya, record=sam, field="hard", text="Three.", sharing=SHARED, base=first.base)

    assert (refused.value.yours, refused.value.newest.text) == ("Three.", "Two.")
    assert texts(maya, sam) == ["Two."]


def test_a_refusal_never_shows_what_is_kept(cast, sam):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    shared = passages.write(maya, record=sam, field="hard", text="One.", sharing=SHARED)
    passages.write(maya, record=sam, field="hard", text="Kept since.", sharing=KEPT, base=shared.base)

    with pytest.raises(Changed) as refused:
        passages.write(joan, record=sam, field="hard", text="Two.", base=shared.base)

    assert refused.value.newest is None


def test_what_the_therapist_writes_at_the_table_is_hers_and_shared(cast, sam):
    joan = cast.audience(cast.joan, cast.mayas)

    passages.write(joan, record=sam, field="good", text="Makes her laugh.", sharing=KEPT)

    found = read(cast.maya_now(), sam)["good"]
    assert (found.sharing, found.side, found.together_in) == (SHARED, "staff", 1)


@pytest.mark.parametrize("field", ["safety_concern"])
def test_a_client_neither_reads_nor_writes_staff_fields(cast, sam, field):
    joan = cast.audience(cast.joan, cast.mayas)
    passages.write(joan, record=sam, field=field, text="Ask alone.")
    assert texts(joan, sam, field) == ["Ask alone."]

    assert texts(cast.maya_now(), sam, field) == []
    with pytest.raises(NotWritable):
        passages.write(cast.maya_now(), record=sam, field=field, text="?")


def test_after_the_end_nothing_new_is_written(cast, sam):
    from kithwork.therapy.course.actions import close

    close(by=cast.audience(cast.joan, cast.mayas), course=cast.mayas, how="as_agreed")
    cast.mayas.refresh_from_db()

    with pytest.raises(NotWritable) as refused:
        passages.write(cast.maya_now(), record=sam, field="hard", text="Later.", sharing=KEPT)

    assert refused.value.code == "course-ended"


def test_words_are_sealed_in_the_database(cast, sam):
    passages.write(cast.maya_now(), record=sam, field="hard", text="cnry-lighthouse", sharing=SHARED)

    assert not any(b"lighthouse" in bytes(row.sealed) for row in Passage.objects.all())


def test_a_body_that_was_moved_does_not_open(cast, sam):
    maya = cast.maya_now()
    passages.write(maya, record=sam, field="hard", text="Here.", sharing=SHARED)
    passages.write(maya, record=sam, field="good", text="There.", sharing=SHARED)
    hard, good = Passage.objects.get(field="hard"), Passage.objects.get(field="good")

    Passage.objects.filter(pk=hard.pk).update(sealed=good.sealed)

    with pytest.raises(Unopenable):
        read(maya, sam)


def test_a_destroyed_key_reads_as_erased(cast, sam):
    maya = cast.maya_now()
    passages.write(maya, record=sam, field="hard", text="Here.", sharing=SHARED)
    assert texts(maya, sam) == ["Here."]

    erasure.ask_erasure(cast.mayas.client_id, now=maya.now)
    erasure.destroy_key(cast.mayas.client_id, now=maya.now)

    assert texts(maya, sam) == [ERASED]


def test_a_page_of_words_takes_two_queries_for_one_record_or_many(cast, django_assert_num_queries):
    maya = cast.maya_now()
    people = [Person.make(maya, sharing=SHARED) for _ in range(3)]
    for person in people:
        passages.write(maya, record=person, field="label", text="Somebody", sharing=SHARED)

    for some in (people[:1], people):
        with keys_held(), django_assert_num_queries(1), django_assert_num_queries(1, using="keys"):
            assert len(read_many([maya], some)) == len(some)


def test_a_draft_is_its_authors_and_overwritten(cast, sam):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    passages.save_draft(maya, record=sam.pk, field="hard", text="In the mid")
    passages.save_draft(maya, record=sam.pk, field="hard", text="In the middle of")

    assert passages.read_draft(maya, record=sam.pk, field="hard") == ("In the middle of", maya.now)
    assert passages.read_draft(joan, record=sam.pk, field="hard") is None
    assert texts(maya, sam) == []


def test_what_a_page_reads_whole_is_what_each_may_see(cast):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    mira = cast.audience(cast.mira, cast.carls)
    kept, shared = (Person.make(maya, sharing=state, relation="friend").pk for state in (KEPT, SHARED))

    assert [{row.pk for row in Person.seen.all_of(one)} for one in (maya, joan, mira)] == [
        {kept, shared}, {shared}, set()
    ]  # fmt: skip


def test_a_refusal_is_hers_alone_unless_she_says_otherwise(cast, sam):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)

    written = passages.write(maya, record=sam, field="hard", text=RatherNot(), sharing=SHARED)
    assert (written.text, written.refused, written.sharing) == ("You chose not to say", True, KEPT)
    assert texts(joan, sam) == []

    told = passages.write(maya, record=sam, field="hard", text=RatherNot(told=True), sharing=KEPT,
                          base=written.base)  # fmt: skip
    assert (told.refused, told.sharing) == (True, SHARED)
    assert texts(joan, sam) == ["Chose not to say"]


def test_a_refusal_holds_no_word_and_can_be_taken_back(cast, sam):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    words = passages.write(maya, record=sam, field="hard", text="We stop talking.", sharing=SHARED)
    assert texts(joan, sam) == ["We stop talking."]

    refused = passages.write(maya, record=sam, field="hard", text=RatherNot(), base=words.base)
    assert (texts(joan, sam), opened(Passage.objects.get(live=True, record=sam.pk))) == ([], "")

    back = passages.write(maya, record=sam, field="hard", text="", sharing=SHARED, base=refused.base)
    assert (back.text, back.refused, texts(joan, sam)) == ("", False, [])
    assert [one.text for one in history(maya, sam, "hard")] == [
        "", "You chose not to say", "We stop talking.",
    ]  # fmt: skip


def test_a_record_that_is_shared_takes_no_refusal_with_it(cast, sam):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    passages.write(maya, record=sam, field="hard", text=RatherNot())

    passages.change_sharing(maya, record=sam, field="hard", sharing=SHARED)

    assert (texts(maya, sam), texts(joan, sam)) == (["You chose not to say"], [])


def test_only_the_clients_own_questions_can_be_refused(cast):
    with pytest.raises(NotWritable):
        passages.write(cast.maya_now(), record=cast.mayas.client, field="about", text=RatherNot())


def test_a_save_that_stops_sharing_is_noticed_and_no_other(cast, sam):
    maya = cast.maya_now()

    def taken_back(text, sharing):
        stands = read(maya, sam).get("hard")
        with watching() as found:
            passages.write(maya, record=sam, field="hard", text=text, sharing=sharing,
                           base=stands.base if stands else "")  # fmt: skip
        return found.anything

    assert [
        taken_back("One.", KEPT), taken_back("One.", SHARED), taken_back("Two.", SHARED),
        taken_back("Two.", Sharing.LATER), taken_back("Two.", SHARED), taken_back(RatherNot(), SHARED),
    ] == [False, False, False, True, False, True]  # fmt: skip


def test_a_standing_question_gives_the_rows_that_django_would(cast, sam):
    maya = cast.maya_now()
    for field, sharing in (("hard", SHARED), ("good", KEPT), ("wish", Sharing.LATER)):
        passages.write(maya, record=sam, field=field, text=f"About {field}.", sharing=sharing)
    question = Standing(Passage, Q(client="", live=True, sharing__in=["0", "1"]))

    found = question.ask([maya.client, "just-me", "shared"])

    by_django = Passage.objects.filter(client=maya.client, live=True, sharing__in=["just-me", "shared"])
    assert sorted(map(columns, found)) == sorted(map(columns, by_django)) != []


def columns(row):
    return [repr(getattr(row, field.attname)) for field in row._meta.concrete_fields]
