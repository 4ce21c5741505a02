"""Reliable change and cut-offs in 60-digit decimals, after Jacobson and Truax (1991), pages 13 to 14."""

import csv
import sys
from collections.abc import Iterable
from decimal import Decimal, getcontext

NAMES = ["case", "se_difference", "smallest_change", "index", "reliable", "a", "b", "c"]


def derive(row: dict[str, str]) -> dict[str, str]:
    """Work out one case from the definitions, step by step as they are printed."""
    given = {name: Decimal(value) for name, value in row.items() if name != "case"}
    se_measurement = given["sd"] * (1 - given["reliability"]).sqrt()
    se_difference = (2 * se_measurement * se_measurement).sqrt()
    index = (given["after"] - given["before"]) / se_difference
    up_is_good = given["normal_mean"] > given["clinical_mean"]
    spread = 2 * given["clinical_sd"], 2 * given["normal_sd"]
    a = given["clinical_mean"] + spread[0] if up_is_good else given["clinical_mean"] - spread[0]
    b = given["normal_mean"] - spread[1] if up_is_good else given["normal_mean"] + spread[1]
    weighted = given["normal_sd"] * given["clinical_mean"] + given["clinical_sd"] * given["normal_mean"]
    c = weighted / (given["normal_sd"] + given["clinical_sd"])
    numbers = [se_difference, Decimal("1.96") * se_difference, index]
    reliable = "yes" if abs(index) >= Decimal("1.96") else "no"
    texts = [*(f"{n:.20f}" for n in numbers), reliable, *(f"{n:.20f}" for n in (a, b, c))]
    return dict(zip(NAMES, [row["case"], *texts], strict=True))


def derive_all(lines: Iterable[str]) -> list[dict[str, str]]:
    """Work out every case of a CSV text."""
    getcontext().prec = 60
    return [derive(row) for row in csv.DictReader(lines)]


if __name__ == "__main__":
    writer = csv.DictWriter(sys.stdout, NAMES, lineterminator="\n")
    writer.writeheader()
    writer.writerows(derive_all(sys.stdin))
