"""Everything that may be done with a letter. Nothing leaves by itself: sending is what somebody did, and recorded.

A closing letter is part of the record, and often written after the last session: staff write letters after the end
as well. What the client says to one, and that it is shown for that, ends with the course.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt.letters import Template, check_sign_off, kinds_of_letter, ways_of_sending
from kithwork.ipt.letters import answers as kinds_of_answer
from kithwork.ipt.signing import Manner, manners
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.signing import hash_of, sign
from kithwork.therapy.letters import queries
from kithwork.therapy.letters.drafting import first_wording
from kithwork.therapy.letters.models import AROUND, Letter, LetterAnswer, LetterOpened, LetterPiece
from kithwork.therapy.letters.sources import Source, sources

PAGE = "letters"
TO_SAY = "Copy your words: you can still say them to your therapist."


class Fixed(Refusal):
    """A letter that is signed off stays as it is."""

    code = "letter-fixed"

    def __init__(self, by: Audience) -> None:
        super().__init__(
            "This letter is signed off and stays as it is.",
            next_step=TO_SAY if by.is_client else "Begin a new one that corrects it.",
        )


def begin(*, by: Audience, kind: str) -> Letter:
    """Begin a letter: the template's sentences, and what is shared and has a place in it. For staff alone as yet."""
    by = _writing(by)
    template = kinds_of_letter.get(kind)
    with transaction.atomic():
        trail.lock(by.course)
        course = Course.objects.select_related("client", "clinic").get(pk=by.course)
        letter = _make(by, template, first_wording(by, course, template))
        _put_in(by, letter, sources(by))
        _record(by, "begun")
    return letter


def correct(*, by: Audience, letter: Letter) -> Letter:
    """Begin a letter that corrects one that is signed off: the same wording to begin with. The old one stays."""
    by = _writing(by)
    with transaction.atomic():
        trail.lock(by.course)
        standing = queries.correction_of(by, letter)
        if not letter.is_signed or (standing is not None and not standing.is_signed):
            raise Refusal("This letter can still be changed itself.", code="letter-open")
        words = {field: one.text for field, one in read(by, letter).items()}
        made = _make(by, letter.template, words, corrects=letter)
        _put_in(by, made, sources(by))
        _record(by, "correction_begun")
    return made


def write(
    *, by: Audience, letter: Letter, texts: Mapping[str, str], bases: Mapping[str, str], kept: Iterable[str]
) -> Letter:
    """Save the wording, and which pieces of the shared record may stand in it; ``kept`` names them as sources.

    Raises Changed, with both texts, when somebody else wrote since the form was shown.
    """
    by, kept = _writing(by), set(kept)
    with transaction.atomic():
        trail.lock(by.course)
        letter = _still_open(by, letter)
        state = _readers(letter)
        for field, text in texts.items():
            passages.write(
                by, record=letter, field=field, text=text, sharing=state, base=bases.get(field, "")
            )
        standing = {f"{one.record}.{one.field}": one for one in queries.pieces(by, letter)}
        for name, piece in standing.items():
            if name not in kept:
                _take_out(by, piece)
        _put_in(by, letter, (one for one in sources(by) if one.id in kept))
        _record(by, "written")
    return letter


def show(*, by: Audience, letter: Letter) -> Letter:
    """Let the client read it, to say something to it. From here on every wording of it is hers to see."""
    _check_staff(by)
    _check_can_answer(by)
    with transaction.atomic():
        trail.lock(by.course)
        letter = _still_open(by, letter)
        if not queries.shown(by, letter).has_words and not queries.pieces(by, letter):
            raise Refusal("There is nothing in this letter yet.", next_step="Write a part of it first.",
                          code="nothing-here")  # fmt: skip
        if letter.shown_at is None:
            _open_to_client(by, letter)
            _record(by, "shown")
    return letter


def opened(*, by: Audience, letter: Letter) -> None:
    """Note for the client that she has opened a letter. Nobody else can tell."""
    with transaction.atomic():
        trail.lock(by.course)
        if not LetterOpened.seen.visible_to(by).filter(letter=letter).exists():
            LetterOpened.make(by, sharing=Sharing.JUST_ME, letter=letter)
            _record(by, "opened")


