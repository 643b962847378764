"""Reading a cluster file: every fault at once, in Russian, with its place and line."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from course import files
from course.cluster.checks import Draft, check
from course.cluster.join import Join
from course.cluster.members import Contract, Member, SpecialisedOrganisation
from course.cluster.model import Cluster, Team
from course.cluster.projects import Project
from course.cluster.values import LARGEST, Part, Word
from course.errors import ClusterError, Fault
from course.files import Yaml
from course.wording import day, trimmed

Detail = Mapping[str, Any]


def load(path: Path | str) -> Cluster:
    """The cluster of `cluster.yaml` at `path`; `ClusterError` or `FileError` with all faults."""
    return parse(files.read_yaml(Path(path)))


def parse(yaml: Yaml) -> Cluster:
    """The cluster that a YAML file, already read, describes; `ClusterError` with all faults."""
    name = yaml.path.name
    if not isinstance(yaml.data, dict):
        what = "файл должен состоять из разделов team, regions, members"
        raise ClusterError(Fault(name, "", what, "Начните с готового примера"))
    cluster, faults = _shaped(yaml.data)
    found = [*faults, *check(_draft(yaml.data))]
    if not found and cluster is not None:
        return cluster
    raise ClusterError([_located(fault, name, yaml) for fault in _in_file_order(found, yaml)])


def _in_file_order(faults: Iterable[Fault], yaml: Yaml) -> list[Fault]:
    """The faults by line, so that a person mends the file from top to bottom."""
    unique = dict.fromkeys(faults)
    return sorted(unique, key=lambda fault: (yaml.line_of(fault.place) or 0, fault.place))


def _located(fault: Fault, name: str, yaml: Yaml) -> Fault:
    """The fault with the file's name and the line of its place."""
    line = yaml.line_of(fault.place)
    where = [fault.place] if fault.place else []
    if line:
        where.append(f"строка {line}")
    return Fault(name, ", ".join(where), fault.what, fault.remedy)


def _shaped(data: dict[str, Any]) -> tuple[Cluster | None, list[Fault]]:
    """The cluster, or what is wrong with the shape of the data."""
    try:
        return Cluster.model_validate(data), []
    except ValidationError as error:
        return None, [fault(dict(detail)) for detail in _telling(error.errors())]


def _telling(details: list[Any]) -> list[Any]:
    """The errors without those of a list that is only short because its entries are faulty."""
    places = [tuple(detail["loc"]) for detail in details]

    def follows(detail: Any) -> bool:
        here = tuple(detail["loc"])
        inside = any(place[: len(here)] == here and len(place) > len(here) for place in places)
        return detail["type"] == "too_short" and inside

    return [detail for detail in details if not follows(detail)]


_SECTIONS: dict[str, type[Part]] = {
    "team": Team,
    "members": Member,
    "contracts": Contract,
    "specialised_organisation": SpecialisedOrganisation,
    "projects": Project,
    "join": Join,
}


def _draft(data: dict[str, Any]) -> Draft:
    """The parts that can be understood, with their places: cross-checks see past a broken one."""
    good: dict[str, list[tuple[str, Any]]] = {}
    for key, kind in _SECTIONS.items():
        value = data.get(key)
        if value is None:
            good[key] = []
            continue
        entries = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        good[key] = []
        for index, entry in entries:
            try:
                whole = kind.model_validate(entry)
            except ValidationError:
                continue
            good[key].append((key if index is None else f"{key}[{index}]", whole))
    return Draft(good, data)


def place_of(location: Iterable[str | int]) -> str:
    """A place as messages write it: `projects[1].loans[0].rate`."""
    text = ""
    for step in location:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else str(step)
    return text


def fault(detail: Detail) -> Fault:
    """One of pydantic's errors as a Russian fault."""
    kind, location = str(detail["type"]), tuple(detail["loc"])
    given, context = detail.get("input"), detail.get("ctx") or {}
    if kind == "missing":
        return _missing(location)
    if kind == "extra_forbidden":
        return _unknown_key(location)
    if kind in ("enum", "literal_error"):
        return Fault(
            "",
            place_of(location),
            f"значение {_quoted(given)} не подходит",
            f"Допустимо: {_choices(location, context)}",
        )
    what, remedy = _MESSAGES.get(kind, _unexpected)(given, context)
    return Fault("", place_of(location), what, remedy)


def _missing(location: tuple[str | int, ...]) -> Fault:
    """A key that has to be there, with its Russian title."""
    title = _title(location)
    named = f"«{location[-1]}» ({title})" if title else f"«{location[-1]}»"
    remedy = "Допишите его; чего нет, тем нельзя заменить ноль"
    return Fault(
        "", place_of(location[:-1]) or str(location[-1]), f"не хватает ключа {named}", remedy
    )


def _unknown_key(location: tuple[str | int, ...]) -> Fault:
    """A key that the file has no place for, with the nearest one that it has."""
    model = _model_at(location[:-1])
    known = list(model.model_fields) if model else []
    near = difflib.get_close_matches(str(location[-1]), known, n=1, cutoff=0.6)
    remedy = f"Возможно, имелось в виду «{near[0]}»" if near else "Уберите ключ или исправьте его"
    return Fault("", place_of(location), f"неизвестный ключ «{str(location[-1])[:40]}»", remedy)


