"""What other rooms ask about a course."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Key, Words, read, read_many, said_of_clients
from kithwork.foundation.standing import Standing
from kithwork.foundation.ui.arc import Arc
from kithwork.foundation.ui.dates import say_date, say_time
from kithwork.ipt import contract as rules
from kithwork.ipt import signing
from kithwork.ipt.countdown import Countdown, countdown
from kithwork.ipt.protocol import Phase
from kithwork.therapy.course.access import Opened, carers_of, courses_of_client
from kithwork.therapy.course.models import Client, Contract, Course, Signature

_ACCOUNTS = Standing(Account, Q(pk=""))


def names_of(opened: Iterable[Opened]) -> dict[str, str]:
    """Each client's name, by client id, in two queries for any number of them."""
    audiences = [one.audience for one in opened]
    names = said_of_clients(audiences, "name")
    return {one.client: names.get(one.client) or _("Client") for one in audiences}


def client_of_course(course: str) -> str:
    """Whose course this is, or nothing where there is none."""
    return Course.objects.filter(pk=course).values_list("client_id", flat=True).first() or ""


@once_a_page
def therapist_of(course: Course, *, now: datetime) -> Account | None:
    """Whoever carries the course now: the named reviewer of what comes in."""
    carers = carers_of(course.id, now=now)
    return next(iter(_ACCOUNTS.ask(carers[:1])), None) if carers else None


def therapist_name(course: Course, *, now: datetime) -> str:
    """The therapist's first name, as it stands in sentences."""
    account = therapist_of(course, now=now)
    return account.name.split(" ")[0] if account and account.name else _("your therapist")


def readable_until(course: Course) -> datetime | None:
    """Until when the client can read a course that has ended: a number of months that the clinic sets."""
    if not course.is_over or course.ended_at is None:
        return None
    months = course.ended_at.month - 1 + course.clinic.readable_months_after_end
    year, month = course.ended_at.year + months // 12, months % 12 + 1
    day = min(course.ended_at.day, monthrange(year, month)[1])
    return course.ended_at.replace(year=year, month=month, day=day)


def language_of(client: str) -> str:
    """The language in which a client is spoken to, on pages and in letters."""
    return Client.objects.filter(pk=client).values_list("language", flat=True).first() or ""


def own_course(client: str) -> Course | None:
    """A client's present course, for what frames the pages that belong to none."""
    return courses_of_client(client).select_related("client").first()


@dataclass(frozen=True)
class Agreed:
    """How many sessions the two go by; ``to_be_agreed`` until a contract has both signatures."""

    sessions: int | None
    to_be_agreed: bool
    contract: Contract | None = None


@once_a_page
def agreed_sessions(audience: Audience, course: Course) -> Agreed:
    """The last signed number; before the first signing the offered one. An unsigned change moves nothing."""
    rows = contracts(audience)
    signed = signatures(audience, "contract") if rows else []
    dealt = [as_rule(row, signed) for row in rows]
    holding = rules.in_force(dealt)
    agreed = rules.agreed_by(holding, course.offered)
    contract = next((row for row in rows if holding and row.id == holding.id), None)
    return Agreed(agreed.number, to_be_agreed=agreed.to_be_agreed, contract=contract)


def phase_now(audience: Audience, course: Course) -> Phase:
    """Where in its protocol the course stands, by the session that comes next."""
    return course.form.phase_of(course.current_session, agreed_sessions(audience, course).sessions)


def contracts(audience: Audience) -> list[Contract]:
    """Every contract that was ever offered, oldest first."""
    return Contract.seen.all_of(audience)


def find_contract(audience: Audience, contract: str) -> Contract | None:
    """One contract, if this audience may see it."""
    return Contract.seen.visible_to(audience).filter(pk=contract).first()


def signatures(audience: Audience, what: str) -> list[Signature]:
    """Every signature under one kind of agreement, oldest first."""
    return [row for row in Signature.seen.all_of(audience) if row.what == what]


def as_rule(row: Contract, signed: Iterable[Signature]) -> rules.Contract:
    """A contract as the method knows it, with the signatures that name it."""
    own = tuple(as_signed(one) for one in signed if one.version == row.id)
    return rules.Contract(row.id, row.sessions, row.created_at.date(), row.reason, own)


def as_signed(row: Signature) -> signing.Signature:
    """A signature as the method knows it. Beside what staff entered stands their name as it was then."""
    entered_by = (row.name or _("the clinic")) if row.entered_by else ""
    return signing.Signature(
        signing.Signer(row.party), row.version, row.created_at, signing.Manner(row.how), entered_by=entered_by
    )


@dataclass(frozen=True)
class ShownSignature:
    """One signature as it stands on a page: "Maya, 11 March", and how, where it was not signed in."""

    party: str
    name: str
    at: datetime
    how: str


