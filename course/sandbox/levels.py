"""How well a program is held: fully, reduced, or not at all; and what can be had here."""

from __future__ import annotations

import os

from course.errors import Fault, GradingError
from course.sandbox import bubblewrap, reduced

FULL = "full"  # bubblewrap
REDUCED = "reduced"  # Landlock, where namespaces are denied and an administrator allows it
NONE = "unsandboxed"  # only where it is asked for on the very call: nothing holds the program
ALLOWED = "PROCLUSTERS_SANDBOX"  # the variable with which an administrator allows `REDUCED`
_ORDER = ("", NONE, REDUCED, FULL)


def require(level: str = FULL) -> None:
    """Refuse, before any submission is read, where the sandbox that was asked for can't be had."""
    reason = {FULL: bubblewrap.refusal, REDUCED: reduced.refusal}.get(level, str)()
    if reason and level == REDUCED:
        raise GradingError(
            Fault("", "", f"облегчённая песочница не запускается: {reason}",
                  f"Уберите {ALLOWED} и установите bubblewrap, или проверяйте на компьютере с "
                  "Linux 6.12 или новее. Задания с одними формами проверяются и без песочницы")
        )  # fmt: skip
    if reason:
        raise GradingError(
            Fault("", "", f"песочница для программ участников не запускается: {reason}",
                  "Установите bubblewrap (пакет bubblewrap; в Ubuntu 24.04 ещё apparmor-profiles с "
                  "профилем bwrap-userns-restrict). Задания с одними формами проверяются и без "
                  "неё. Там, где она запрещена системой, администратор может разрешить "
                  f"облегчённую: {ALLOWED}={REDUCED}. Работы, которым вы доверяете, проверит ключ "
                  "--no-sandbox")
        )  # fmt: skip


def chosen() -> str:
    """The level for this machine: less than `FULL` only where that can't be had and is allowed."""
    return REDUCED if os.environ.get(ALLOWED) == REDUCED and bubblewrap.refusal() else FULL


def weaker(level: str, other: str) -> bool:
    """Whether what ran at a `level` was held less than it would be at the `other` one."""
    return _ORDER.index(level) < _ORDER.index(other) if {level, other} <= {*_ORDER} else True
