"""Numbers as people type them: `1 234,5`, `21,4 %`, `12 млн`, `−3`, `1 234,5 млн ₽`.

Decisions where a typed number could be read in two ways:

- One comma or one point is the decimal sign: `1,234` and `1.234` are one and a quarter or so. The
  reading carries a note, because Excel's English setting writes thousands like that.
- The same sign twice parts thousands: `1.234.567`. Of two different signs the last is decimal:
  `1.234,5` and `1,234.5` are the same number.
- Spaces part thousands and must stand at every third digit: `12 34` is refused.
- A number in brackets is negative, as accountants write it: `(1 234)`.
- Without a unit the field's own holds: `12` in a field of `млн ₽` is twelve million. A typed unit
  wins: `12 тыс.` there is twelve thousand, `500 ₽` is five hundred roubles.

Values are kept as everywhere in this project: money in roubles, shares as shares (`21,4 %` is
0.214).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from course.wording import NBSP, trimmed

LENGTH = 60  # a longer text is no number
LARGEST = Decimal("1e18")

_SPACES = dict.fromkeys(
    (*map(ord, "\u00a0\u1680\u202f\u205f\u3000\t\r\n"), *range(0x2000, 0x200B)), " "
)
_MINUSES = dict.fromkeys(map(ord, "−–—‒‐‑﹣－"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff\u00ad"), None)
_FOLD = _SPACES | _MINUSES | _INVISIBLE

_FIGURE = re.compile(
    r"(?P<sign>[-+]?) ?(?P<digits>[0-9., ]*[0-9][.,]?)(?P<power>[eEеЕ][-+]?[0-9]{1,2})?"
)
_SCALE = re.compile(
    r"(?P<thousand>тыс(?:яч[аи]?)?|(?:млн|миллион(?:а|ов)?)|(?:млрд|миллиард(?:а|ов)?)"
    r"|(?:трлн|триллион(?:а|ов)?))(?![а-яё])\.?\s*"
)
_SCALES = {"ты": 1_000, "млн": 10**6, "мил": 10**6, "млрд": 10**9, "трлн": 10**12, "три": 10**12}
_MONEY = re.compile(r"₽|руб(?:ль|ля|лей)?\.?|р\.?|rub")
_PERCENT = re.compile(r"%|процент(?:а|ов)?")
_POINTS = re.compile(r"п\. ?п\.|пп|п\.п|процентн\S+ пункт\S*")


@dataclass(frozen=True)
class Unit:
    """What a field counts in: `scale` of one typed unit, and its `kind` (`₽`, `%`, `чел`…)."""

    scale: Decimal
    kind: str


@dataclass(frozen=True)
class Reading:
    """A typed text as a number.

    `value` is `None` for an empty text and for one that cannot be read; then `problem` says in
    Russian why. `note` warns where the text could be meant otherwise.
    """

    value: float | None
    problem: str = ""
    note: str = ""


def unit(text: str) -> Unit:
    """The unit of a field from its words: `млн ₽`, `%`, `чел.`, or nothing."""
    words = text.translate(_FOLD).strip().lower()
    scale, kind = _scale(words)
    if kind == "доля":
        kind = ""
    if kind in ("%", "пп"):
        scale = Decimal("0.01")
    return Unit(scale or Decimal(1), kind)


def read(text: str, unit_words: str = "") -> Reading:
    """The number that a person typed into a field counted in `unit_words`."""
    typed = text.translate(_FOLD).strip()
    if not typed:
        return Reading(None)
    if len(typed) > LENGTH:
        return Reading(None, f"Слишком длинно для числа: больше {LENGTH} знаков.")
    bracketed = re.fullmatch(r"\((?P<inside>[^()+-]+)\)(?P<rest>[^()]*)", typed)
    if bracketed:
        typed = f"-{bracketed['inside'].strip()}{bracketed['rest']}"
    match = _FIGURE.match(typed)
    if not match:
        return Reading(None, _not_a_number(typed))
    digits = _digits(match["digits"].rstrip())
    if isinstance(digits, str):
        return Reading(None, digits)
    rest = typed[match.end() :].strip().lower()
    field = unit(unit_words)
    scale = _typed_scale(rest, field, unit_words)
    if isinstance(scale, str):
        return Reading(None, scale)
    power = match["power"]
    value = digits * scale * (Decimal(10) ** int(power[1:]) if power else 1)
    if match["sign"] == "-":
        value = -value
    if abs(value) > LARGEST:
        return Reading(None, "Число слишком велико. Проверьте нули и единицу измерения.")
    return Reading(float(value), note=_note(match["digits"].strip(), digits, rest, field))


def shown(value: float | None, unit_words: str = "") -> str:
    """A kept value as a person would type it into the field: `1 234,5`."""
    if value is None:
        return ""
    return trimmed(float(Decimal(repr(float(value))) / unit(unit_words).scale))


def told(value: float | None, unit_words: str = "") -> str:
    """A kept value with its unit: `1 234,5 млн ₽`; empty if there is none."""
    words = unit_words if unit_words != "доля" else ""
    return NBSP.join(
        part for part in (shown(value, unit_words), words) if part and value is not None
    )


def _digits(text: str) -> Decimal | str:
    """The number that `text` of digits, points, commas and spaces means, or what is wrong."""
    signs = [sign for sign in text if sign in ".,"]
    whole, decimals = text, ""
    if len(set(signs)) == 2 or len(signs) == 1:
        cut = max(text.rfind("."), text.rfind(","))
        whole, decimals = text[:cut], text[cut + 1 :]
        if " " in decimals or text[cut] in whole:
            return "После запятой не должно быть пробелов и других знаков."
    parts = re.split(r"[ .,]", whole)
    separators = {sign for sign in whole if sign in " .,"}
    grouped = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3
    if len(separators) > 1 or (len(parts) > 1 and not grouped):
        return "Пробелы или точки стоят не по разрядам. Впишите число так: 1\u00a0234\u00a0567,8."
    return Decimal(f"{''.join(parts) or '0'}.{decimals or '0'}")


def _scale(words: str) -> tuple[Decimal | None, str]:
    """The scale word at the head of a unit, if any, and the kind behind it."""
    match = _SCALE.match(words)
    scale = None
    if match:
        word = match["thousand"]
        scale = Decimal(next(times for head, times in _SCALES.items() if word.startswith(head)))
        words = words[match.end() :].strip()
    for pattern, kind in ((_MONEY, "₽"), (_PERCENT, "%"), (_POINTS, "пп")):
        if pattern.fullmatch(words):
            return scale, kind
    return scale, re.sub(r"[ .]", "", words)


def _typed_scale(rest: str, field: Unit, unit_words: str) -> Decimal | str:
    """What one typed unit is worth in the field's values, or what is wrong with it."""
    if not rest:
        return field.scale
    scale, kind = _scale(rest)
    shares = {"%", "пп"}
    if kind in shares and scale is None and field.kind in {"", *shares}:
        return Decimal("0.01")
    if kind == "" and scale is not None and field.kind not in shares:
        return scale
    if kind == field.kind and kind not in shares:
        return scale or Decimal(1)
    if kind in {"₽", *shares} or scale is not None:
        needed = (
            f"Здесь считают в единицах «{unit_words}»" if unit_words else "Здесь единица не нужна"
        )
        return f"{needed}, а вписано «{rest}»."
    return _not_a_number(rest)