def shown_signatures(audience: Audience, signed: Iterable[Signature]) -> dict[str, list[ShownSignature]]:
    """Signatures by the version that they name, the client's first, each with its signer's first name."""
    shown: dict[str, list[ShownSignature]] = defaultdict(list)
    client_first = sorted(signed, key=lambda one: one.party != signing.Signer.CLIENT)
    client = client_name(audience) if client_first and client_first[0].party == signing.Signer.CLIENT else ""
    for one in client_first:
        name = client if one.party == signing.Signer.CLIENT else one.name or _("Therapist")
        shown[one.version].append(ShownSignature(one.party, name.split(" ")[0], one.created_at, _how(one)))
    return shown


def _how(row: Signature) -> str:
    """ "on paper, entered by Joan Hale"; nothing for the usual way."""
    if row.how == signing.Manner.SIGNED_IN:
        return ""
    label = as_signed(row).label
    return label[0].lower() + label[1:]


def client_name(audience: Audience) -> str:
    """The client's name as this audience knows it."""
    words = read(audience, Client(pk=audience.client)).get("name")
    return words.text if words and words.text else _("Client")


@dataclass(frozen=True)
class Said:
    """One thing that a contract says: what it is about, and what was agreed of it."""

    label: str
    text: str


@dataclass(frozen=True)
class ShownContract:
    """One contract as a page shows it."""

    id: str
    sessions: int | None
    minutes: int | None
    rhythm: str
    ends_on: date | None
    reason: str
    why: str
    terms: dict[str, Said]
    at: datetime
    by_client: bool
    signatures: list[ShownSignature]
    waiting_for: tuple[str, ...]

    @property
    def facts(self) -> list[Said]:
        """Number, length, rhythm and end, as far as they were said."""
        ends = say_date(self.ends_on, "j F Y") if self.ends_on else ""
        minutes = _("%(minutes)d minutes") % {"minutes": self.minutes} if self.minutes else ""
        said = [
            Said(_("Sessions"), str(self.sessions) if self.sessions else _("No fixed number")),
            Said(_("Each one"), minutes),
            Said(_("How often"), self.rhythm),
            Said(_("Expected end"), ends),
        ]
        return [one for one in said if one.text]

    @property
    def reason_lines(self) -> list[str]:
        """Why it was made: from the list, and in their words."""
        return [line for line in (self.reason, self.why) if line]

    @property
    def says(self) -> list[Said]:
        """Everything that it says, in reading order."""
        return [*self.facts, *self.terms.values(), Said(_("Why"), "\n".join(self.reason_lines))]

    @property
    def in_words(self) -> str:
        """The whole as plain text, for somebody who wrote another one at the same time."""
        return "\n".join(f"{one.label}: {one.text}" for one in self.says)


@dataclass(frozen=True)
class ContractStanding:
    """What holds, what waits for a signature, and what went before."""

    agreed: Agreed
    in_force: ShownContract | None
    proposed: ShownContract | None
    earlier: list[ShownContract]
    newest: str = ""  # the id of the one that was written down last, whatever became of it

    @property
    def more(self) -> int:
        """By how many sessions the proposal would lengthen the course; below nought where it would shorten it."""
        if self.proposed is None or self.proposed.sessions is None or self.agreed.sessions is None:
            return 0
        return self.proposed.sessions - self.agreed.sessions

    @property
    def fewer(self) -> int:
        return -self.more


def contract_standing(audience: Audience, course: Course) -> ContractStanding:
    """The contract that holds, the newest where it still waits, and all the others, newest first."""
    agreed = agreed_sessions(audience, course)
    shown = shown_contracts(audience)
    in_force = next((one for one in shown if agreed.contract and one.id == agreed.contract.id), None)
    newest = shown[-1] if shown else None
    # After the end nobody signs any more: what still waited was not taken up.
    waits = newest is not None and newest is not in_force and bool(newest.waiting_for) and not course.is_over
    proposed = newest if waits else None
    earlier = [one for one in reversed(shown) if one is not in_force and one is not proposed]
    return ContractStanding(agreed, in_force, proposed, earlier, newest.id if newest else "")


def waits_for_client(audience: Audience) -> Contract | None:
    """The newest contract, where it is the client's turn: nobody but her has yet to sign, or it was proposed to her."""
    newest = next(reversed(contracts(audience)), None)
    if newest is None:
        return None
    waiting = rules.waiting_for(as_rule(newest, signatures(audience, "contract")))
    own = newest.side == "client" and signing.Signer.THERAPIST in waiting
    return newest if signing.Signer.CLIENT in waiting and not own else None


