"""When a measure takes applications, and how much money there is: of a day, as far as is read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from course.norms import Edition, norms
from course.requirements.verdict import Outcome, Verdict
from course.support.condition import FAIL, NOT_APPLICABLE, PASS, UNKNOWN
from course.wording import day


class State(StrEnum):
    """Whether applications are taken on the day."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    NEEDLESS = "needless"

    @property
    def words(self) -> str:
        """The state in Russian."""
        return _WORDS[self]


_WORDS = {
    State.OPEN: "открыто",
    State.CLOSED: "закрыто",
    State.UNKNOWN: "не известно",
    State.NEEDLESS: "заявочного окна нет",
}
_OUTCOMES = {State.OPEN: PASS, State.CLOSED: FAIL, State.UNKNOWN: UNKNOWN,
             State.NEEDLESS: NOT_APPLICABLE}  # fmt: skip


@dataclass(frozen=True)
class Window:
    """The state of the window, in what words, and by which edition."""

    state: State
    words: str
    edition: Edition | None = None
    ask: str = ""

    def verdict(self, rule: str) -> Verdict:
        """The window as a condition: closed is a no of this day, unknown is unknown."""
        return Verdict(
            rule, "Окно приёма заявок", _OUTCOMES[self.state], self.edition, (self.words,),
            (self.ask,) if self.ask else (),
        )  # fmt: skip


NEEDLESS = Window(State.NEEDLESS, "Действует по закону, заявочного окна нет")


def window(rule: str | None, on: datetime.date) -> Window:
    """The window by the norm `rule`, whose editions are windows with their first and last day.

    Only a window of the same calendar year says that the measure is closed outside it: of years
    that nobody has read nothing is known.
    """
    if rule is None:
        ask = "Узнать, принимают ли заявки в этот день"
        return Window(State.UNKNOWN, "О сроках приёма в данных ничего нет", None, ask)
    known = [e for e in norms[rule].editions if e.known and e.since is not None]
    for edition in known:
        if edition.covers(on):
            return _confirmed(Window(State.OPEN, f"Заявки принимают: {edition.words}", edition))
    for edition in known:
        if edition.since and edition.since.year == on.year:
            later = on < edition.since
            words = f"{'Ещё не открыто' if later else 'Уже закрыто'}: {edition.words}"
            ask = f"Подать с {day(edition.since)}" if later else "Ждать следующего отбора"
            return _confirmed(Window(State.CLOSED, words, edition, ask))
    unread = next((e for e in norms[rule].editions if not e.known and e.covers(on)), None)
    last = max((e for e in known if e.until and e.until < on), key=_end, default=None)
    words = f"Последнее известное окно: {last.words}. О {on.year} годе не прочитано" if last else (
        f"Об отборах {on.year} года не прочитано")  # fmt: skip
    ask = unread.open if unread else f"Узнать об отборах {on.year} года"
    return Window(State.UNKNOWN, words, unread, ask)


def _end(edition: Edition) -> datetime.date:
    return edition.until or datetime.date.max


def _confirmed(found: Window) -> Window:
    if found.edition is not None and not found.edition.standing.confirmed:
        return Window(State.UNKNOWN, f"{found.words} (не подтверждено)", found.edition, found.ask)
    return found


@dataclass(frozen=True)
class Budget:
    """The money of the year: `amount` is `None` when nobody has read how much there is."""

    amount: float | None
    words: str
    edition: Edition | None = None
    ask: str = ""

    def verdict(self, rule: str) -> Verdict:
        """The money as a condition: none is a no, unread is unknown."""
        outcome: Outcome = PASS
        if self.amount is None:
            outcome = UNKNOWN
        elif self.amount <= 0:
            outcome = FAIL
        changes = (self.ask,) if self.ask else ()
        return Verdict(rule, "Деньги в бюджете", outcome, self.edition, (self.words,), changes)


def budget(rule: str | None, on: datetime.date) -> Budget:
    """The money of the day's year by the norm `rule`; an act in force may have none."""
    if rule is None:
        ask = "Узнать, сколько денег на меру в этом году"
        return Budget(None, "О деньгах на меру в данных ничего нет", None, ask)
    editions = norms[rule].editions
    found = next((e for e in editions if e.covers(on)), None)
    if found is None:
        past = [e for e in editions if e.known and e.until is not None and e.until < on]
        words = f"О деньгах {on.year} года не прочитано"
        if past:
            words += f"; последнее известное: {past[-1].words}, {past[-1].reference}"
        ask = f"Найти деньги {on.year} года"
        return Budget(None, words, past[-1] if past else None, ask)
    if not found.known or not found.standing.confirmed:
        return Budget(None, f"О деньгах {on.year} года не прочитано", found, found.open)
    if found.number == 0:
        words = f"Акт в силе, денег нет ({found.reference})"
        return Budget(0.0, words, found, "Ждать, пока в бюджете появятся деньги")
    return Budget(found.number, f"Денег на всех: {found.words} ({found.reference})", found)
