# SPDX-License-Identifier: MIT
"""Check digits of ISBN (ISO 2108) and ISSN (ISO 3297)."""

_DIGITS = frozenset("0123456789")


def are_digits(text: str) -> bool:
    """Tell whether a text is made of ASCII digits only (`str.isdigit` also accepts others)."""
    return bool(text) and _DIGITS.issuperset(text)


def isbn10_check(first9: str) -> str:
    """Return the last character that makes an ISBN-10 of nine digits."""
    return _mod11(sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), first9, strict=True)))


def isbn13_check(first12: str) -> str:
    """Return the last digit that makes an ISBN-13 of twelve digits."""
    total = sum((3 if index % 2 else 1) * int(digit) for index, digit in enumerate(first12))
    return str(-total % 10)


def issn_check(first7: str) -> str:
    """Return the last character that makes an ISSN of seven digits."""
    return _mod11(sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), first7, strict=True)))


def is_isbn10(text: str) -> bool:
    """Tell whether ten bare characters are a valid ISBN-10."""
    return len(text) == 10 and are_digits(text[:9]) and text[9].upper() == isbn10_check(text[:9])


def is_isbn13(text: str) -> bool:
    """Tell whether thirteen bare digits are a valid ISBN-13; 9790 is for printed music (ISMN)."""
    if len(text) != 13 or not are_digits(text) or not text.startswith(("978", "979")) or text.startswith("9790"):
        return False
    return text[12] == isbn13_check(text[:12])


def is_issn(text: str) -> bool:
    """Tell whether eight bare characters are a valid ISSN."""
    return len(text) == 8 and are_digits(text[:7]) and text[7].upper() == issn_check(text[:7])


def to_isbn13(isbn10: str) -> str:
    """Turn a valid ISBN-10 into the ISBN-13 of the same book."""
    first12 = f"978{isbn10[:9]}"
    return first12 + isbn13_check(first12)


def _mod11(total: int) -> str:
    check = -total % 11
    return "X" if check == 10 else str(check)
