"""Who may do what with a sheet, and what is withheld while somebody is feared."""

from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.ipt.safety import withheld_sentence, withholds_speaking_up
from kithwork.ipt.worksheets import Worksheet as Sheet
from kithwork.refusal import Refusal
from kithwork.therapy.focus.worksheets.models import Worksheet
from kithwork.therapy.people.queries import says_she_is_frightened
from kithwork.therapy.safety.queries import concern_stands


@once_a_page
def withholds(audience: Audience) -> bool:
    """Whether speaking up is put aside on this audience's pages. What only staff hold never shows on a client's."""
    worry, said_so = not audience.is_client and concern_stands(audience), says_she_is_frightened(audience)
    return withholds_speaking_up(said_so=said_so, staff_worry=worry, own_page=audience.is_client)


def can_begin(by: Audience, sheet: Sheet) -> bool:
    """Whether a sheet may be begun here: it is one of this side's, and not withheld."""
    if sheet.elsewhere or (sheet.staff_only and by.is_client):
        return False
    return not (sheet.blocked_by_concern and withholds(by))


def check_may_begin(by: Audience, sheet: Sheet) -> None:
    """Refuse a sheet that is withheld, in a sentence that does not tell why."""
    check_open(by)
    if sheet.elsewhere or (sheet.staff_only and by.is_client):
        raise Refusal(
            "That is not one of the sheets.", next_step="Choose one from the list.", code="no-such-sheet"
        )
    if not can_begin(by, sheet):
        raise Refusal(withheld_sentence(own_page=by.is_client), code="withheld")


def check_open(by: Audience) -> None:
    """Refuse to write once the course has ended."""
    if not by.may_write:
        raise Refusal("This course has ended. What you wrote stays here to read.", code="course-ended")


def readers(by: Audience, sheet: Sheet, sharing: Sharing) -> Sharing:
    """Who a sheet is for: at the table both, the therapist's own nobody else, and hers as she chose."""
    if sheet.staff_only:
        return Sharing.THERAPIST
    if not by.is_client:
        return Sharing.SHARED
    if sharing not in KEPT | {Sharing.SHARED}:
        raise Refusal("Choose who this is for.", code="state-not-open")
    return sharing


def can_remove(by: Audience, row: Worksheet) -> bool:
    """The client may take away anything of hers; at the table only what was begun there."""
    return by.may_write and (by.is_client or row.side == "staff")
