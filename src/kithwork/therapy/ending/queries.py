"""Reading what was written for the ending, for one audience."""

from dataclasses import dataclass

from django.db.models import QuerySet

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read_many
from kithwork.foundation.passages.sharing import Owner
from kithwork.ipt.ending import keepsake_parts, plan_fields, sections, warning_sign_kinds
from kithwork.ipt.shelf import Prompt
from kithwork.therapy.ending.models import EndingReview, Keepsake, StayWellPlan, WarningSign

REVIEW_PROMPTS = (
    Prompt("changed", "What changed", sections["changed"].help),
    Prompt("who_did_it", "What I did, and who helped", "Say what you did, not only what happened."),
    Prompt("feelings", sections["feelings"].label, sections["feelings"].help),
    Prompt("stressors", sections["stressors"].label, sections["stressors"].help),
    Prompt("from_therapist", "A few words from my therapist"),
)


@dataclass(frozen=True)
class ShownPart:
    """One thing that is asked, and what this audience sees of the answer."""

    key: str
    label: str
    help: str
    words: Words | None
    of_therapist: bool = False

    @property
    def text(self) -> str:
        return self.words.text.strip() if self.words else ""


@dataclass(frozen=True)
class ShownSign:
    """An early sign."""

    id: str
    kind: str
    words: Words
    mine: bool


@dataclass(frozen=True)
class Review:
    """Everything written for the ending."""

    parts: dict[str, ShownPart]
    plan: dict[str, ShownPart]
    signs: list[ShownSign]


def review(audience: Audience) -> Review:
    """What was written so far; a part that nobody wrote is there with nothing in it."""
    records = [
        found for found in (of_course(audience, EndingReview), of_course(audience, StayWellPlan)) if found
    ]
    signs = list(warning_signs(audience))
    words = read_many([audience], [*records, *signs])
    by_field = {
        field: found for (record, field), found in words.items() if record in {one.pk for one in records}
    }
    return Review(
        parts={prompt.key: _part(prompt, by_field, EndingReview) for prompt in REVIEW_PROMPTS},
        plan={prompt.key: _part(prompt, by_field, StayWellPlan) for prompt in plan_fields},
        signs=[_sign(audience, row, words[row.pk, "sign"]) for row in signs if (row.pk, "sign") in words],
    )


def of_course(
    audience: Audience, model: type[EndingReview] | type[StayWellPlan]
) -> EndingReview | StayWellPlan | None:
    """The course's one record of a kind."""
    return model.seen.visible_to(audience).order_by("created_at", "pk").first()


def _part(
    prompt: Prompt, words: dict[str, Words], model: type[EndingReview] | type[StayWellPlan]
) -> ShownPart:
    of_therapist = model.words[prompt.key].owner is Owner.SUMMARY
    return ShownPart(prompt.key, prompt.label, prompt.help, words.get(prompt.key), of_therapist)


def warning_signs(audience: Audience) -> QuerySet[WarningSign]:
    """The early signs that stand."""
    return WarningSign.seen.visible_to(audience).filter(removed_at__isnull=True).order_by("created_at", "pk")


def warning_sign(audience: Audience, sign: str) -> WarningSign | None:
    """One early sign, if this audience may see it."""
    return warning_signs(audience).filter(pk=sign).first()


def _sign(audience: Audience, row: WarningSign, words: Words) -> ShownSign:
    kind = warning_sign_kinds.get(row.kind).label if row.kind else ""
    return ShownSign(row.pk, kind, words, mine=audience.is_client or row.side == audience.side)


def chosen_parts(audience: Audience) -> list[str]:
    """Which parts this side has chosen for the keepsake; all of them until somebody chooses."""
    choice = Keepsake.seen.visible_to(audience).filter(side=audience.side).order_by("-created_at").first()
    return [one.key for one in keepsake_parts if choice is None or one.key in choice.parts]