def answer(
    *,
    by: Audience,
    letter: Letter,
    answer: str,
    said: str = "",
    allowed: Mapping[str, bool | None] | None = None,
    how: str = Manner.SIGNED_IN,
) -> LetterAnswer:
    """Say something to a letter, and which of the pieces may stand in it. Staff may enter what was said to them."""
    _check_can_answer(by)
    kinds_of_answer.get(answer)
    manner = Manner(manners.get(how).key)
    if by.is_client != (manner is Manner.SIGNED_IN):
        raise Refusal("Say how your client told you: in the room, or on paper.", code="how-said")
    with transaction.atomic():
        trail.lock(by.course)
        letter = _still_open(by, letter)
        if letter.shown_at is None:
            raise Refusal("Show the letter first.", code="not-shown-yet")
        for piece in queries.pieces(by, letter):
            if allowed and piece.id in allowed:
                piece.allowed = allowed[piece.id]
                piece.save(update_fields=["allowed"])
        made: LetterAnswer = LetterAnswer.make(
            by, sharing=Sharing.SHARED, letter=letter, answer=answer, how=manner,
            entered_by="" if by.is_client else by.who.id, content=hash_of(by, _content(by, letter)),
        )  # fmt: skip
        passages.write(by, record=made, field="said", text=said)
        _record(by, "answered")
    return made


def sign_off(*, by: Audience, letter: Letter) -> Letter:
    """Sign it off: what stands in it is copied, and from here on nothing in it changes. The client can read it."""
    may_ask, by = by.may_write, _writing(by)
    with transaction.atomic():
        trail.lock(by.course)
        letter = _still_open(by, letter)
        stands = queries.shown(by, letter)
        check_sign_off(letter.template, has_words=stands.has_words, agreed=stands.agreed, may_ask=may_ask)
        if letter.shown_at is None:
            _open_to_client(by, letter)
        rows = {piece.id: piece for piece in queries.pieces(by, letter)}
        for part in stands.parts:
            for quote in part.standing:
                passages.write(
                    by, record=rows[quote.id], field="quote", text=quote.text, sharing=Sharing.SHARED
                )
        letter.signed_at = by.now
        letter.save(update_fields=["signed_at"])
        sign(by=by, what="letter", version_id=letter.id, content=_content(by, letter), party="therapist")
    return letter


def record_sent(*, by: Audience, letter: Letter, how: str, on: date) -> Letter:
    """Record that it left: how, on which day, by whom. Also after the course has ended, when last letters leave."""
    _check_staff(by)
    ways_of_sending.get(how)
    with transaction.atomic():
        trail.lock(by.course)
        letter = _newest(by, letter)
        if letter.signed_at is None:
            raise Refusal("Sign it off first.", code="not-signed-off")
        if letter.sent_on is not None:
            raise Refusal("It is recorded as sent already.", code="sent-already")
        zone = ZoneInfo(Course.objects.select_related("client").get(pk=by.course).client.time_zone)
        if not letter.signed_at.astimezone(zone).date() <= on <= by.now.astimezone(zone).date():
            raise Refusal("Give a day from its signing off until today.", code="day-not-possible")
        letter.sent_on, letter.sent_how, letter.sent_by = on, how, by.who.id
        letter.save(update_fields=["sent_on", "sent_how", "sent_by"])
        _record(by, "sent")
    return letter


def put_aside(*, by: Audience, letter: Letter) -> Letter:
    """Leave a letter that is not needed. It goes from the lists, and stays in the record."""
    _check_staff(by)
    with transaction.atomic():
        trail.lock(by.course)
        letter = _still_open(by, letter)
        letter.put_aside_at = by.now
        letter.save(update_fields=["put_aside_at"])
        _record(by, "put_aside")
    return letter


