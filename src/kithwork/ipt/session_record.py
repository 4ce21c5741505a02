"""The session in plain text: to copy into the clinic's own record, and as a first draft of what the client reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kithwork.ipt.course_life import attendance

NOT_RECORDED = "not recorded"
# What stands before each part, and how a score is said: found here by whoever translates.
PARTS = {
    "attendance": "Attendance", "scores": "Scores", "safety": "Safety", "link": "Mood and people", "focus": "Focus",
    "work": "Work", "next": "Next",
    "talked_about": "We talked about", "week": "The week", "techniques": "What we did", "to_try": "To try",
    "next_time": "We meet again",
}  # fmt: skip
SCORES = {
    "total": "{label} {total}",
    "incomplete": "{label} no complete total",
    "before": "{score} (last {before})",
}

Say = Callable[[str], str]  # a string of ours as the reader's language has it; str leaves it in English


@dataclass(frozen=True)
class ScoreLine:
    """A questionnaire's total, and the one before it; None is incomplete or not done, never nought."""

    label: str
    total: int | None
    before: int | None = None

    def said(self, say: Say = str) -> str:
        """The score as a person would say it."""
        score = say(SCORES["incomplete" if self.total is None else "total"])
        score = score.format(label=self.label, total=self.total)
        return score if self.before is None else say(SCORES["before"]).format(score=score, before=self.before)


@dataclass(frozen=True)
class SessionRecord:
    """What a session's note says, each part in words or empty.

    ``session`` is "Session 5 of 16", or of what kind one was that takes no number.
    """

    session: str
    held_on: str
    attendance: str
    way: str = ""
    scores: Sequence[ScoreLine] = ()
    safety: str = ""
    link: str = ""
    focus: str = ""
    work: str = ""
    next: str = ""


def copy_for_record(record: SessionRecord, say: Say = str) -> str:
    """Write the note as plain text: session n of N, attendance, scores, safety, link, focus, work, next.

    Every line is there; an empty part says "not recorded", so that nobody reads silence as "nothing wrong".
    """
    lines = {
        "attendance": say(attendance.get(record.attendance).label),
        "scores": "; ".join(score.said(say) for score in record.scores),
        "safety": record.safety,
        "link": record.link,
        "focus": record.focus,
        "work": record.work,
        "next": record.next,
    }
    head = ", ".join(part for part in (record.session, record.held_on, record.way) if part)
    return "\n".join((head, *(_line(part, _one_line(text, say), say) for part, text in lines.items())))


@dataclass(frozen=True)
class Done:
    """What a session was about and what comes of it, each as it stands on the shared page."""

    talked_about: Sequence[str] = ()
    week: Sequence[str] = ()
    techniques: Sequence[str] = ()  # in the client's words
    to_try: Sequence[str] = ()
    next_time: str = ""


def summary_from(done: Done, say: Say = str) -> str:
    """Put together a first draft of the summary. It holds nothing that was not done; what is missing is left out."""
    parts = {
        "talked_about": "; ".join(_bare(one) for one in done.talked_about),
        "week": " ".join(_sentence(one) for one in done.week),
        "techniques": "; ".join(done.techniques),
        "to_try": "; ".join(_bare(one) for one in done.to_try),
        "next_time": done.next_time,
    }
    return "\n".join(_line(part, _sentence(text), say) for part, text in parts.items() if text)


def _line(part: str, text: str, say: Say) -> str:
    return f"{say(PARTS[part])}: {text}"


def _bare(text: str) -> str:
    """A line that stands among others: without its full stop."""
    return " ".join(text.split()).removesuffix(".")


def _sentence(text: str) -> str:
    said = " ".join(text.split())
    return said if said.endswith((".", "?", "!", "…", "”")) else f"{said}."


def _one_line(text: str, say: Say) -> str:
    return " ".join(text.split()) or say(NOT_RECORDED)
