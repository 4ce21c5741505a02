"""Letters: where each stands, what of the shared record stands in it, and what the client said to it."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField, IdField
from kithwork.foundation.passages.sharing import Field, Owner
from kithwork.ipt.letters import TEMPLATES, State, Template, state_of, template
from kithwork.therapy.course.models import CourseRecord

# Places for words beside the parts: both addresses, how it begins, and what stands above the name.
AROUND = ("sender", "address", "greeting", "farewell")
PARTS = tuple(dict.fromkeys(part.key for one in TEMPLATES for part in one.parts))


class Letter(CourseRecord):
    """One letter, for staff alone until it is shown. Once it is signed off nothing in it changes any more."""

    kind = CodeField()  # ipt.letters.kinds_of_letter
    version = models.PositiveSmallIntegerField()  # of its template
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    sent_how = CodeField(blank=True)  # ipt.letters.ways_of_sending
    sent_by = IdField(blank=True)  # the account that recorded it
    put_aside_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {
        **{field: Field(Owner.SUMMARY, longest=1_000) for field in AROUND},
        **{part: Field(Owner.SUMMARY, longest=8_000) for part in PARTS},
    }

    @property
    def template(self) -> Template:
        """The kind of letter that this is, in the version that it was begun with."""
        return template(self.kind, self.version)

    @property
    def state(self) -> State:
        """Where it stands."""
        return state_of(
            shown=self.shown_at is not None, signed=self.signed_at is not None, sent=self.sent_on is not None
        )

    @property
    def is_signed(self) -> bool:
        """Whether nothing in it changes any more."""
        return self.signed_at is not None


class LetterOpened(CourseRecord):
    """That the client has opened a letter: for her own first page, and for nobody else."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="+")


class LetterPiece(CourseRecord):
    """Something of the shared record that may stand in a letter. It points to one revision and holds no copy.

    Only signing off makes a copy, of what stands in the letter then. ``allowed`` is the client's own word, for exactly
    this revision; None is not asked or not answered.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    source = CodeField()  # letters.sources
    record = IdField()
    field = CodeField()
    revision = CodeField(max_length=200)  # what was shown of it, as its ``base`` names it
    place = models.PositiveSmallIntegerField()
    allowed = models.BooleanField(null=True, blank=True)
    taken_out_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"quote": Field(Owner.SUMMARY)}


class LetterAnswer(CourseRecord):
    """What the client said to a letter, and which wording she had before her."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    answer = CodeField()  # ipt.letters.answers
    how = CodeField()  # ipt.signing.Manner: signed in; or entered by staff, in the room or on paper
    entered_by = IdField(blank=True)
    content = models.BinaryField(max_length=32)

    words: ClassVar[dict[str, Field]] = {"said": Field(Owner.JOINT, longest=5_000)}
