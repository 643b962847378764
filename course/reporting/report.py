"""A report: what a template hands back and writers print, as plain data.

    Report(title=…, subtitle=…, as_of="2026-11-22", facts=((…, …),), sections=(…,))

It leaves the notebook as JSON and is checked when it is read: a closed set of blocks, known
fields, values that fit their columns. Blocks are attributes of `Report`, so that a template needs
one name.
"""

from __future__ import annotations

import datetime
import types
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, ClassVar, get_args, get_origin, get_type_hints

from course import wording
from course.errors import CourseError, Fault, ReportError
from course.reporting import blocks

if TYPE_CHECKING:
    from course.cluster import Cluster

MEDIA_TYPE = "application/vnd.proclusters.report+json"
FORMAT = 1
INVENTED = "Учебные данные: организации и люди вымышлены"
SVG_LIMIT = 4_000_000  # letters in one picture


@dataclass(frozen=True)
class Report:
    """One report: a title page of `facts`, a `mark` such as «учебные данные», then sections."""

    Card: ClassVar[type[blocks.Card]] = blocks.Card
    Cards: ClassVar[type[blocks.Cards]] = blocks.Cards
    Chapter: ClassVar[type[blocks.Chapter]] = blocks.Chapter
    Column: ClassVar[type[blocks.Column]] = blocks.Column
    Figure: ClassVar[type[blocks.Figure]] = blocks.Figure
    Heading: ClassVar[type[blocks.Heading]] = blocks.Heading
    Model: ClassVar[type[blocks.Model]] = blocks.Model
    Notice: ClassVar[type[blocks.Notice]] = blocks.Notice
    Paragraph: ClassVar[type[blocks.Paragraph]] = blocks.Paragraph
    Section: ClassVar[type[blocks.Section]] = blocks.Section
    Source: ClassVar[type[blocks.Source]] = blocks.Source
    Sources: ClassVar[type[blocks.Sources]] = blocks.Sources
    Table: ClassVar[type[blocks.Table]] = blocks.Table

    title: str
    subtitle: str
    as_of: str
    mark: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[blocks.Section, ...]
    models: tuple[blocks.Model, ...] = ()

    def __post_init__(self) -> None:
        try:
            datetime.date.fromisoformat(self.as_of)
        except ValueError:
            raise ReportError(Fault("", "as_of", f"«{self.as_of}» не день")) from None

    @classmethod
    def of(
        cls,
        cluster: Cluster,
        title: str,
        as_of: str,
        sections: tuple[blocks.Section, ...],
        *,
        facts: tuple[tuple[str, str], ...] = (),
        models: tuple[blocks.Model, ...] = (),
    ) -> Report:
        """A report about a cluster: its mark and the facts that every title page names."""
        regions = ", ".join(region.title for region in cluster.regions)
        return cls(
            title=title,
            subtitle=cluster.title,
            as_of=as_of,
            mark=INVENTED if cluster.standing == "synthetic" else "",
            facts=(
                ("Команда", cluster.team.title),
                ("Регионы", regions),
                ("Участников", wording.number(len(cluster.members))),
                *facts,
                ("Нормы на день", wording.day(datetime.date.fromisoformat(as_of))),
            ),
            sections=sections,
            models=models,
        )

    @property
    def day(self) -> datetime.date:
        """The day that the report stands on."""
        return datetime.date.fromisoformat(self.as_of)

    @property
    def cards(self) -> dict[str, blocks.Card]:
        """All indicators by their id."""
        return {
            card.id: card
            for section in self.sections
            for block in section.blocks
            if isinstance(block, blocks.Cards)
            for card in block.items
        }

    def data(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {"format": FORMAT, **_plain(self)}

    @classmethod
    def from_data(cls, data: Any) -> Report:
        """The report out of JSON values; `ReportError` for anything that is not one."""
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ReportError(Fault("", "отчёт", "формат отчёта не распознан"))
        rest = {key: value for key, value in data.items() if key != "format"}
        try:
            report = _typed(cls, rest, "отчёт")
        except CourseError:
            raise
        except (TypeError, ValueError) as error:
            raise ReportError(Fault("", "отчёт", f"отчёт повреждён ({error})")) from None
        assert isinstance(report, Report)
        return report

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MEDIA_TYPE: self.data(), "text/plain": f"Отчёт «{self.title}» готов."}


def identifier_of(team: str, as_of: datetime.date, name: str) -> str:
    """How a page knows which report it is."""
    return f"proclusters:{team}:report:{as_of}:{name}"


def _plain(value: Any) -> Any:
    """Dataclasses and tuples as JSON values; a block carries its kind."""
    if is_dataclass(value) and not isinstance(value, type):
        content = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        kind = getattr(value, "block", None)
        return {"block": kind, **content} if kind else content
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _typed(kind: Any, value: Any, place: str) -> Any:
    """`value` as the declared type `kind`; refuses unknown fields and values of other types."""
    if kind == blocks.Block:
        return _block(value, place)
    if is_dataclass(kind):
        return _dataclass(kind, value, place)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), value, place)
    options = get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    for option in options:
        if _fits(option, value):
            return value
    raise ReportError(Fault("", place, f"значение {value!r:.60} не того вида"))


def _fits(option: Any, value: Any) -> bool:
    if option is type(None) or option is None:
        return value is None
    if isinstance(option, type):
        if option is float:
            return isinstance(value, int | float) and not isinstance(value, bool)
        if option is str and isinstance(value, str):
            return len(value) <= SVG_LIMIT
        return isinstance(value, option) and (option is bool or not isinstance(value, bool))
    return value in get_args(option)  # a Literal


def _block(value: Any, place: str) -> blocks.Block:
    name = value.get("block") if isinstance(value, dict) else None
    if not isinstance(name, str) or name not in blocks.BLOCKS:
        raise ReportError(Fault("", place, f"неизвестный вид блока {name!r:.40}"))
    content = {key: item for key, item in value.items() if key != "block"}
    block = _dataclass(blocks.BLOCKS[name], content, f"{place} ({name})")
    assert isinstance(block, blocks.Block)
    return block


def _dataclass(kind: Any, value: Any, place: str) -> Any:
    if not isinstance(value, dict):
        raise ReportError(Fault("", place, "нужна запись с полями"))
    hints = get_type_hints(kind)
    names = {each.name for each in fields(kind)}
    unknown = sorted(set(value) - names)
    if unknown:
        raise ReportError(Fault("", place, f"неизвестные поля: {', '.join(unknown)}"))
    return kind(
        **{name: _typed(hints[name], item, f"{place}.{name}") for name, item in value.items()}
    )


def _tuple(kinds: tuple[Any, ...], value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ReportError(Fault("", place, "нужен список"))
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_typed(kinds[0], item, f"{place}[{n}]") for n, item in enumerate(value))
    if len(kinds) != len(value):
        raise ReportError(Fault("", place, f"нужно {len(kinds)} значений"))
    return tuple(
        _typed(kind, item, f"{place}[{n}]")
        for n, (kind, item) in enumerate(zip(kinds, value, strict=True))
    )
