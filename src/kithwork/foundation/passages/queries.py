"""Reading what was written: always for an audience, two queries a page, and the only caller of the vault's opening."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from django.db.models import F, Q, QuerySet

from kithwork.foundation.once import is_reading, once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.many import asked_of_many
from kithwork.foundation.passages.models import Passage
from kithwork.foundation.passages.sharing import KEPT, Field, Sharing
from kithwork.foundation.rather_not import RatherNot
from kithwork.foundation.standing import Question, Row
from kithwork.foundation.vault import sealing

ERASED = "erased"


class Record(Protocol):
    """Anything with an id whose fields hold words."""

    @property
    def id(self) -> str: ...

    @property
    def words(self) -> Mapping[str, Field]: ...


class Words(NamedTuple):
    """One field as one audience sees it.

    ``base`` names the revisions that were shown; it goes into the form and comes back with the save.
    ``also`` holds what else stands: only an owner who keeps a newer piece to herself ever has any.
    """

    record: str
    field: str
    text: str
    sharing: Sharing
    side: str
    together_in: int | None
    at: datetime
    base: str
    also: tuple["Words", ...] = ()

    @property
    def is_kept(self) -> bool:
        return self.sharing in KEPT

    @property
    def refused(self) -> bool:
        """Whether this is a choice not to say."""
        return isinstance(self.text, RatherNot)


class Piece(NamedTuple):
    """One revision, still sealed: columns, since a page reads a hundred."""

    id: str
    client: str
    course: str
    record: str
    kind: str
    field: str
    sharing: str
    side: str
    together_in: int | None
    sealed: bytes
    refused: bool
    number: int
    at: datetime


Key = tuple[str, str]
Revision = Passage | Piece


def read_many(audiences: Iterable[Audience], records: Iterable[Record]) -> dict[Key, Words]:
    """What these audiences may see of these records' fields; newest first where two stand."""
    by_client = {audience.client: audience for audience in audiences}
    ids = dict.fromkeys(record.id for record in records)
    if not ids:
        return {}
    if is_reading() and len(by_client) == 1:
        page = _page_of(*by_client.values())
        return {key: words for record in ids for key, words in page.words_of(record).items()}
    seen = [row for row in _of_records(ids, by_client) if row.sharing in by_client[row.client].sees]
    sealing.load_keys({row.client for row in seen})
    return _by_field(seen, by_client)


def _by_field(rows: Iterable[Revision], audiences: Mapping[str, Audience]) -> dict[Key, Words]:
    """Rows that may be seen, newest first, as what they say; ``audiences`` by client."""
    heads: dict[Key, list[Revision]] = defaultdict(list)
    for row in rows:
        heads[row.record, row.field].append(row)
    return {key: _words(found, audiences[found[0].client]) for key, found in heads.items()}


def _of_records(ids: Iterable[str], clients: Iterable[str]) -> list[Passage]:
    rows = Passage.objects.filter(live=True, record__in=ids, client__in=clients)
    return list(rows.order_by("-at", "-number"))


@once_a_page
def _seen_by(audience: Audience) -> list[Piece]:
    """All that this audience may see of its client, still sealed: a page asks for pieces of it a dozen times."""
    rows = _live_in(len(audience.states)).ask([audience.client, *audience.states])
    return sorted(map(Piece._make, rows), key=attrgetter("at", "number"), reverse=True)


class _Page:
    """What one audience sees of its client while a page is read: opened where it is asked for, and once."""

    def __init__(self, audience: Audience) -> None:
        self._audiences = {audience.client: audience}
        self._rows: dict[str, list[Piece]] = defaultdict(list)
        self._words: dict[str, dict[Key, Words]] = {}
        for row in _seen_by(audience):
            self._rows[row.record].append(row)
        if self._rows:
            sealing.load_keys([audience.client])

    def words_of(self, record: str) -> dict[Key, Words]:
        """One record's fields."""
        if record not in self._words:
            self._words[record] = _by_field(self._rows.get(record, ()), self._audiences)
        return self._words[record]


@once_a_page
def _page_of(audience: Audience) -> _Page:
    return _Page(audience)


@cache
def _live_in(states: int) -> Question:
    examples = [str(state) for state in range(states)]
    rows = Passage.objects.filter(client="", live=True, sharing__in=examples)
    return Question(rows.values_list(*Piece._fields))


