"""The shape of edited data: what pydantic finds wrong with it, told in Russian.

A reader of an edited file validates it with pydantic models and hands the `ValidationError` here.
Titles of fields, and the words of `StrEnum`s that have `words`, appear in the messages.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from course.errors import Fault
from course.files import Yaml
from course.wording import day, trimmed

Detail = Mapping[str, Any]
Message = Callable[[Any, Detail], tuple[str, str]]
LARGEST = 1e15  # longer numbers are shown as they stand
MOST = 1_000  # faults of one file: nobody mends more, and a hostile file has them by the 100,000


def faults(
    error: ValidationError, root: type[BaseModel], messages: Mapping[str, Message] | None = None
) -> list[Fault]:
    """What `error` says of data meant for `root`, without a file's name.

    `messages` tells the errors of a caller's own types: from the value given and pydantic's context
    to what is wrong and what to do.
    """
    told = {**_MESSAGES, **(messages or {})}
    return [_fault(dict(detail), root, told) for detail in _telling(error.errors()[:MOST])]


def located(found: Iterable[Fault], yaml: Yaml) -> list[Fault]:
    """The faults with the file's name and line, once each, from the file's top to its bottom."""
    ordered = sorted(
        dict.fromkeys(found), key=lambda fault: (yaml.line_of(fault.place) or 0, fault.place)
    )
    return [_located(fault, yaml) for fault in ordered]


def _located(fault: Fault, yaml: Yaml) -> Fault:
    line = yaml.line_of(fault.place)
    where = [fault.place] if fault.place else []
    if line:
        where.append(f"строка {line}")
    return Fault(yaml.path.name, ", ".join(where), fault.what, fault.remedy)


def _telling(details: list[Any]) -> list[Any]:
    """The errors without those of a list that is only short because its entries are faulty."""
    above = {
        tuple(detail["loc"][:depth]) for detail in details for depth in range(len(detail["loc"]))
    }
    return [
        detail
        for detail in details
        if detail["type"] != "too_short" or tuple(detail["loc"]) not in above
    ]


def place_of(location: Iterable[str | int]) -> str:
    """A place as messages write it: `projects[1].loans[0].rate`."""
    text = ""
    for step in location:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else str(step)
    return text


def _fault(detail: Detail, root: type[BaseModel], messages: Mapping[str, Message]) -> Fault:
    """One of pydantic's errors as a Russian fault."""
    kind, location = str(detail["type"]), tuple(detail["loc"])
    given, context = detail.get("input"), detail.get("ctx") or {}
    if kind == "missing":
        return _missing(location, root)
    if kind == "extra_forbidden":
        return _unknown_key(location, root)
    if kind in ("enum", "literal_error"):
        return Fault(
            "",
            place_of(location),
            f"значение {quoted(given)} не подходит",
            f"Допустимо: {_choices(location, context, root)}",
        )
    what, remedy = messages.get(kind, _unexpected)(given, context)
    return Fault("", place_of(location), what, remedy)


def _missing(location: tuple[str | int, ...], root: type[BaseModel]) -> Fault:
    """A key that has to be there, with its Russian title."""
    title = _title(location, root)
    named = f"«{location[-1]}» ({title})" if title else f"«{location[-1]}»"
    remedy = "Допишите его; чего нет, тем нельзя заменить ноль"
    return Fault(
        "", place_of(location[:-1]) or str(location[-1]), f"не хватает ключа {named}", remedy
    )


def _unknown_key(location: tuple[str | int, ...], root: type[BaseModel]) -> Fault:
    """A key that the file has no place for, with the nearest one that it has."""
    model = _model_at(location[:-1], root)
    known = list(model.model_fields) if model else []
    near = difflib.get_close_matches(str(location[-1]), known, n=1, cutoff=0.6)
    remedy = f"Возможно, имелось в виду «{near[0]}»" if near else "Уберите ключ или исправьте его"
    return Fault("", place_of(location), f"неизвестный ключ «{str(location[-1])[:40]}»", remedy)


def _model_at(location: tuple[str | int, ...], root: type[BaseModel]) -> type[BaseModel] | None:
    """The part of the file that stands at a place."""
    kind: Any = root
    for step in location:
        if isinstance(step, int):
            continue
        field = kind.model_fields.get(step) if _is_part(kind) else None
        if field is None:
            return None
        kind = _innermost(field.annotation)
    return kind if _is_part(kind) else None


