"""The diary's days for the rooms below it: as examples to attach, and as what a sheet begins with."""

from collections.abc import Iterator, Mapping

from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.ui.dates import say_date
from kithwork.foundation.ui.tide import mood_words
from kithwork.therapy.diary.queries import Day, day, days, find
from kithwork.therapy.focus.worksheets.slots import Moment

LONGEST = 60  # of the words, in a list to choose from


class DaysInWords(Mapping[str, str]):
    """The newest days to choose from, in words. One that was attached before has its words however old it is."""

    def __init__(self, audience: Audience) -> None:
        self.audience = audience
        self.newest = _in_words(days(audience))

    @cached_property
    def all(self) -> dict[str, str]:
        """Read only when somebody asks for a day that is not among the newest; then all of them at once."""
        return _in_words(days(self.audience, most=None))

    def __getitem__(self, entry: str) -> str:
        return self.newest[entry] if entry in self.newest else self.all[entry]

    def __iter__(self) -> Iterator[str]:
        return iter(self.newest)

    def __len__(self) -> int:
        return len(self.newest)


@once_a_page
def days_in_words(audience: Audience) -> DaysInWords:
    """Each day that says something to this audience, by the entry's id: "2 March: Rang Priya"."""
    return DaysInWords(audience)


def _in_words(found: list[Day]) -> dict[str, str]:
    told = {day.id: (day, _said(day)) for day in found}
    return {entry: f"{say_date(day.on, 'j F')}: {said}" for entry, (day, said) in told.items() if said}


def _said(day: Day) -> str:
    if day.words and day.words.text:
        return Truncator(" ".join(day.words.text.split())).chars(LONGEST)
    return _("mood {lower}").format(lower=mood_words(day.mood).lower()) if day.mood else ""


def moment(audience: Audience, entry: str) -> Moment | None:
    """One entry for a sheet that begins with it: its day, who was in it and its words, as far as they are seen."""
    row, seen = find(audience, entry), day(audience, entry)
    if row is None or seen is None:
        return None
    people = tuple(row.people) if seen.facts else ()
    return Moment(on=row.on, people=people, words=seen.words.text if seen.words else "")