def said_of_clients(audiences: Sequence[Audience], field: str) -> dict[str, str]:
    """One field of each client's own record, such as the name, by client; nothing where none may be seen."""
    by_client = {audience.client: audience for audience in audiences}
    newest = {row.client: row for row in map(Piece._make, _of_clients(field)(audiences))}
    sealing.load_keys(newest)
    return {client: said(row, by_client[client]) for client, row in newest.items()}


@cache
def _of_clients(field: str) -> Callable[[Sequence[Audience]], list[Row]]:
    """What stands there, oldest first."""

    @asked_of_many
    def rows(audiences: list[Audience]) -> QuerySet[Any, Any]:
        seen = Q(pk__in=[])
        for sees in {audience.sees for audience in audiences}:
            clients = [audience.client for audience in audiences if audience.sees == sees]
            seen |= Q(record__in=clients, client__in=clients, sharing__in=sees)
        found = Passage.objects.filter(seen, client=F("record"), live=True, field=field)
        return found.order_by("at", "number").values_list(*Piece._fields)

    return rows


def read(audience: Audience, record: Record) -> dict[str, Words]:
    """One record's fields as one audience sees them."""
    return {field: words for (_, field), words in read_many([audience], [record]).items()}


def history(audience: Audience, record: Record, field: str) -> list[Words]:
    """Every revision of one field that this audience may see. History is its owner's."""
    rows = Passage.objects.filter(client=audience.client, record=record.id, field=field).order_by(
        "-at", "-number"
    )
    seen = [row for row in rows if row.sharing in audience.sees and _owns(audience, row)]
    return [_words([row], audience) for row in seen]


def heads(audience: Audience, record: str, field: str) -> list[Passage]:
    """The live revisions that this audience may see, newest first."""
    rows = Passage.objects.filter(live=True, client=audience.client, record=record, field=field)
    return [row for row in rows.order_by("-at", "-number") if row.sharing in audience.sees]


def shown_as(audience: Audience, record: str, field: str, base: str) -> str | None:
    """The text that a form showed under this base, where this audience could see it."""
    rows = Passage.objects.filter(client=audience.client, record=record, field=field, pk__in=base.split("."))
    seen = [row for row in rows.order_by("-at", "-number") if row.sharing in audience.sees]
    return said(seen[0], audience) if seen else None


def base_of(rows: Iterable[Revision]) -> str:
    """The opaque name of what was shown."""
    return ".".join(sorted([row.id for row in rows]))


def live_pieces(audience: Audience, records: Iterable[str]) -> list[str]:
    """Which revisions this audience would see of these records: names only, nothing is opened."""
    rows = Passage.objects.filter(live=True, client=audience.client, record__in=records)
    return list(rows.filter(sharing__in=audience.sees).order_by("pk").values_list("pk", flat=True))


def written_since(audience: Audience, moment: datetime) -> list[Piece]:
    """What this audience may see and was written, or first shared, since a moment; still sealed."""
    return [row for row in _seen_by(audience) if row.course == audience.course and row.at > moment]


def waiting_in(audience: Audience) -> list[Piece]:
    """What the client left at *decide later*, still sealed; nothing for anybody else."""
    rows = _seen_by(audience) if audience.is_client else []
    return [row for row in rows if row.course == audience.course and row.sharing == Sharing.LATER]


def opened(row: Revision) -> str:
    """The text of one revision, or "erased" when its key is gone."""
    try:
        plain = sealing.open_sealed(row.client, bytes(row.sealed), bound_to=binding(row))
    except sealing.Erased:
        return ERASED
    return plain.decode()


def binding(row: Revision) -> bytes:
    """What ties a sealed body to its place: client, record, field and revision."""
    return "|".join([row.client, row.record, row.field, row.id]).encode()


def _owns(audience: Audience, row: Passage) -> bool:
    return audience.is_client or row.side == audience.side


def said(row: Revision, audience: Audience) -> str:
    """The text of one revision as one audience reads it: a refusal reads as what it is."""
    text = opened(row)
    if not row.refused or text == ERASED:
        return text
    return RatherNot(told=row.sharing not in KEPT, own=audience.is_client)


def _words(rows: Sequence[Revision], audience: Audience) -> Words:
    head, *others = rows
    return Words(
        record=head.record, field=head.field, text=said(head, audience), sharing=Sharing(head.sharing),
        side=head.side, together_in=head.together_in, at=head.at, base=base_of(rows),
        also=tuple([_words([row], audience) for row in others]),
    )  # fmt: skip
