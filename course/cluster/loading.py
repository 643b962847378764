"""Reading a cluster file: every fault at once, in Russian, with its place and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from course import files, shapes
from course.cluster.checks import Draft, check
from course.cluster.join import Join
from course.cluster.members import Contract, Member, SpecialisedOrganisation
from course.cluster.model import Cluster, Team
from course.cluster.projects import Project
from course.cluster.values import Part
from course.errors import ClusterError, Fault
from course.files import Yaml
from course.shapes import Detail, Message, quoted, says


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
    raise ClusterError(shapes.located(found, yaml))


def _shaped(data: dict[str, Any]) -> tuple[Cluster | None, list[Fault]]:
    """The cluster, or what is wrong with the shape of the data."""
    try:
        return Cluster.model_validate(data), []
    except ValidationError as error:
        return None, shapes.faults(error, Cluster, _MESSAGES)


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


def _share(_: Any, context: Detail) -> tuple[str, str]:
    value = float(context["value"])
    what = f"доля больше 1: {quoted(value)}"
    if abs(value) > 100:
        return what, "Доля лежит между 0 и 1"
    return what, f"Запишите долю: {value / 100:.10g}"


def _figure(given: Any, _: Detail) -> tuple[str, str]:
    remedy = (
        f"Запишите {{value: {given}, owner: …, source: …, status: fact, estimate или assumption}}"
    )
    return f"у числа {quoted(given)} нет владельца, источника и статуса", remedy


_MESSAGES: dict[str, Message] = {
    "inn": says(
        "контрольная цифра ИНН {given} неверна", "Проверьте цифры: последней ожидается {control}"
    ),
    "ogrn": says(
        "контрольная цифра ОГРН {given} неверна", "Проверьте цифры: последней ожидается {control}"
    ),
    "share": _share,
    "figure": _figure,
    "sign": says("в тексте есть недопустимый знак {code}", "Наберите текст заново с клавиатуры"),
    "lines": says("текст должен стоять в одной строке", "Уберите перенос"),
    "code": says("{given}: это не {what}", "Пример: {example}"),
    "bounds": says("границы low и high не охватывают значение", "Нужно low ≤ value ≤ high"),
    "bounds_half": says("дана только одна из границ low и high", "Запишите обе или уберите её"),
    "first_day": says(
        "проект начинается не с первого числа месяца", "Запишите start как 2027-01-01"
    ),
}
