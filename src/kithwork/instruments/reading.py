"""Turn the data files into questionnaires, and stop at the first thing that does not add up."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias

from kithwork.instruments.check_digits import is_loinc, is_snomed
from kithwork.instruments.instrument import (
    Band,
    ExtraItem,
    Instrument,
    Item,
    Number,
    Option,
    Prorating,
    ReliableChange,
    Rights,
    RiskRule,
    Scoring,
    Subscale,
)

Entry: TypeAlias = Mapping[str, Any]


def read_instrument(entry: Entry, *, pack: bool = False, score_entry_only: bool = False) -> Instrument:
    """Build one questionnaire from its entry in a data file. Refuses mistyped codes and missing rights."""
    risk_rules = tuple(RiskRule(rule["item"], rule["flag_if_min"]) for rule in entry["risk_rules"])
    needs_licence = bool(entry.get("needs_licence", False))
    return Instrument(
        id=entry["id"],
        title=entry["title"],
        short_title=entry["short_title"],
        language=entry["language"],
        rule_version=entry["rule_version"],
        rights=_rights(entry["licence"]),
        scoring=_scoring(entry["scoring"]),
        items=_items(entry, {rule.item for rule in risk_rules}),
        options=_options(entry.get("options")),
        extra_items=tuple(_extra_item(extra) for extra in entry.get("extra_items", ())),
        stem=entry.get("stem", ""),
        instructions=entry.get("instructions", ""),
        recall_period=entry["recall_period"],
        subscales=_subscales(entry["scoring"].get("subscales", {})),
        bands=_bands(entry["bands"]),
        bands_of_sum=_bands(entry.get("bands_sum", ())),
        cutoffs=MappingProxyType(dict(entry["cutoffs"])),
        caseness_cut=entry["cutoffs"].get("nhs_caseness"),
        risk_rules=risk_rules,
        risk_unknown=bool(entry.get("risk_unknown", False)),
        prorating=_prorating(entry["missing"].get("optional_prorate")),
        missing_note=entry["missing"].get("note", ""),
        reliable_change=_reliable_change(entry.get("reliable_change")),
        loinc=_codes(entry["codes"]["loinc"], loinc=True),
        snomed=_codes(entry["codes"]["snomed_uk"], loinc=False),
        wording_sources=tuple(entry["wording_sources"]),
        traps=tuple(entry["traps"]),
        pack=pack,
        score_entry_only=score_entry_only,
        needs_licence=needs_licence,
        enabled=not (pack or needs_licence),
        no_text_because=entry.get("no_text_because", ""),
    )


def _rights(licence: Entry) -> Rights:
    return Rights(
        licence=licence["class"],
        summary=licence["summary"],
        attribution=licence["attribution"],
        source=licence["source"],
        confidence=licence.get("confidence", ""),
    )


def _scoring(scoring: Entry) -> Scoring:
    return Scoring(
        total=scoring["total"],
        minimum=scoring.get("min"),
        maximum=scoring.get("max"),
        higher_is=scoring["higher_is"],
        multiplier=scoring.get("multiplier", 1),
        groups=tuple(tuple(group) for group in scoring.get("groups", ())),
        note=scoring.get("note", ""),
    )


def _items(entry: Entry, risky: set[int]) -> tuple[Item, ...]:
    if "items" in entry:
        return tuple(_item(item, entry, item["n"] in risky) for item in entry["items"])
    loinc = entry.get("item_loinc", [None] * entry["items_count"])
    numbered = ({"n": n, "id": f"q{n}", "text": "", "loinc": code} for n, code in enumerate(loinc, 1))
    return tuple(_item(item, entry, item["n"] in risky) for item in numbered)


def _item(item: Entry, entry: Entry, risk: bool) -> Item:
    plain = _options(item.get("options") or entry.get("options") or _range(entry))
    return Item(
        n=item["n"],
        id=item["id"],
        text=item["text"],
        options=tuple(_counted(option, plain, item["n"], entry["scoring"]) for option in plain),
        risk=risk,
        reverse=item["n"] in entry["scoring"].get("reversed_items", ()),
        loinc=_loinc(item.get("loinc")),
    )


def _range(entry: Entry) -> list[Entry]:
    """Spell out a span such as 0 to 8 as one nameless option a step."""
    low, high = entry["item_range"]
    step = Decimal(entry["item_step"]) if "item_step" in entry else 1
    return [{"value": low + n * step, "label": ""} for n in range(int((high - low) / step) + 1)]


def _options(options: Iterable[Entry] | None) -> tuple[Option, ...]:
    return tuple(
        Option(
            value=option["value"],
            label=option["label"],
            points=option["value"],
            loinc=_loinc(option.get("loinc_answer")),
        )
        for option in options or ()
    )


def _counted(option: Option, among: tuple[Option, ...], n: int, scoring: Entry) -> Option:
    """Say what an answer counts on this item: turned round, capped, or present and absent."""
    values = [other.value for other in among]
    points = option.value
    if n in scoring.get("reversed_items", ()):
        points = min(values) + max(values) - points
    if "cap_item_at" in scoring:
        points = min(points, scoring["cap_item_at"])
    if "counts" in scoring:
        points = int(option.value in scoring["counts"][str(n)])
    return Option(value=option.value, label=option.label, points=points, loinc=option.loinc)


def _extra_item(extra: Entry) -> ExtraItem:
    return ExtraItem(
        id=extra["id"],
        text=extra["text"],
        options=_options(extra["options"]),
        ask_if=extra.get("ask_if", ""),
        loinc=_loinc(extra.get("loinc")),
    )


def _subscales(subscales: Entry) -> tuple[Subscale, ...]:
    return tuple(
        Subscale(
            name=name,
            items=tuple(subscale["items"]),
            how=subscale["how"],
            multiplier=subscale.get("multiplier", 1),
            bands=_bands(subscale.get("bands", ())),
        )
        for name, subscale in subscales.items()
    )


def _bands(bands: Iterable[Entry]) -> tuple[Band, ...]:
    return tuple(
        Band(band["code"], band["label"], band["min"], band["max"], band.get("above"), band.get("below"))
        for band in bands
    )


def _prorating(rule: Entry | None) -> Prorating | None:
    if rule is None:
        return None
    method: Any = "count" if rule["method"].startswith("count") else "mean"
    return Prorating(rule["max_missing"], method, rule["decimals"], rule["evidence"])


def _reliable_change(rule: Entry | None) -> ReliableChange | None:
    if rule is None:
        return None
    threshold: Number = rule["threshold"]
    return ReliableChange(threshold, rule["source"], rule.get("basis", ""))


def _codes(codes: Mapping[str, str | None], *, loinc: bool) -> Mapping[str, str]:
    known = {name: code for name, code in codes.items() if code is not None}
    for name, code in known.items():
        if not (is_loinc(code) if loinc else is_snomed(code)):
            raise ValueError(f"The check digit of code {code} ({name}) is wrong.")
    return MappingProxyType(known)


def _loinc(code: str | None) -> str | None:
    if code is not None and not is_loinc(code):
        raise ValueError(f"The check digit of code {code} is wrong.")
    return code