def _model_at(location: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The part of the file that stands at a place."""
    kind: Any = Cluster
    for step in location:
        if isinstance(step, int):
            continue
        field = kind.model_fields.get(step) if _is_part(kind) else None
        if field is None:
            return None
        kind = _innermost(field.annotation)
    return kind if _is_part(kind) else None


def _innermost(annotation: Any) -> Any:
    """The part or list of words inside `tuple[X, ...]` and `X | None`."""
    if _is_part(annotation) or (isinstance(annotation, type) and issubclass(annotation, Word)):
        return annotation
    for inner in get_args(annotation):
        if inner not in (type(None), Ellipsis):
            found = _innermost(inner)
            if found is not None:
                return found
    return annotation if not get_args(annotation) else None


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Part)


def _title(location: tuple[str | int, ...]) -> str:
    """The Russian title of the field at a place, empty when there is none."""
    model = _model_at(location[:-1])
    field = model.model_fields.get(str(location[-1])) if model else None
    return (field.title or "") if field else ""


def _choices(location: tuple[str | int, ...], context: Detail) -> str:
    """The words that a field may hold, with what they mean."""
    steps = [step for step in location if isinstance(step, str)]
    model = _model_at(tuple(steps[:-1])) if steps else None
    field = model.model_fields.get(steps[-1]) if model else None
    kind = _innermost(field.annotation) if field else None
    if isinstance(kind, type) and issubclass(kind, Word):
        return ", ".join(f"{word.value} ({word.words})" for word in kind)
    return str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")


def _quoted(value: Any) -> str:
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
    return f"ожидается текст, а стоит {_quoted(given)}", remedy


def _share(_: Any, context: Detail) -> tuple[str, str]:
    value = float(context["value"])
    what = f"доля больше 1: {_quoted(value)}"
    if abs(value) > 100:
        return what, "Доля лежит между 0 и 1"
    return what, f"Запишите долю: {value / 100:.10g}"


def _figure(given: Any, _: Detail) -> tuple[str, str]:
    remedy = (
        f"Запишите {{value: {given}, owner: …, source: …, status: fact, estimate или assumption}}"
    )
    return f"у числа {_quoted(given)} нет владельца, источника и статуса", remedy


def _unexpected(given: Any, _: Detail) -> tuple[str, str]:
    return f"значение {_quoted(given)} не подходит", "Сверьтесь с готовым примером"


def _says(what: str, remedy: str = "") -> Callable[[Any, Detail], tuple[str, str]]:
    """A message with what was given (`{given}`), the bound and the numbers of the context."""

    def message(given: Any, context: Detail) -> tuple[str, str]:
        values = {**context, "given": _quoted(given)}
        if "{bound}" in what:
            values["bound"] = _bound(context)
        return what.format(**values), remedy.format(**values)

    return message


_NUMBER = _says(
    "ожидается число, а стоит {given}", "Запишите число без кавычек и пробелов: 1250000.5"
)
_INTEGER = _says("ожидается целое число, а стоит {given}")
_DAY = _says("ожидается день, а стоит {given}", "Запишите день как 2027-01-31")
_TRUTH = _says("ожидается true (да) или false (нет), а стоит {given}")
_SECTION = _says("ожидается раздел с ключами, а стоит {given}", "Сверьтесь с готовым примером")
_LIST = _says("ожидается список, а стоит {given}", "Начните каждую запись со знака «-»")

_MESSAGES: dict[str, Callable[[Any, Detail], tuple[str, str]]] = {
    "string_type": _text,
    "string_too_short": _says("текст пуст", "Впишите текст или уберите ключ"),
    "string_too_long": _says("текст длиннее {max_length} знаков", "Сократите его"),
    "int_type": _INTEGER,
    "int_from_float": _INTEGER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _TRUTH,
    "date_type": _DAY,
    "greater_than": _says("значение {given} должно быть больше {bound}"),
    "greater_than_equal": _says("значение {given} меньше допустимого: {bound}"),
    "less_than": _says("значение {given} должно быть меньше {bound}"),
    "less_than_equal": _says("значение {given} больше допустимого: {bound}"),
    "model_type": _SECTION,
    "dict_type": _SECTION,
    "tuple_type": _LIST,
    "too_short": _says("в списке меньше записей, чем нужно: {min_length}", "Добавьте запись"),
    "too_long": _says("в списке больше записей, чем допустимо: {max_length}", "Уберите лишнее"),
    "sign": _says("в тексте есть недопустимый знак {code}", "Наберите текст заново с клавиатуры"),
    "lines": _says("текст должен стоять в одной строке", "Уберите перенос"),
    "code": _says("{given}: это не {what}", "Пример: {example}"),
    "inn": _says(
        "контрольная цифра ИНН {given} неверна", "Проверьте цифры: последней ожидается {control}"
    ),
    "ogrn": _says(
        "контрольная цифра ОГРН {given} неверна", "Проверьте цифры: последней ожидается {control}"
    ),
    "share": _share,
    "figure": _figure,
    "bounds": _says("границы low и high не охватывают значение", "Нужно low ≤ value ≤ high"),
    "bounds_half": _says("дана только одна из границ low и high", "Запишите обе или уберите её"),
    "first_day": _says(
        "проект начинается не с первого числа месяца", "Запишите start как 2027-01-01"
    ),
}
