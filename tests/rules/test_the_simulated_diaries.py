"""The page of the simulated diaries says the numbers that they are made of."""

from kithwork.cycle.parameters import DAILY, described
from kithwork.cycle.service import SERVICE
from tests import simulated_diaries


def test_the_page_is_as_the_numbers_are():
    assert simulated_diaries.PAGE.read_text(encoding="utf-8") == simulated_diaries.page(), (
        "renew it: ./kithwork simulated"
    )


def test_every_number_stands_in_it_with_who_says_so():
    page = simulated_diaries.PAGE.read_text(encoding="utf-8")

    numbers = [one for params in (DAILY, SERVICE) for one in described(params)]
    lines = [f"| {one.means} (`{one.name}`) | {one.value:g} | {one.source} |" for one in numbers]
    assert (len(numbers) > 60, [line for line in lines if line not in page]) == (True, [])
