"""Checks of answers: plain data in, a `Result` out, never an exception for what a person entered.

A check is made of parts. Each part earns a share of the exercise's points; the shares add up to at
most 1, and the points lie between 0 and the exercise's, whatever was entered. Known mistakes are
written as `(value, share, hint)`: who answered so gets that share and that hint.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from course.forms import tables
from course.forms.tables import empty, is_number, near

Mistake = tuple[Any, float, str]

MISSING = "Ответа нет."
UNFIT = "Ответ записан не так, как ждёт задание: заполните поле заново."


@dataclass(frozen=True)
class Result:
    """What an exercise earned: `earned` of `max` points, a sentence, and hints (may be empty)."""

    exercise: str
    earned: float
    max: float
    message: str
    hint: str = ""

    def as_data(self) -> dict[str, Any]:
        """The result as JSON data."""
        return asdict(self)


@dataclass
class Check:
    """The check of one exercise. Call parts, then `done()`.

    `report` shows the result to whoever runs the check and says what the cell's last value is.
    A check made only of `part`s tells no `model` answer.
    """

    exercise: str
    points: float
    answer: Any
    report: Callable[[Check], float | None]
    parts: list[tuple[float, str, str]] = field(default_factory=list)
    model: Any = None  # an answer that gets full marks from the parts so far, where they tell one

    def number(
        self,
        right: float,
        *,
        tolerance: float = 1e-9,
        mistakes: Sequence[Mistake] = (),
        hint: str = "",
        share: float = 1.0,
    ) -> None:
        """Full `share` within `tolerance` of `right`; a known mistake earns its own part."""
        self.model = right
        self._judge(lambda value: near(value, right, tolerance), is_number,
                    lambda value, known: near(value, known, tolerance),
                    mistakes, hint, share)  # fmt: skip

    def choice(
        self,
        right: str | Collection[str],
        *,
        mistakes: Sequence[Mistake] = (),
        hint: str = "",
        share: float = 1.0,
    ) -> None:
        """Full `share` for the right key, or for any of several right ones."""
        accepted = {right} if isinstance(right, str) else set(right)
        self.model = right if isinstance(right, str) else min(right)
        self._judge(lambda value: value in accepted, _text,
                    lambda value, known: bool(value == known), mistakes, hint, share)  # fmt: skip

    def date(
        self,
        right: str,
        *,
        mistakes: Sequence[Mistake] = (),
        hint: str = "",
        share: float = 1.0,
    ) -> None:
        """Full `share` for the day `right`, written `2026-11-22`."""
        self.choice(right, mistakes=mistakes, hint=hint, share=share)

    def choices(
        self,
        right: Collection[str],
        *,
        cost: float = 1.0,
        hints: Mapping[str, str] | None = None,
        mistakes: Sequence[Mistake] = (),
        hint: str = "",
        share: float = 1.0,
    ) -> None:
        """Each right pick earns its part, each wrong one costs `cost` such parts.

        `hints` belong to single options: told when the option is wrongly picked or left out.
        `mistakes` are whole sets of picks.
        """
        wanted = set(right)
        self.model = sorted(wanted)

        def earned(picks: set[str]) -> tuple[float, list[str]]:
            off = [key for key in (hints or {}) if key in picks ^ wanted]
            hits = len(picks & wanted) - cost * len(picks - wanted)
            return hits / len(wanted), [(hints or {})[key] for key in off]

        def judge(value: Any) -> tuple[float, list[str]]:
            picks = set(value)
            known = _known(mistakes, lambda other: set(other) == picks)
            return known or earned(picks)

        self._partial(_texts, judge, hint, share)

    def match(
        self,
        right: Mapping[str, str],
        *,
        hints: Mapping[str, str] | None = None,
        mistakes: Sequence[Mistake] = (),
        hint: str = "",
        share: float = 1.0,
    ) -> None:
        """Each right pair earns its part; `hints` belong to items and are told for wrong ones."""
        self.model = dict(right)

        def judge(value: Any) -> tuple[float, list[str]]:
            known = _known(mistakes, lambda other: other == value)
            wrong = [key for key in right if value.get(key) != right[key]]
            told = [(hints or {})[key] for key in wrong if key in (hints or {})]
            return known or (1 - len(wrong) / len(right), told)

        self._partial(_mapping, judge, hint, share)

    def table(
        self,
        right: Sequence[Mapping[str, Any]],
        *,
        key: str = "row",
        tolerance: float = 1e-9,
        count: Literal["all", "filled"] = "all",
        hints: Mapping[str, str] | None = None,
        mistakes: Sequence[Mistake] = (),
        hint: str = "",
        share: float = 1.0,
    ) -> None:
        """Cell by cell: each right cell earns its part; a row too many costs a row.

        Rows are found by the column `key` (named rows have `row`). Cells that `right` leaves out
        are not looked at; a cell that is `None` there must be empty. With `count="filled"` only
        the cells with a value there earn, and one that should be empty costs as much. `hints`
        belong to columns.
        """
        self.model = [dict(row) for row in right]

        def judge(value: Any) -> tuple[float, list[str]]:
            known = _known(mistakes, lambda other: tables.same(other, value, key, tolerance))
            earned, wrong = tables.compared(right, value, key, tolerance, count == "filled")
            return known or (earned, [(hints or {})[name] for name in hints or {} if name in wrong])

        self._partial(_table, judge, hint, share)

    def cell(self, row: str, column: str, *, key: str = "row") -> Any:
        """The cell of an answered table, or `None`, whatever was entered."""
        if not _table(self.answer):
            return None
        return next((line.get(column) for line in self.answer if line.get(key) == row), None)

    def part(self, share: float, passed: bool, message: str = "", hint: str = "") -> None:
        """A part of one's own: `share` of the points if `passed`, else `hint`."""
        self.parts.append((_clamp(share) if passed else 0.0, message, "" if passed else hint))

    def result(self) -> Result:
        """The result of all parts so far."""
        earned = round(self.points * _clamp(sum(earned for earned, _, _ in self.parts)), 6)
        messages = [message for _, message, _ in self.parts if message]
        hints = list(dict.fromkeys(hint for _, _, hint in self.parts if hint))
        if earned >= self.points and self.points > 0:
            return Result(self.exercise, earned, self.points, " ".join(messages) or "Верно.")
        verdict = "Верно частично." if earned else "Пока неверно."
        return Result(
            self.exercise, earned, self.points, " ".join(messages) or verdict, " ".join(hints)
        )

    def done(self) -> float | None:
        """Shows the result. At grading the value is the points, which nbgrader reads."""
        return self.report(self)

    def _judge(
        self,
        passes: Callable[[Any], bool],
        fits: Callable[[Any], bool],
        same: Callable[[Any, Any], bool],
        mistakes: Sequence[Mistake],
        hint: str,
        share: float,
    ) -> None:
        def judge(value: Any) -> tuple[float, list[str]]:
            if passes(value):
                return 1.0, []
            return _known(mistakes, lambda other: same(value, other)) or (0.0, [])

        self._partial(fits, judge, hint, share)

    def _partial(
        self,
        fits: Callable[[Any], bool],
        judge: Callable[[Any], tuple[float, list[str]]],
        hint: str,
        share: float,
    ) -> None:
        """Add a part: what `judge` says of a fitting answer, a sentence for any other."""
        if empty(self.answer):
            self.parts.append((0.0, MISSING, ""))
        elif not fits(self.answer):
            self.parts.append((0.0, UNFIT, ""))
        else:
            earned, hints = judge(self.answer)
            earned = _clamp(earned)
            told = "" if earned >= 1 else " ".join(hints) or hint
            self.parts.append((earned * _clamp(share), "", told))


def _known(
    mistakes: Sequence[Mistake], same: Callable[[Any], bool]
) -> tuple[float, list[str]] | None:
    """The share and the hint of the known mistake that the answer is, if any."""
    return next(((share, [hint]) for value, share, hint in mistakes if same(value)), None)


def _clamp(share: float) -> float:
    return min(1.0, max(0.0, share)) if math.isfinite(share) else 0.0


def _text(value: object) -> bool:
    return isinstance(value, str)


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _mapping(value: object) -> bool:
    return isinstance(value, dict)


def _table(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)
