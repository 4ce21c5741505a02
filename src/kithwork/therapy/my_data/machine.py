"""The copy for other programs: JSON, described in docs/reference/record.md, the same when it is read again."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from kithwork.foundation.passages.copying import HalfWritten, Revision
from kithwork.foundation.passages.sharing import Sharing
from kithwork.refusal import Refusal
from kithwork.therapy.my_data.record import CopiedCourse, Item, Record, plain

FORMAT, VERSION = "kithwork-record", 1


def write(record: Record) -> str:
    """A record as text."""
    whole = {"format": FORMAT, "version": VERSION, **asdict(record)}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True, default=plain) + "\n"


def read(text: str) -> Record:
    """The record that a text was written from. Raises Refusal for anything else."""
    try:
        whole = json.loads(text)
        if (whole["format"], whole["version"]) != (FORMAT, VERSION):
            raise ValueError
        return _record(whole)
    except (ValueError, KeyError, TypeError):
        raise Refusal(
            "This is not a Kithwork record, or not one of this version.", code="not-a-record"
        ) from None


def _record(given: dict[str, Any]) -> Record:
    kept = {name: given[name] for name in ("whose", "client", "settings")}
    return Record(
        made_at=datetime.fromisoformat(given["made_at"]), words=_revisions(given["words"]),
        courses=tuple(_course(one) for one in given["courses"]), left_out=tuple(given["left_out"]),
        # Older copies do not have it.
        half_written=tuple(
            HalfWritten(**one | {"at": datetime.fromisoformat(one["at"])}) for one in given.get("half_written", ())
        ), **kept,
    )  # fmt: skip


def _course(given: dict[str, Any]) -> CopiedCourse:
    ended, referred = (
        given["ended_at"],
        given.get("referred_on"),
    )  # older copies do not have the day of referral
    return CopiedCourse(
        **given | {
            "opened_at": datetime.fromisoformat(given["opened_at"]),
            "ended_at": datetime.fromisoformat(ended) if ended else None,
            "referred_on": date.fromisoformat(referred) if referred else None,
            "items": tuple(_item(one) for one in given["items"]),
            "trail": tuple(given["trail"]),
        }
    )  # fmt: skip


def _item(given: dict[str, Any]) -> Item:
    return Item(**given | {"at": datetime.fromisoformat(given["at"]), "words": _revisions(given["words"])})


def _revisions(given: list[dict[str, Any]]) -> tuple[Revision, ...]:
    return tuple(
        Revision(**one | {"at": datetime.fromisoformat(one["at"]), "sharing": Sharing(one["sharing"])})
        for one in given
    )
