"""Parameters of a report: checked before anything starts, all faults at once.

Values come as texts from the command line or as plain values from Python. Three names mean the
same in every template: `cluster_file` (a file inside the course), `as_of` (a day) and `project`.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from course.cluster import Cluster, load
from course.errors import CourseError, Fault, ParameterError
from course.folder import CourseFolder
from course.reporting.template import Parameter, Template

SCENARIOS = {"plan": "План", "cautious": "Осторожный", "worst": "Худший", "best": "Лучший"}
YES, NO = ("да", "true", "1"), ("нет", "false", "0")


def settle(
    template: Template, folder: CourseFolder, team: str, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The value of every parameter of `template`; `ParameterError` with all faults otherwise.

    The team's own `cluster.yaml` is taken where `cluster_file` is not given.
    """
    declared = {parameter.name: parameter for parameter in template.parameters}
    faults: list[Fault] = []
    values = {name: parameter.default for name, parameter in declared.items()}
    try:
        team = folder.cluster_file(team).parent.name
    except CourseError as error:
        faults.extend(error.faults)
    if "cluster_file" in declared:
        values["cluster_file"] = f"teams/{team}/cluster.yaml"
    for name, value in given.items():
        if name not in declared:
            known = "; ".join(f"{p.name} — {p.description}" for p in declared.values())
            faults.append(Fault("", str(name)[:60], "нет такого параметра", f"Есть: {known}"))
            continue
        try:
            values[name] = _typed(declared[name], value)
        except ValueError as error:
            faults.append(Fault("", name, str(error), f"Нужно: {declared[name].description}"))
    faulty = {fault.place for fault in faults}
    for name, check in _MEANINGS.items():
        if name in declared and name not in faulty:
            try:
                values[name] = check(values[name], folder)
            except ValueError as error:
                faults.append(Fault("", name, str(error), f"Нужно: {declared[name].description}"))
            except CourseError as error:
                faults.extend(error.faults)
    if faults:
        raise ParameterError(faults)
    return values


def check_project(cluster: Cluster, project: str) -> None:
    """Refuse a project that the cluster does not have; an empty name means all."""
    known = [plan.id for plan in cluster.projects]
    if project and project not in known:
        remedy = f"Есть: {', '.join(known)}" if known else "В кластере нет проектов"
        raise ParameterError(Fault("", "project", f"проекта «{project}» нет в кластере", remedy))


def cluster_of(folder: CourseFolder, values: Mapping[str, Any]) -> Cluster | None:
    """The cluster that the parameters name, read and checked; none if the template needs none."""
    name = values.get("cluster_file")
    if name is None:
        return None
    cluster = load(folder.inside(Path(name)))
    check_project(cluster, values.get("project", ""))
    return cluster


def _typed(parameter: Parameter, value: Any) -> Any:
    """`value` as the parameter's type; `ValueError` with a Russian sentence otherwise."""
    if value is None and parameter.default is None:
        return None
    reader: Callable[[Any], Any] = {str: _text, bool: _truth, int: _whole, float: _number}[
        parameter.kind
    ]
    return reader(value)


def _text(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if not isinstance(value, str) or len(value) > 500 or not value.isprintable():
        raise ValueError("нужен текст в одну строку")
    return value


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in (*YES, *NO):
        return value.strip().lower() in YES
    raise ValueError("нужно «да» или «нет»")


def _whole(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise ValueError("нужно целое число")
    return int(number)


def _number(value: Any) -> float:
    if isinstance(value, str):
        text = re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", ".")
        percent = text.endswith("%")
        if not re.fullmatch(r"[-+−]?\d{1,15}(\.\d{1,15})?%?", text):
            raise ValueError(f"«{value[:40]}» не число")
        number = float(text.rstrip("%").replace("−", "-"))
        return number / 100 if percent else number
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("нужно число")
    return float(value)


def _day(value: Any, _: CourseFolder) -> str:
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.datetime.strptime(value, pattern).date().isoformat()
        except ValueError:
            continue
    raise ValueError(f"«{value}» не день")


def _file(value: Any, folder: CourseFolder) -> str:
    path = folder.inside(Path(value))
    if not path.is_file():
        raise ValueError(f"файла «{value}» нет в папке курса")
    return path.relative_to(folder.root.resolve()).as_posix()


def _rate(value: Any, _: CourseFolder) -> float | None:
    if value is None:
        return None
    if not 0 <= value <= 1:
        raise ValueError("ставка записывается долей от 0 до 1: 18 % — это 0,18")
    return float(value)


def _scenario(value: Any, _: CourseFolder) -> str:
    known = {title.lower(): id for id, title in SCENARIOS.items()}
    name = str(value).strip().lower()
    if name in SCENARIOS:
        return name
    if name in known:
        return known[name]
    raise ValueError(f"сценария «{value}» нет")


def _draws(value: Any, _: CourseFolder) -> int:
    if not 100 <= value <= 1_000_000:
        raise ValueError("нужно от 100 до 1 000 000 сценариев")
    return int(value)


def _probability(value: Any, _: CourseFolder) -> float:
    if not 0 < value <= 1:
        raise ValueError("вероятность записывается долей больше 0 и не больше 1")
    return float(value)


def _years(value: Any, _: CourseFolder) -> float:
    if not 0 < value <= 25:
        raise ValueError("нужно число лет от 0 до 25")
    return float(value)


_MEANINGS: Mapping[str, Callable[[Any, CourseFolder], Any]] = {
    "cluster_file": _file,
    "as_of": _day,
    "discount_rate": _rate,
    "scenario": _scenario,
    "draws": _draws,
    "law_on": _day,
    "probability": _probability,
    "budget_years": _years,
}
