"""Days with a year and without."""

import pytest

from kithwork.ipt.timeline import UnclearDate
from kithwork.therapy.focus.models import GriefDate
from kithwork.therapy.focus.rough import read_day, show_day


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("12 March", "12 March, each year"),
        ("29 February", "29 February, each year"),
        ("December", "December"),
        ("12 March 2023", "12 March 2023"),
        ("spring 2022", "spring 2022"),
        ("2020", "2020"),
        ("", ""),
    ],
)
def test_a_day_is_shown_as_it_was_written(written, shown):
    assert show_day(GriefDate(**read_day(written))) == shown


@pytest.mark.parametrize("written", ["31 June", "when the leaves fall"])
def test_what_cannot_be_a_day_is_refused(written):
    with pytest.raises(UnclearDate):
        read_day(written)