def _make(
    by: Audience, template: Template, words: Mapping[str, str], corrects: Letter | None = None
) -> Letter:
    letter: Letter = Letter.make(
        by, sharing=Sharing.THERAPIST, kind=template.key, version=template.version, corrects=corrects
    )
    for field in (*AROUND, *(part.key for part in template.parts)):
        passages.write(by, record=letter, field=field, text=words.get(field, ""), sharing=Sharing.THERAPIST)
    return letter


def _put_in(by: Audience, letter: Letter, found: Iterable[Source]) -> None:
    """Point to what may stand in the letter. What points there to the same words already keeps its yes."""
    standing = {(one.record, one.field): one for one in queries.pieces(by, letter)}
    place = max((one.place for one in standing.values()), default=0)
    for one in found:
        there = standing.get((one.record, one.field))
        if letter.template.part_for(one.place.key) is None or (there and there.revision == one.words.base):
            continue
        if there:
            _take_out(by, there)
        place += 1
        LetterPiece.make(
            by, sharing=Sharing(letter.sharing), letter=letter, source=one.place.key, record=one.record,
            field=one.field, revision=one.words.base, place=place,
        )  # fmt: skip


def _take_out(by: Audience, piece: LetterPiece) -> None:
    piece.taken_out_at = by.now
    piece.save(update_fields=["taken_out_at"])


def _open_to_client(by: Audience, letter: Letter) -> None:
    for field, words in read(by, letter).items():
        if words.sharing == Sharing.THERAPIST:
            passages.change_sharing(by, record=letter, field=field, sharing=Sharing.SHARED)
    for piece in queries.pieces(by, letter):
        piece.sharing = Sharing.SHARED
        piece.save(update_fields=["sharing"])
    letter.shown_at, letter.sharing = by.now, Sharing.SHARED
    letter.save(update_fields=["shown_at", "sharing"])


def _readers(letter: Letter) -> Sharing:
    return Sharing.SHARED if letter.shown_at else Sharing.THERAPIST


def _content(by: Audience, letter: Letter) -> bytes:
    stands = queries.shown(by, letter)
    return queries.content_of(letter, stands.around, stands.parts)


def _newest(by: Audience, letter: Letter) -> Letter:
    """The letter as it is now, under the course's lock."""
    found = queries.find(by, letter.id)
    if found is None or found.put_aside_at is not None:
        raise Refusal(
            "This letter was put aside.",
            next_step=TO_SAY if by.is_client else "Begin a new one.",
            code="letter-put-aside",
        )
    return found


def _still_open(by: Audience, letter: Letter) -> Letter:
    found = _newest(by, letter)
    if found.is_signed:
        raise Fixed(by)
    return found


def _writing(by: Audience) -> Audience:
    """The same look for staff, with which letters are written after the end too; all else in the course is closed."""
    _check_staff(by)
    return replace(by, may_write=True)


def _check_staff(by: Audience) -> None:
    if by.is_client:
        raise Refusal("Your therapist writes letters.", code="not-yours")


def _check_can_answer(by: Audience) -> None:
    """Refuse to show a letter for an answer, or to answer one, once the course has ended."""
    if by.may_write:
        return
    if by.is_client:
        raise Refusal(
            "This course has ended. What was written stays here to read.",
            next_step="Copy your words: you can get in touch with the clinic about them.", code="course-ended",
        )  # fmt: skip
    raise Refusal(
        "This course has ended, so your client can’t be asked about a letter any more.",
        next_step="Sign it off, and your client can read it; or put it aside.", code="course-ended",
    )  # fmt: skip


def check_can_answer(*, by: Audience, letter: Letter) -> None:
    """Refuse to answer a letter that is signed off or put aside, or any once the course has ended."""
    _check_can_answer(by)
    _still_open(by, letter)


def check_can_write(*, by: Audience, letter: Letter) -> None:
    """Refuse to word a letter that is signed off or put aside."""
    _check_staff(by)
    _still_open(by, letter)


def _record(by: Audience, act: str) -> None:
    trail.record(f"letter.{act}", by=by.who, at=by.now, course=by.course, page=PAGE)
