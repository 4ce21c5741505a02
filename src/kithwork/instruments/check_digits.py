"""Check digits of clinical codes, so that a mistyped code never leaves this package."""

# Verhoeff's two tables: the multiplication of the dihedral group D5, and the permutation of each place.
_TIMES = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
_PLACES = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 5, 7, 6, 2, 8, 3, 0, 9, 4),
    (5, 8, 0, 3, 7, 9, 6, 1, 4, 2),
    (8, 9, 1, 6, 0, 4, 3, 5, 2, 7),
    (9, 4, 5, 3, 1, 2, 6, 8, 7, 0),
    (4, 2, 8, 6, 5, 7, 3, 9, 0, 1),
    (2, 7, 9, 3, 8, 0, 6, 4, 1, 5),
    (7, 0, 4, 6, 9, 1, 3, 2, 5, 8),
)


def is_loinc(code: str) -> bool:
    """Tell whether a LOINC term, answer (LA) or answer list (LL) carries its right check digit.

    Rule: modulus 10 (Luhn) over what stands before the hyphen; a letter counts as its distance from
    "0" in ASCII.
    Source: LOINC Users' Guide; the value of letters is borne out by every answer code in the data files.
    """
    number, _, check = code.partition("-")
    digits = number.removeprefix("LA").removeprefix("LL")
    if not (_all_digits(digits) and _all_digits(check) and len(check) == 1):
        return False
    values = [ord(sign) - ord("0") for sign in reversed(number)]
    total = sum(value if place % 2 else 2 * value - 9 * (value // 5) for place, value in enumerate(values))
    return (total + int(check)) % 10 == 0


def is_snomed(code: str) -> bool:
    """Tell whether a SNOMED CT identifier carries its right check digit.

    Rule: 6 to 18 digits, no leading zero, Verhoeff over all of them.
    Source: SNOMED CT Release File Specifications.
    """
    if not (_all_digits(code) and 6 <= len(code) <= 18 and code[0] != "0"):
        return False
    state = 0
    for place, digit in enumerate(reversed(code)):
        state = _TIMES[state][_PLACES[place % 8][int(digit)]]
    return state == 0


def _all_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