@once_a_page
def shown_contracts(audience: Audience) -> list[ShownContract]:
    """Every contract that was ever offered, oldest first, with what it says and who signed it."""
    rows = contracts(audience)
    signed = signatures(audience, "contract")
    words, names = read_many([audience], rows), shown_signatures(audience, signed)
    return [_shown_contract(row, words, names, signed) for row in rows]


def newest_contract(audience: Audience) -> ShownContract | None:
    """The one that was written down last, whatever became of it."""
    return next(reversed(shown_contracts(audience)), None)


def _shown_contract(
    row: Contract, words: dict[Key, Words], names: dict[str, list[ShownSignature]], signed: list[Signature]
) -> ShownContract:
    texts = {field: words[row.id, field].text for field in row.words if (row.id, field) in words}
    terms = {term.key: Said(_(term.label), texts[term.key]) for term in rules.terms if texts.get(term.key)}
    return ShownContract(
        id=row.id, sessions=row.sessions, minutes=row.minutes,
        rhythm=_(rules.rhythms.get(row.rhythm).label) if row.rhythm else "", ends_on=row.ends_on,
        reason=_(rules.reasons.get(row.reason).label), why=texts.get("why", ""), terms=terms, at=row.created_at,
        by_client=row.side == "client", signatures=names.get(row.id, []),
        waiting_for=rules.waiting_for(as_rule(row, signed)),
    )  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """One thing that two contracts say, or that only one of them says."""

    label: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


def compared(older: ShownContract, newer: ShownContract) -> list[Compared]:
    """Two contracts side by side: number, length, rhythm, end and reason first, then what was agreed in words."""
    before, after = ({one.label: one.text for one in each.says} for each in (older, newer))
    in_words = [_(term.label) for term in rules.terms]
    labels = [*(label for label in {**before, **after} if label not in in_words), *in_words]
    pairs = [Compared(label, before.get(label, ""), after.get(label, "")) for label in labels]
    return [pair for pair in pairs if pair.before or pair.after]


@once_a_page
def countdown_of(course: Course, audience: Audience) -> Countdown | None:
    """How near the end is, once the protocol would speak of it; None before, and after the course has ended."""
    if course.is_over:
        return None
    agreed = agreed_sessions(audience, course)
    number = rules.Agreed(agreed.sessions, to_be_agreed=agreed.to_be_agreed)
    return countdown(course.current_session, number, course.form)


@once_a_page
def arc_of(course: Course, audience: Audience) -> Arc:
    """ "Session n of N", for the head of every page of the course."""
    agreed = agreed_sessions(audience, course)
    total = agreed.sessions
    none_left = course.is_over or all_held(course, total, to_be_agreed=agreed.to_be_agreed)
    current = None if none_left else course.current_session
    return Arc(
        current=current, total=total, groups=_groups(course, total), done=course.held,
        label=where_it_stands(course, total, to_be_agreed=agreed.to_be_agreed),
        when=said_when(course, course.next_at, audience.now),
    )  # fmt: skip


def where_it_stands(course: Course, number: int | None, *, to_be_agreed: bool) -> str:
    """ "Session 5 of 16"; once all of them were held, that; after the end, how far it came."""
    if course.is_over:
        return ngettext("Ended after %(n)d session", "Ended after %(n)d sessions", course.held) % {
            "n": course.held
        }
    if number is not None and all_held(course, number, to_be_agreed=to_be_agreed):
        return ngettext("The %(n)d session held", "All %(n)d sessions held", number) % {"n": number}
    return session_of(course.current_session, number, to_be_agreed=to_be_agreed)


def all_held(course: Course, number: int | None, *, to_be_agreed: bool) -> bool:
    """Whether the two have met as often as they signed, and are not meeting now: no session is left to count."""
    if number is None or to_be_agreed or course.open_session is not None:
        return False
    return course.held >= number


def session_of(n: int, number: int | None, *, to_be_agreed: bool) -> str:
    """ "Session 5 of 16", in the reader's language."""
    said = {"n": n, "number": number}
    if number is None or n > number:
        return _("Session %(n)s") % said  # one beyond the number is not one of it
    words = (
        _("Session %(n)s of %(number)s (to be agreed)") if to_be_agreed else _("Session %(n)s of %(number)s")
    )
    return words % said


def _groups(course: Course, total: int | None) -> tuple[int, ...]:
    if total is None:
        return ()
    return tuple(course.form.arc(total) or ())


def said_when(course: Course, at: datetime | None, now: datetime) -> str:
    """ "today 2:00 pm", "in 3 days": how far off a session is where the client lives. Empty for what is past."""
    if at is None:
        return ""
    zone = ZoneInfo(course.client.time_zone)
    days = (at.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days == 0:
        return _("today {time}").format(time=say_time(at.astimezone(zone)))
    if days < 0:
        return ""
    return _("tomorrow") if days == 1 else _("in {days} days").format(days=days)
