"""The files of a team: how they are written, and what is never written over."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from course import cluster
from course.cluster import Cluster
from course.errors import ClusterError, Fault
from course.files import parse_yaml, read_text, write_text
from course.thread import papers, telling
from course.thread.merging import Agreed

FORMAT = 1
_MARK = "Отпечаток: "
_NAMES = {
    "people": "name", "members": "name", "products": "title", "materials": "title",
    "staff": "title", "overheads": "title", "capex": "title", "uses": "title", "loans": "title",
    "regions": "title",
}  # fmt: skip


def hold_our_own(path: Path) -> None:
    """Refuse to write over a cluster file that people wrote or changed."""
    if not path.exists():
        return
    name, text = f"teams/{path.parent.name}/{path.name}", read_text(path)
    mark = re.search(rf"^# {_MARK}([0-9a-f]{{64}})$", text, re.MULTILINE)
    if mark is None:
        what = "файл написан не сборкой: поверх него она не пишет"
        remedy = "Уберите файл из папки команды или дайте ему другое имя"
        raise ClusterError(Fault(name, "", what, remedy))
    if _digest(text.partition("\n\n")[2]) != mark[1]:
        what = "файл правили после сборки: правка пропала бы"
        remedy = "Внесите её в ответы и сдайте их, а файл уберите"
        raise ClusterError(Fault(name, "", what, remedy))


def cluster_text(data: Mapping[str, Any], day: str) -> str:
    """The cluster file with its head, read back as the cluster that it is."""
    body = papers.text(in_order(data), "").removeprefix("\n")
    head = (
        "Файл кластера собран из шагов проекта, которые сдали участники команды.\n"
        "Здесь ничего не правят: правят ответ в тетради, сдают его и собирают файл снова\n"
        "(proclusters team merge). Кто и когда что вписал, стоит в history.jsonl.\n"
        f"Последний ответ: {telling.moment(day)}.\n"
        f"{_MARK}{_digest(body)}"
    )
    text = "".join(f"# {line}\n" for line in head.splitlines()) + f"\n{body}"
    cluster.parse(parse_yaml(text, Path("cluster.yaml")))
    return text


def team_text(
    team: str, day: str, data: Mapping[str, Any], *, whole: bool, questions: tuple[str, ...],
    left_out: tuple[str, ...], kept: tuple[Agreed, ...],
) -> str:  # fmt: skip
    """All that a team has merged, whole or not, with what is open."""
    return papers.text(
        {
            "format": FORMAT,
            "team": team,
            "merged": telling.moment(day),
            "whole": whole,
            "open": list(questions),
            "left_out": list(left_out),
            "names": _names(data),
            "cluster": in_order(data),
            "kept": [_kept(each) for each in kept],
        },
        "Общий файл команды: что вписали все участники и что осталось решить.\n"
        "Положите его в папку с тетрадями: поля следующих вебинаров подскажут названия.",
    )


def keep(path: Path, text: str) -> None:
    """Write a file unless it holds just that."""
    if not path.exists() or read_text(path) != text:
        write_text(path, text)


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def in_order(data: Any, kind: Any = Cluster) -> Any:
    """The data with the keys of every section as the cluster file's model lists them."""
    if isinstance(data, list):
        return [in_order(each, kind) for each in data]
    if not isinstance(data, dict) or kind is None:
        return data
    fields = list(kind.model_fields)
    keys = sorted(data, key=lambda key: fields.index(key) if key in fields else len(fields))
    return {key: in_order(data[key], section(kind, key)) for key in keys}


def section(kind: type[BaseModel], key: str) -> type[BaseModel] | None:
    """The model of what stands under a key, if that is a section or a list of them."""
    found: list[Any] = [kind.model_fields[key].annotation] if key in kind.model_fields else []
    while found:
        each = found.pop()
        if isinstance(each, type) and issubclass(each, BaseModel):
            return each
        found += get_args(each)
    return None


def _names(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The names that fields suggest."""
    projects: list[dict[str, Any]] = data.get("projects", [])
    project = projects[0] if projects else {}
    products: list[dict[str, Any]] = project.get("products", [])
    lists: dict[str, list[dict[str, Any]]] = {
        **{key: project.get(key, []) for key in ("staff", "overheads", "capex", "loans")},
        "uses": project.get("other_uses", []),
        "people": data["team"].get("people", []),
        "members": [
            each | {"name": each["short"]} if "short" in each else each
            for each in data.get("members", [])
        ],
        "regions": data.get("regions", []),
        "products": products,
        "materials": [each for product in products for each in product.get("materials", [])],
    }
    return {
        what: list(dict.fromkeys(each[key] for each in lists[what] if key in each))
        for what, key in _NAMES.items()
    }


def _kept(each: Agreed) -> dict[str, Any]:
    entry = each.entries[0]
    return {
        "webinar": entry.step.webinar,
        "step": entry.step.id,
        "row": entry.row_title,
        "column": entry.column_title,
        "value": entry.shown,
        "who": entry.author.name,
        "when": telling.moment(entry.at),
    }
