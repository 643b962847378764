"""A model's workbook that somebody sent back against the one that was made.

Formulas and words must be the ones that were written. Inputs may be changed on purpose: they are
told as such, and the results are compared with those of the model with the same inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from course import wording
from course.claims.comparison import Discrepancy, Kind, compare
from course.claims.printed import Printed, settled
from course.reporting.sheet_cells import At, Cell, Cells, Value, same_formula

LIST, INPUTS, RESULTS = "Числа", "Вводные", "Итоги"
TOLERANCE = ".service.tolerance"  # of the checks: no result depends on it
FIRST = 4  # the row of the list's first figure
SINCE = 4  # the column of an input's first day or month
SHIFTED = 3  # so many rows with other titles are no corrections of words any more
NEAR, IRR_NEAR = 1e-9, 1e-6
IRR_MOST = 10.0  # 1000 % a year: no program's search gets there
Recount = Callable[[Mapping[str, float]], Cells | None]


@dataclass(frozen=True)
class Figure:
    """A figure of the list: its id, what it is, and its cell."""

    id: str
    title: str
    sheet: str
    at: At

    @property
    def is_input(self) -> bool:
        """Whether a person may change it; where a search begins is not read."""
        return self.sheet.endswith(INPUTS) and ".service.guess." not in self.id


def listed(book: Cells) -> tuple[Figure, ...]:
    """The figures of a book as its list names them."""
    sheet = book.sheets.get(LIST, {})
    rows = sorted({row for row, _ in sheet if row >= FIRST})
    texts = [[str(sheet[row, column].value) for column in range(1, 5)] for row in rows]
    return tuple(Figure(t[0], t[1], t[2], coordinate_to_tuple(t[3])) for t in texts)


def compare_books(made: Cells, back: Cells, recount: Recount) -> tuple[Discrepancy, ...]:
    """What differs, each cell or row once; `recount` gives the book with other inputs."""
    layout = {name: said for name in made.sheets if (said := _layout(name, made, back))}
    found = [Discrepancy(Kind.LAYOUT, "", f"Лист «{n}»", found=s) for n, s in layout.items()]
    figures = listed(made)
    inputs = {
        figure.id: (figure, _value(made, figure), _value(back, figure))
        for figure in figures
        if figure.is_input and figure.sheet not in layout
    }
    changed = {id: one for id, one in inputs.items() if not _near(one[1], one[2])}
    found += [
        Discrepancy(Kind.INPUT, id, figure.title, _words(was), _words(now))
        for id, (figure, was, now) in changed.items()
    ]
    forged = [
        one for name in made.sheets if name not in layout
        for one in _sheet(name, made, back, {f.at for f in figures if f.sheet == name and
                                                    name.endswith(INPUTS)})
    ]  # fmt: skip
    found += forged
    found += _additions(made, back, layout)
    if any(name.endswith(INPUTS) for name in layout):
        return (*found, _unknown("вводы стоят не на своих местах"))
    moved = any(one.kind is Kind.INPUT for one in forged)  # days are no scenario of the model
    return (*found, *_counted(made, back, figures, changed, recount, layout, forged, moved))


def _counted(
    made: Cells, back: Cells, figures: tuple[Figure, ...],
    changed: Mapping[str, tuple[Figure, Value, Value]], recount: Recount,
    layout: Mapping[str, str], forged: list[Discrepancy], moved: bool,
) -> list[Discrepancy]:  # fmt: skip
    """Results against those of the model with the inputs of the book."""
    shown = [
        cell.value
        for name, sheet in made.sheets.items()
        for at, own in sheet.items()
        if own.formula and (cell := back.sheets.get(name, {}).get(at)) and cell.formula
    ]
    if shown and all(value is None for value in shown):
        return [Discrepancy(Kind.UNCOUNTED, "", "")]
    expected = made
    given = {
        id: now for id, (_, _, now) in changed.items() if not id.endswith(".service.tolerance")
    }
    if given:
        numbers = {id: now for id, now in given.items() if isinstance(now, float)}
        counted = recount(numbers) if len(numbers) == len(given) and not moved else None
        if counted is None or listed(counted) != figures:
            return [_unknown("с такими вводами модель курса эту книгу пересчитать не может")]
        expected = counted
    elif moved:
        return [_unknown("с другими датами вводов модель курса эту книгу не пересчитывает")]
    found = _results(expected, back, figures, layout)
    if given and found and not _results(made, back, figures, layout):
        return [Discrepancy(Kind.UNCOUNTED, "", "")]
    broken = [one for one in forged if one.kind in (Kind.TYPED, Kind.FORMULA)]
    if not broken:
        return found + _rows(expected, back, figures, layout)
    named = [one for one in found if one.tag in back.names or one.kind is Kind.SWAPPED]
    if rest := len(found) - len(named):
        words = wording.count(rest, "число", "числа", "чисел")
        named.append(Discrepancy(Kind.FOLLOWED, "", "", found=words))
    return named


def _results(
    expected: Cells, back: Cells, figures: tuple[Figure, ...], layout: Mapping[str, str]
) -> list[Discrepancy]:
    """The figures of «Итоги», id by id."""
    was, stands, titles = [], [], {}
    owners = _owners(expected, figures)
    for figure in figures:
        value = _value(expected, figure)
        if not figure.sheet.endswith(RESULTS) or figure.id.endswith(".stated"):
            continue
        if ".irr" in figure.id and not (isinstance(value, float) and value < IRR_MOST):
            continue
        titles[figure.id] = figure.title
        was.append(Printed(figure.id, _words(value)))
        place = (figure.sheet, figure.at)
        if figure.id in expected.names:
            named = back.names.get(figure.id)
            if named is None:
                continue  # lost: without its name nobody can tell which figure it is
            place = named if figure.sheet in layout else place
            if named != place:
                titles[figure.id] += " (имя стоит у другой ячейки)"
                place = named
        elif figure.sheet in layout:
            was.pop()
            continue
        cell = back.sheets.get(place[0], {}).get(place[1])
        found = cell.value if cell else None
        near = IRR_NEAR if ".irr" in figure.id else NEAR
        text = _words(value) if _near(value, found, near) else owners(found)
        stands.append(Printed(figure.id, text))
    return list(compare(was, stands, titles))


def _owners(expected: Cells, figures: tuple[Figure, ...]) -> Callable[[Value], str]:
    """A value as words; if another figure has it but for rounding, in that figure's words."""
    known = {
        f"{value:.9e}": _words(value)
        for figure in figures
        if isinstance(value := _value(expected, figure), float)
    }
    return lambda value: (
        known.get(f"{value:.9e}", _words(value)) if isinstance(value, float) else _words(value)
    )


