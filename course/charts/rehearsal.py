"""Figures of a defence: marks of the jury, a team's own total, open remarks, the seven minutes."""

from __future__ import annotations

import statistics
import textwrap
from collections.abc import Sequence

from course.charts.frame import (
    DARK,
    HATCH,
    INK,
    LIGHT,
    MUTED,
    ON_WHITE,
    WARM,
    Picture,
    canvas,
    drawn,
    plain,
)
from course.wording import count, share, trimmed

BENEATH = 0.30  # how far dots of equal marks stand apart


@drawn
def scorecard(
    rows: Sequence[tuple[str, int, int | None, int | None]],
    *,
    top: int,
    raw: float,
    total: float,
    title: str = "",
    source: str,
) -> Picture:
    """Points by criterion: `(title, weight, own mark, mark that the data bear)`.

    The pale bar is the weight, the filled one what the own mark brings, the bold line what the
    data bear. `raw` are the points by marks, `total` what is left after the cap.
    """
    head = f"Итог {trimmed(total, 1)} из 100"
    if total < raw:
        head += f" (по отметкам {trimmed(raw, 1)}, но условия допуска выполнены не все)"
    picture = canvas(22.0 + 8.5 * len(rows), title=title, unit=head, source=source)
    axes = picture.add_subplot()
    plain(axes, "x")
    for place, (_, weight, mark, held) in enumerate(rows):
        axes.barh(place, weight, 0.7, color="white", ec=MUTED, lw=0.7)
        over = mark is not None and held is not None and mark > held
        axes.barh(place, weight * (mark or 0) / top, 0.7, color=WARM if over else LIGHT,
                  hatch=HATCH if over else None, ec=INK, lw=0.7)  # fmt: skip
        if held is not None:
            edge = weight * held / top
            axes.plot([edge, edge], [place - 0.45, place + 0.45], color=DARK, lw=3.0, zorder=5)
        said = "отметки нет" if mark is None else f"{mark} из {top}"
        if held is not None:
            said += f", данные держат {held}"
        axes.annotate(said, (weight, place), xytext=(5, 0), textcoords="offset points",
                      va="center", fontsize=8.5, bbox=ON_WHITE, zorder=6)  # fmt: skip
    axes.set_yticks(range(len(rows)), [textwrap.fill(row[0], 34) for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, max(row[1] for row in rows) * 1.55)
    legend = "; штриховка — отметка выше данных, жирная черта — данные"
    axes.set_xlabel("баллы из 100" + legend * any(row[3] is not None for row in rows))
    return picture


@drawn
def jury(
    rows: Sequence[tuple[str, Sequence[int]]], *, top: int, title: str = "", source: str
) -> Picture:
    """Marks of the jurors by criterion as dots, with their median (bold line) and mean (cross)."""
    picture = canvas(24.0 + 17.0 * len(rows), title=title, unit="отметка эксперта", source=source)
    axes = picture.add_subplot()
    plain(axes, "x")
    for place, (_, marks) in enumerate(rows):
        for mark in sorted(set(marks)):
            number = marks.count(mark)
            for step in range(number):
                shift = (step - (number - 1) / 2) * BENEATH * 0.5
                axes.plot(mark, place + shift, "o", ms=8, color=LIGHT, mec=INK, mew=0.8, zorder=4)
        median, mean = statistics.median(marks), statistics.fmean(marks)
        axes.plot([median] * 2, [place - 0.42, place + 0.42], color=DARK, lw=3.0, zorder=3)
        axes.plot(mean, place, "x", ms=9, color=INK, mew=1.8, zorder=5)
        said = f"медиана {trimmed(median, 1)}\nсреднее {trimmed(mean, 2)}\n"
        said += f"размах {max(marks) - min(marks)}"
        axes.text(top + 0.25, place, said, va="center", fontsize=8.5)
    axes.set_yticks(range(len(rows)), [textwrap.fill(row[0], 24) for row in rows])
    axes.set_ylim(len(rows) - 0.45, -0.55)
    axes.set_xlim(-0.25, top + 1.0)
    axes.set_xticks(range(top + 1))
    axes.set_xlabel("точка — эксперт, жирная черта — медиана, крест — среднее")
    return picture


@drawn
def readiness(
    rows: Sequence[tuple[str, int, int]], ready: float, *, title: str = "", source: str
) -> Picture:
    """Open remarks of a package by document: `(document, to mend, to complete)`."""
    picture = canvas(
        24.0 + 8.0 * len(rows), title=title, unit=f"Готовность пакета {share(ready)}", source=source
    )
    axes = picture.add_subplot()
    plain(axes, "x")
    for place, (_, faults, gaps) in enumerate(rows):
        axes.barh(place, faults, 0.62, color=WARM, hatch=HATCH, ec=INK, lw=0.7)
        axes.barh(place, gaps, 0.62, left=faults, color=LIGHT, ec=INK, lw=0.7)
        said = f"исправить {faults}, дополнить {gaps}" if faults + gaps else "замечаний нет"
        axes.annotate(said, (faults + gaps, place), xytext=(5, 0), textcoords="offset points",
                      va="center", fontsize=8.5)  # fmt: skip
    most = max((faults + gaps for _, faults, gaps in rows), default=0)
    axes.set_yticks(range(len(rows)), [row[0] for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, max(most, 2) * 1.7)
    axes.set_xticks(range(max(most, 2) + 1))
    axes.set_xlabel("замечаний; штриховка — исправить")
    return picture


@drawn
def minutes(
    rows: Sequence[tuple[str, float]], limit: float, *, title: str = "", source: str
) -> Picture:
    """A speech as a bar of its parts against the time that is given."""
    whole = sum(length for _, length in rows)
    spare = limit - whole
    words = {True: f"запас {trimmed(spare, 2)} мин", False: f"лишних {trimmed(-spare, 2)} мин"}
    unit = f"{trimmed(whole, 2)} из {trimmed(limit, 2)} мин; {words[spare >= 0]}"
    picture = canvas(26.0 + 7.0 * len(rows), title=title, unit=unit, source=source)
    axes = picture.add_subplot()
    plain(axes, "x")
    start = 0.0
    for place, (_, length) in enumerate(rows):
        late = start + length > limit + 1e-9
        axes.barh(place, length, 0.66, left=start, color=WARM if late else LIGHT,
                  hatch=HATCH if late else None, ec=INK, lw=0.7)  # fmt: skip
        axes.annotate(
            f"{trimmed(length, 2)} мин", (start + length, place), xytext=(4, 0),
            textcoords="offset points", va="center", fontsize=8.5, bbox=ON_WHITE,
        )  # fmt: skip
        start += length
    axes.axvline(limit, color=INK, lw=1.2, ls="--")
    parts = count(len(rows), "часть", "части", "частей")
    axes.set_yticks(range(len(rows)), [row[0] for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, max(limit, whole) * 1.15)
    axes.set_xlabel(f"минуты от начала, {parts}; пунктир — время вышло")
    return picture
