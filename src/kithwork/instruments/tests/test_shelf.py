"""What stands on the shelf, whose it is, and that nobody has touched its wording."""

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kithwork.instruments import Instrument, Rights, all_instruments, get
from kithwork.instruments.check_digits import is_loinc, is_snomed
from kithwork.instruments.reading import read_instrument

SOURCES = Path(__file__).parents[3]
DIGESTS = json.loads(Path(__file__).with_name("wording_digests.json").read_text(encoding="utf-8"))
WITH_TEXT = [instrument for instrument in all_instruments() if not instrument.score_entry_only]
BY_SCORE = [instrument for instrument in all_instruments() if instrument.score_entry_only]


def wording(instrument: Instrument) -> list[object]:
    """Everything of a questionnaire that a person reads, in order."""
    return [
        instrument.title,
        instrument.attribution,
        instrument.recall_period,
        instrument.stem,
        instrument.instructions,
        [[option.value, option.label] for option in instrument.options],
        [[item.text, [[option.value, option.label] for option in item.options]] for item in instrument.items],
        [
            [extra.text, [[option.value, option.label] for option in extra.options]]
            for extra in instrument.extra_items
        ],
    ]


def digest(instrument: Instrument) -> str:
    return hashlib.sha256(json.dumps(wording(instrument), ensure_ascii=False).encode()).hexdigest()


def test_the_shelf() -> None:
    assert [instrument.id for instrument in all_instruments() if instrument.enabled] == [
        *["phq9", "phq2", "gad7", "gad2", "mspss", "ucla3", "k10", "k6", "cesd", "cesdr", "pcl5"],
        *["wsas", "epds", "phqa", "smfq", "mfq", "djg6", "lsns6", "bgq", "pg13r", "icg", "qids16", "dass21"],
        *["reqol10", "cssrs_screen", "wai_sr", "ecr_rs", "hits"],
    ]
    assert [i.id for i in all_instruments() if i.pack] == ["who5", "core10", "auditc"]
    assert [i.id for i in all_instruments() if i.needs_licence] == ["srs", "ors", "eq5d5l", "sas_sr", "iip32"]
    assert (len(WITH_TEXT), len(BY_SCORE)) == (14, 22)


def test_wording_is_kept_byte_for_byte() -> None:
    assert {instrument.id: digest(instrument) for instrument in WITH_TEXT} == DIGESTS


@pytest.mark.parametrize("instrument", BY_SCORE, ids=lambda i: i.id)
def test_score_entry_carries_no_wording(instrument: Instrument) -> None:
    assert (instrument.stem, instrument.instructions, instrument.extra_items) == ("", "", ())
    assert {item.text for item in instrument.items} <= {""}


@pytest.mark.parametrize("instrument", all_instruments(), ids=lambda i: i.id)
def test_items_count_from_one_and_have_options(instrument: Instrument) -> None:
    assert [item.n for item in instrument.items] == list(range(1, len(instrument.items) + 1))
    assert [item.id for item in instrument.items] == [f"q{item.n}" for item in instrument.items]
    assert all(len(item.options) > 1 for item in instrument.items)
    assert {rule.item for rule in instrument.risk_rules} == {item.n for item in instrument.items if item.risk}
    assert instrument.rule_version.startswith(instrument.id)


def test_options_keep_the_printed_order() -> None:
    assert [option.value for option in get("who5").options] == [5, 4, 3, 2, 1, 0]
    assert get("auditc").options == ()
    assert [option.label for option in get("auditc").items[0].options][:2] == ["Never", "Monthly or less"]


def test_what_callers_ask_of_an_instrument() -> None:
    phq9 = get("phq9")
    assert phq9.reliable_change is not None

    assert (phq9.recall_period, phq9.higher_is, phq9.reliable_change.threshold) == (
        "last 2 weeks",
        "worse",
        6,
    )
    assert [item.n for item in phq9.items if item.risk] == [9]
    assert phq9.attribution.startswith("Developed by Drs Robert L. Spitzer")
    assert phq9.band_for(20) == phq9.bands[-1]
    assert get("dass21").band_for(3) is None


@pytest.mark.parametrize("part", ["licence", "summary", "attribution", "source"])
def test_rights_cannot_be_left_empty(part: str) -> None:
    with pytest.raises(ValueError, match="Rights need"):
        replace(get("phq9").rights, **{part: " "})


def test_an_instrument_without_rights_or_source_cannot_be_made() -> None:
    phq9 = get("phq9")
    nobody: Any = None

    with pytest.raises(ValueError, match="rights"):
        replace(phq9, rights=nobody)
    with pytest.raises(ValueError, match="source"):
        replace(phq9, wording_sources=())
    with pytest.raises(TypeError):
        Instrument(id="x", title="X")  # type: ignore[call-arg]
    assert isinstance(phq9.rights, Rights)


@pytest.mark.parametrize("name", ["who5", "core10", "auditc"])
def test_a_pack_carries_its_own_licence(name: str) -> None:
    licence = files("kithwork.instruments").joinpath("packs", name, "LICENCE").read_text(encoding="utf-8")

    assert "not under the licence of the rest of Kithwork" in licence
    assert get(name).enabled is False


@pytest.mark.parametrize(
    "code", ["44249-1", "44261-6", "69722-7", "LA6568-5", "LA18926-8", "LL358-3", "LA33-6"]
)
def test_right_loinc_check_digits(code: str) -> None:
    assert is_loinc(code)


@pytest.mark.parametrize(
    "code", ["44249-2", "44294-1", "LA6568-6", "44249", "44249-", "-1", "4424x-1", "44249-11"]
)
def test_wrong_loinc_check_digits(code: str) -> None:
    assert not is_loinc(code)


@pytest.mark.parametrize("code", ["720433000", "506701000000100", "443730003", "445455005", "304891004"])
def test_right_snomed_check_digits(code: str) -> None:
    assert is_snomed(code)


@pytest.mark.parametrize(
    "code", ["720433001", "724033000", "020433000", "12345", "", "72043300x", "²20433000"]
)
def test_wrong_snomed_check_digits(code: str) -> None:
    assert not is_snomed(code)


@pytest.mark.parametrize(
    ("group", "name", "code"), [("loinc", "total", "44261-7"), ("snomed_uk", "score", "720433001")]
)
def test_a_mistyped_code_stops_the_loader(group: str, name: str, code: str) -> None:
    entry = raw("phq9")
    entry["codes"][group][name] = code

    with pytest.raises(ValueError, match="check digit"):
        read_instrument(entry)


def test_a_mistyped_item_code_stops_the_loader() -> None:
    entry = raw("phq9")
    entry["items"][0]["loinc"] = "44250-8"

    with pytest.raises(ValueError, match="check digit"):
        read_instrument(entry)


def raw(instrument_id: str) -> dict[str, Any]:
    text = files("kithwork.instruments").joinpath("data", "core.json").read_text(encoding="utf-8")
    found: dict[str, Any] = next(e for e in json.loads(text)["instruments"] if e["id"] == instrument_id)
    return found


def test_scoring_works_in_a_bare_interpreter() -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(SOURCES)!r})\n"
        "from kithwork.instruments import all_instruments, get, score\n"
        "print(score('phq9', [1] * 9).total, len(all_instruments()))\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('numpy', 'django', 'scipy')))\n"
    )

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "9 36\n[]\n"