def _rows(
    expected: Cells, back: Cells, figures: tuple[Figure, ...], layout: Mapping[str, str]
) -> list[Discrepancy]:
    """Values of formulas that no id has: months of «Расчёт» and the checks, a row once."""
    known = {(figure.sheet, figure.at) for figure in figures}
    return [
        _at(Kind.CHANGED, name, sheet, ats, _words(sheet[ats[0]].value), _shown(back, name, ats[0]))
        for name, sheet in expected.sheets.items()
        if name not in layout
        for ats in _grouped(
            at
            for at, cell in sheet.items()
            if cell.formula
            and (name, at) not in known
            and not _near(cell.value, back.sheets[name].get(at, _NONE).value)
        )
    ]


def _sheet(name: str, made: Cells, back: Cells, free: set[At]) -> Iterator[Discrepancy]:
    """Formulas, words and constants of a sheet that are not the written ones; `free` are inputs."""
    ours, theirs = made.sheets[name], back.sheets[name]
    wrong: dict[Kind, list[At]] = {}
    for at, cell in ours.items():
        other = theirs.get(at, _NONE)
        if at not in free and (kind := _wrong(name, at, cell, other)):
            wrong.setdefault(kind, []).append(at)
    for kind, places in wrong.items():
        for ats in _grouped(places):
            first, other = ours[ats[0]], theirs.get(ats[0], _NONE)
            was = first.formula or _words(first.value)
            stands = other.formula if kind is Kind.FORMULA else _words(other.value)
            yield _at(kind, name, ours, ats, was, stands)


