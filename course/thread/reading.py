"""One cell of a step as a value of the cluster file, or what is wrong with it in Russian."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course import wording
from course.forms.fields import Date
from course.plain import visible
from course.steps import Column, Row, Step

LONGEST = 600  # signs in a line, as in the cluster file
_WHOLE = "нужно целое число"


@dataclass(frozen=True)
class Value:
    """What a cell holds; `problem` says why it can't be used, then `value` is nothing."""

    value: Any
    problem: str = ""


def read(how: str, kind: str, options: Mapping[str, str] | None, raw: Any) -> Value:
    """The value of a filled cell of `kind` (text, number, choice, date), read as `how`."""
    problem = _misfit(kind, options, raw)
    if problem:
        return Value(None, problem)
    if kind == "number":
        return _number(how, raw)
    match how:
        case "day":
            return _day(raw)
        case "first_day":
            return _first_day(raw)
        case "codes":
            return Value(tuple(re.findall(r"[^\s,;]+", raw)))
        case "lines":
            lines = (re.sub(r"^\s*([-–—•*]|\d+[.)])\s*", "", line) for line in raw.splitlines())
            return Value(tuple(" ".join(line.split()) for line in lines if line.strip()))
        case "percents":
            return _percents(raw)
        case "truth":
            return Value(raw == "yes")
    text = " ".join(raw.split())
    return Value(text)


def _misfit(kind: str, options: Mapping[str, str] | None, raw: Any) -> str:
    """Why a value can't have come from such a cell."""
    if kind == "number":
        fits = isinstance(raw, int | float) and not isinstance(raw, bool)
        return "" if fits else "ожидается число"
    if not isinstance(raw, str):
        return "ожидается текст"
    if visible(raw, len(raw)) != raw.replace("\r\n", "\n"):
        return "в тексте есть недопустимые знаки, наберите его заново"
    if any(len(line) > LONGEST for line in raw.splitlines()):
        return f"текст длиннее {LONGEST} знаков"
    if kind == "choice" and raw not in (options or {}):
        return "такого варианта нет"
    return ""


def _number(how: str, raw: float) -> Value:
    if how == "whole":
        return Value(int(raw)) if float(raw).is_integer() else Value(None, _WHOLE)
    return Value(int(raw) if float(raw).is_integer() and abs(raw) < 1e15 else float(raw))


def _day(raw: str) -> Value:
    read = Date("", "").read(raw)
    if read.value is None:
        return Value(None, "не удалось прочитать день, впишите его так: 22.11.2026")
    return Value(datetime.date.fromisoformat(read.value))


def _first_day(raw: str) -> Value:
    read = _day(raw)
    if read.problem or read.value.day == 1:
        return read
    first = wording.day(read.value.replace(day=1))
    return Value(None, f"проект начинают с первого числа месяца: {first}")


def _percents(raw: str) -> Value:
    """Percents by months as shares: «20, 40, 60», «20; 40; 62,5» or «20 40 60»."""
    text = raw.replace("%", " ").replace("\u00a0", " ")
    if ";" in text or re.search(r"\d\s+\d", text) or re.search(r",\s", text):
        tokens = [token for part in re.split(r"[;\s]+", text) if (token := part.strip(","))]
    else:
        tokens = text.strip().strip(",").split(",")
        if len(tokens) == 2:
            return Value(None, "непонятно, одно это число или два: поставьте пробел после запятой")
    shares = []
    for token in tokens:
        if not re.fullmatch(r"\d{1,3}([.,]\d{1,3})?", token.strip(), re.ASCII):
            return Value(None, f"«{token.strip()[:20]}» не процент: впишите так: 20, 40, 60")
        shares.append(round(float(token.replace(",", ".")) / 100, 6))
    if any(share > 1 for share in shares):
        return Value(None, "процент больше 100")
    return Value(tuple(int(share) if share in (0, 1) else share for share in shares))


def how(step: Step, row: Row | None, column: Column | None) -> str:
    """How a cell is read: its row's own way wins over its column's, that over the step's."""
    if row is not None and row.reading != "text":
        return row.reading
    return column.reading if column is not None else step.reading
