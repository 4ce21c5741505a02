"""What a page says right after the diary was saved: who sees it, and who to call if things feel too much."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.therapy.diary.queries import Day

UNDO_FORM = "kw-diary-undo"  # the form that the Undo button in a receipt belongs to


def who_sees(day: Day, therapist: str) -> str:
    """Who sees an entry, in a sentence: mood and people, and the words, each for themselves."""
    facts = day.says_facts and day.facts not in KEPT
    words = day.words is not None and not day.words.is_kept
    if not facts and not words:
        later = Sharing.LATER in (day.facts, day.words.sharing if day.words else None)
        return _("Only you see it for now.") if later else _("Only you see it.")
    if facts and (words or day.words is None):
        return _("{therapist} can see it.").format(therapist=therapist)
    return (
        _("{therapist} can see mood and people, not the words.").format(therapist=therapist)
        if facts
        else _("{therapist} can see the words alone.").format(therapist=therapist)
    )


def receipt_note(
    day: Day | None, *, therapist: str, undone: bool = False, closed: bool = False, may_undo: bool = False
) -> SafeString:
    """The rest of the receipt, after "Saved 9:14 pm."; ``closed``: something that was shared is not any more."""
    who = who_sees(day, therapist) if day else _("The entry is taken back.") if undone else ""
    if closed:
        who += _(" {therapist} may have read before what is not shared any more.").format(therapist=therapist)
    undo = format_html(_(' <button class="kw-button--link" form="{}">Undo</button>'), UNDO_FORM)
    rest = undo if day and may_undo else SafeString("")
    return format_html(_('{} If things feel too much: <a href="/help/">who to call</a>.{}'), who, rest)
