"""What grading a cohort ended with, in words for the instructor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from course.grading.intake import Quarantined
from course.plain import line
from course.wording import count

_SHOWN = 3  # notes of one person that the summary repeats


@dataclass(frozen=True)
class Summary:
    """One run over one assignment: who was graded, who was not, and why.

    `repaired` are people with their notes, `waiting` those with a part to be graded by hand,
    `faults` what is wrong with the assignment itself: its authors have to look. `unprotected` are
    cells that can be checked only inside a participant's program. `suspect` are people whose token
    does not fit, with the reason: their work is graded on the variant that it was written for.
    `level` is that of the sandbox, empty where no program of a participant ran. `unseen` are cells
    with the people whose answer was of a kind that can't be sent out of their program.
    """

    assignment: str
    graded: tuple[str, ...]
    unchanged: tuple[str, ...]
    repaired: tuple[tuple[str, tuple[str, ...]], ...]
    quarantined: tuple[Quarantined, ...]
    waiting: tuple[str, ...]
    faults: tuple[str, ...]
    unprotected: tuple[str, ...] = ()
    suspect: tuple[tuple[str, str], ...] = ()
    level: str = ""
    unseen: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The summary as Russian lines for the terminal."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        if not (self.graded or self.unchanged or self.quarantined):
            yield f"{self.assignment}: никто ещё не сдал."
        else:
            yield f"{self.assignment}: проверено {_works(self.graded)}."
        if self.unchanged:
            yield f"Без изменений: {_works(self.unchanged)}."
        if self.repaired:
            yield f"С замечаниями приёмки: {_works(self.repaired)}."
            for person, notes in self.repaired:
                more = f" И ещё: {len(notes) - _SHOWN}." if len(notes) > _SHOWN else ""
                yield f"  {person}: {line(' '.join(notes[:_SHOWN]), 400)}{more}"
        if self.quarantined:
            yield f"Не проверено: {_works(self.quarantined)}."
            yield from (f"  {each.person}: {line(each.reason, 400)}" for each in self.quarantined)
        if self.suspect:
            yield f"Посмотрите сами, чья это работа: {_works(self.suspect)}."
            yield from (f"  {person}: {line(reason, 200)}." for person, reason in self.suspect)
        if self.waiting:
            yield f"Ждут проверки преподавателем: {_works(self.waiting)}."
        if self.level == "reduced":
            yield "Внимание: программы участников выполнялись в облегчённой песочнице."
            yield "  Чужие файлы, сеть и другие процессы были для них закрыты."
            yield "  Не закрыты имена и размеры файлов, чьё место угадано, и нагрузка компьютера."
        if self.level == "unsandboxed":
            yield "Внимание: программы участников выполнялись без песочницы."
            yield "  Они могли прочитать и изменить всё, что на этом компьютере доступно вам."
        if self.unprotected:
            cells = ", ".join(f"«{line(cell, 60)}»" for cell in self.unprotected)
            yield f"Проверены внутри программы участника, без защиты от подделки: {cells}."
        for cell, people in self.unseen:
            whose = line(", ".join(people), 200)
            yield f"Посмотрите сами «{line(cell, 60)}», {_works(people)}: {whose}."
            yield "  Ответ там такого вида, что проверке его не передать: баллов за него нет."
        yield from (f"Внимание авторам задания. {line(fault, 300)}" for fault in self.faults)


def closing(summaries: Sequence[Summary]) -> Iterator[str]:
    """What a run over several assignments ended with, and what to do next."""
    graded, unchanged, quarantined, waiting = (
        tuple(chain.from_iterable(works))
        for works in (
            [each.graded for each in summaries],
            [each.unchanged for each in summaries],
            [each.quarantined for each in summaries],
            [each.waiting for each in summaries],
        )
    )
    if not (graded or unchanged or quarantined):
        yield "Работ нет. Принять присланные: proclusters collect ПАПКА (или архив zip)."
        return
    if len(summaries) > 1:
        kept = f", без изменений {len(unchanged)}" if unchanged else ""
        left = f", не проверено {len(quarantined)}" if quarantined else ""
        hand = f", ждут преподавателя {len(waiting)}" if waiting else ""
        yield f"Всего: проверено {_works(graded)}{kept}{left}{hand}."
    if waiting:
        yield (
            "Дальше: развёрнутые ответы. Лист экспертам: proclusters experts ВЕБИНАР --to "
            "лист.xlsx. Или formgrader: proclusters lab --instructor."
        )
    elif graded:
        yield "Дальше: отзывы участникам, proclusters feedback."


def _works(items: tuple[object, ...]) -> str:
    return count(len(items), "работа", "работы", "работ")