def _not_a_number(text: str) -> str:
    """Why `text` is no number, and what to type instead."""
    if re.match(r"[-+]?[0-9 ]+/", text) or text.startswith(("=", "/", "*", "+", "^")):
        return "Впишите готовое число, а не формулу и не дробь: например, 0,25."
    if text.startswith(("-", "…", "..")):
        return "Впишите одно число, а не промежуток."
    if text.startswith(("~", "≈", "<", ">", "≤", "≥", "около", "примерно", "более", "менее")):
        return "Впишите число без слов и знаков перед ним."
    return "Не удалось прочитать число. Впишите его цифрами: например, 1\u00a0234,5."


def _note(typed: str, digits: Decimal, rest: str, field: Unit) -> str:
    """A warning where the typed text could be meant otherwise."""
    if re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", typed):
        plain = re.sub(r"[.,]", "", typed)
        decimal = typed.replace(".", ",")
        return f"Запятая и точка отделяют дробную часть: {decimal}. Тысячи впишите так: {plain}."
    if field.kind == "%" and not rest and 0 < digits < 1:
        percent, meant = trimmed(float(digits)), trimmed(float(digits * 100))
        return f"Прочитано как {percent}{NBSP}%. Если это {meant}{NBSP}%, впишите {meant}."
    return ""
