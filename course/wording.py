"""Numbers, days and counts as a Russian page prints them.

Thousands are parted by a non-breaking space, the decimal sign is a comma, the minus sign is «−»,
and an absent value is «—». Nothing here rounds for a computation: only for the eye.
"""

from __future__ import annotations

import datetime
import math
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
ABSENT = "—"
MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_SCALES = (("трлн", 1e12), ("млрд", 1e9), ("млн", 1e6), ("тыс.", 1e3))


def number(value: float | None, digits: int = 0) -> str:
    """A number with `digits` decimals, halves rounded away from zero: `1 234,5`."""
    if value is None or not math.isfinite(value):
        return ABSENT
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    text = f"{abs(rounded):,.{digits}f}".replace(",", NBSP).replace(".", ",")
    return f"−{text}" if rounded < 0 else text


def trimmed(value: float | None, digits: int = 6) -> str:
    """A number with at most `digits` decimals, trailing zeros left out: `0,5`, `12`."""
    text = number(value, digits)
    return text.rstrip("0").rstrip(",") if "," in text else text


def money(roubles: float | None, unit: str | None = None, digits: int = 1) -> str:
    """A sum given in roubles, in the largest fitting unit or in `unit`: `1 234,5 млн ₽`.

    `unit` is one of `₽`, `тыс. ₽`, `млн ₽`, `млрд ₽`, `трлн ₽`. Roubles carry no kopecks.
    """
    if roubles is None or not math.isfinite(roubles):
        return ABSENT
    if unit is None:
        word, scale = next(
            ((word, scale) for word, scale in _SCALES[:3] if abs(roubles) >= scale), ("", 1.0)
        )
        if not word and abs(roubles) >= 1e5:
            word, scale = "тыс.", 1e3
    else:
        word = unit.replace(NBSP, " ").removesuffix("₽").strip()
        scale = dict(_SCALES)[word] if word else 1.0
    figure = number(roubles / scale, digits if word else 0)
    return NBSP.join(part for part in (figure, word, "₽") if part)


def share(value: float | None, digits: int = 1) -> str:
    """A share as a percentage: `0.185` is `18,5 %`; whole percentages carry no decimals."""
    if value is None or not math.isfinite(value):
        return ABSENT
    return f"{trimmed(value * 100, digits)}{NBSP}%"


def day(date: datetime.date | None) -> str:
    """A day: `22.11.2026`."""
    return ABSENT if date is None else date.strftime("%d.%m.%Y")


def month(date: datetime.date | None) -> str:
    """A month of a year: `ноябрь 2026`."""
    return ABSENT if date is None else f"{MONTHS[date.month - 1]}{NBSP}{date.year}"


def plural(amount: int, one: str, few: str, many: str) -> str:
    """The form of a noun that goes with `amount`: участник, участника, участников."""
    tens, units = abs(amount) % 100, abs(amount) % 10
    if 11 <= tens <= 14 or units == 0 or units >= 5:
        return many
    return one if units == 1 else few


def quoted(title: str) -> str:
    """A title in quotation marks; those inside it become inner ones: «Кластер „Три реки“»."""
    return f"«{title.replace('«', '„').replace('»', '“')}»"


def alphabetical(text: str) -> tuple[str, str]:
    """The key by which Russian words stand in a list: «ё» among «е», as in a dictionary."""
    plain = text.casefold()
    return plain.replace("ё", "е"), plain


def count(amount: int, one: str, few: str, many: str) -> str:
    """A whole number with its noun: `5 участников`."""
    return f"{number(amount)}{NBSP}{plural(amount, one, few, many)}"


def span(months: float | None) -> str:
    """A length of time given in months: `3 года 7 месяцев`; `None` is `не достигается`."""
    if months is None:
        return "не достигается"
    whole = math.ceil(months - 1e-9)
    years, rest = divmod(whole, 12)
    parts = []
    if years:
        parts.append(count(years, "год", "года", "лет"))
    if rest or not years:
        parts.append(count(rest, "месяц", "месяца", "месяцев"))
    return " ".join(parts)