def _innermost(annotation: Any) -> Any:
    """The section or list of words inside `tuple[X, ...]` and `X | None`."""
    if _is_part(annotation) or (isinstance(annotation, type) and issubclass(annotation, StrEnum)):
        return annotation
    for inner in get_args(annotation):
        if inner not in (type(None), Ellipsis):
            found = _innermost(inner)
            if found is not None:
                return found
    return annotation if not get_args(annotation) else None


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _title(location: tuple[str | int, ...], root: type[BaseModel]) -> str:
    """The Russian title of the field at a place, empty when there is none."""
    model = _model_at(location[:-1], root)
    field = model.model_fields.get(str(location[-1])) if model else None
    return (field.title or "") if field else ""


def _choices(location: tuple[str | int, ...], context: Detail, root: type[BaseModel]) -> str:
    """The words that a field may hold, with what they mean."""
    steps = [step for step in location if isinstance(step, str)]
    model = _model_at(tuple(steps[:-1]), root) if steps else None
    field = model.model_fields.get(steps[-1]) if model else None
    kind = _innermost(field.annotation) if field else None
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        named = ((word.value, getattr(word, "words", "")) for word in kind)
        return ", ".join(f"{value} ({words})" if words else value for value, words in named)
    return str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")


def quoted(value: Any) -> str:
    """A value as it stands in the file, cut to a readable length."""
    if value is None:
        return "«пусто»"
    if isinstance(value, dict | list):
        return "«список»" if isinstance(value, list) else "«раздел»"
    if isinstance(value, bool):
        return "«true»" if value else "«false»"
    text = trimmed(value) if isinstance(value, float) and abs(value) < LARGEST else str(value)
    text = re.sub(r"\s+", " ", text)
    return f"«{text[:40]}…»" if len(text) > 40 else f"«{text}»"


def _bound(context: Detail) -> str:
    """The bound of a comparison: a number or a day."""
    value = next(iter(context.values()))
    if isinstance(value, str):
        return day(datetime.date.fromisoformat(value))
    return trimmed(float(value))


def _text(given: Any, _: Detail) -> tuple[str, str]:
    remedy = "Запишите слово или предложение"
    if isinstance(given, int | float) and not isinstance(given, bool):
        remedy = f'Возьмите значение в кавычки: "{given}"'
    return f"ожидается текст, а стоит {quoted(given)}", remedy


def _unexpected(given: Any, _: Detail) -> tuple[str, str]:
    return f"значение {quoted(given)} не подходит", "Сверьтесь с готовым примером"


def says(what: str, remedy: str = "") -> Message:
    """A message with what was given (`{given}`), the bound and the numbers of the context."""

    def message(given: Any, context: Detail) -> tuple[str, str]:
        values = {**context, "given": quoted(given)}
        if "{bound}" in what:
            values["bound"] = _bound(context)
        return what.format(**values), remedy.format(**values)

    return message


_NUMBER = says(
    "ожидается число, а стоит {given}", "Запишите число без кавычек и пробелов: 1250000.5"
)
_INTEGER = says("ожидается целое число, а стоит {given}")
_DAY = says("ожидается день, а стоит {given}", "Запишите день как 2027-01-31")
_TRUTH = says("ожидается true (да) или false (нет), а стоит {given}")
_SECTION = says("ожидается раздел с ключами, а стоит {given}", "Сверьтесь с готовым примером")
_LIST = says("ожидается список, а стоит {given}", "Начните каждую запись со знака «-»")

_MESSAGES: dict[str, Message] = {
    "string_type": _text,
    "string_too_short": says("текст пуст", "Впишите текст или уберите ключ"),
    "string_too_long": says("текст длиннее {max_length} знаков", "Сократите его"),
    "int_type": _INTEGER,
    "int_from_float": _INTEGER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "string_pattern_mismatch": says("{given}: так не пишут", "Сверьтесь с готовым примером"),
    "bool_type": _TRUTH,
    "date_type": _DAY,
    "greater_than": says("значение {given} должно быть больше {bound}"),
    "greater_than_equal": says("значение {given} меньше допустимого: {bound}"),
    "less_than": says("значение {given} должно быть меньше {bound}"),
    "less_than_equal": says("значение {given} больше допустимого: {bound}"),
    "model_type": _SECTION,
    "dict_type": _SECTION,
    "tuple_type": _LIST,
    "too_short": says("в списке меньше записей, чем нужно: {min_length}", "Добавьте запись"),
    "too_long": says("в списке больше записей, чем допустимо: {max_length}", "Уберите лишнее"),
}