def _wrong(name: str, at: At, cell: Cell, other: Cell) -> Kind | None:
    """What is wrong with one cell; nothing if it is as it was written."""
    if cell.formula:
        if not other.formula:
            return Kind.TYPED
        return None if same_formula(cell.formula, other.formula) else Kind.FORMULA
    if other.formula:
        return Kind.FORMULA
    if _near(cell.value, other.value):
        return None
    if isinstance(cell.value, float):
        return Kind.INPUT if name.endswith(INPUTS) and at[1] == SINCE else Kind.CHANGED
    return Kind.WORDS


def _layout(name: str, made: Cells, back: Cells) -> str:
    """What has happened to a whole sheet; empty if its rows stand where they stood."""
    if name not in back.sheets:
        return "его нет"
    ours, theirs = made.sheets[name], back.sheets[name]
    other = [
        at for at, cell in ours.items() if at[1] == 1 and not cell.formula
        and not _near(cell.value, theirs.get(at, _NONE).value)
    ]  # fmt: skip
    if len(other) <= SHIFTED:
        return ""
    return f"строки вставлены, убраны или переставлены, начиная со строки {min(other)[0]}"


def _additions(made: Cells, back: Cells, layout: Mapping[str, str]) -> Iterator[Discrepancy]:
    for name, ours in made.sheets.items():
        added = sorted(set(back.sheets.get(name, {})) - set(ours)) if name not in layout else []
        if added:
            cells = ", ".join(map(_coordinate, added[:5])) + (" и другие" if added[5:] else "")
            yield Discrepancy(Kind.LAYOUT, "", f"Лист «{name}»", found=f"добавлены ячейки {cells}")


def _grouped(ats: Iterator[At] | list[At]) -> Iterator[list[At]]:
    """The cells of each row together."""
    for _, row in groupby(sorted(ats), key=lambda at: at[0]):
        yield list(row)


def _at(
    kind: Kind, name: str, sheet: Mapping[At, Cell], ats: list[At], was: str, stands: str
) -> Discrepancy:
    """A discrepancy of a row's cells, with the title of the row."""
    title = _words(sheet.get((ats[0][0], 1), _NONE).value)
    where = f"{name}!{_coordinate(ats[0])}"
    if len(ats) > 1:
        where += f" и ещё {wording.count(len(ats) - 1, 'ячейка', 'ячейки', 'ячеек')} строки"
    return Discrepancy(kind, where, title or f"Лист «{name}»", was, stands)


_NONE = Cell("", None)


def _coordinate(at: At) -> str:
    return f"{get_column_letter(at[1])}{at[0]}"


def _value(book: Cells, figure: Figure) -> Value:
    return book.sheets.get(figure.sheet, {}).get(figure.at, _NONE).value


def _shown(book: Cells, name: str, at: At) -> str:
    return _words(book.sheets[name].get(at, _NONE).value)


def _words(value: Value) -> str:
    """A value in Russian, sums to the kopeck."""
    if not isinstance(value, float):
        return value or ""
    return wording.trimmed(value, 2 if abs(value) >= 1000 else 6)


def _near(one: Value, other: Value, near: float = NEAR) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= near * max(1.0, abs(one), abs(other))
    texts = ("" if value is None else settled(str(value)) for value in (one, other))
    return next(texts) == next(texts)


def _unknown(why: str) -> Discrepancy:
    return Discrepancy(Kind.UNKNOWN, "", "", found=why)
