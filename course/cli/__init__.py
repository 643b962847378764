"""The command `proclusters`: what a person can ask for, and nothing else.

Messages are Russian; `PROCLUSTERS_LANG=en` makes help and progress English. Every command works
from any folder inside a course. Exit codes: 0 done, 1 done but something needs attention, 2
refused, 130 interrupted.

A group of commands is a module with `register`; it holds no logic and imports what it calls only
when it is called.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from course.cli import classroom, defence, grades, law, people, teams, thread, webinars
from course.cli.asking import Commands
from course.cli.screen import _, plain, prepare
from course.errors import CourseError

FAULTS, SIGNS = 200, 2_000  # what is shown of faults: somebody else's file may hold any number
GROUPS = (webinars, grades, people, teams, thread, law, defence, classroom)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code. Tracebacks are shown only with `--debug`."""
    prepare()
    parser = _parser()
    try:
        asked = parser.parse_args(arguments)
        return int(asked.command(asked) or 0)
    except CourseError as error:
        if "--debug" in (sys.argv if arguments is None else arguments):
            raise
        for fault in error.faults[:FAULTS]:
            print(plain(str(fault)[:SIGNS]), file=sys.stderr)
        if len(error.faults) > FAULTS:
            print(_("И ещё: {}.").format(len(error.faults) - FAULTS), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\n" + _("Прервано. Сделанное сохранено; команду можно повторить."), file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 — the reader went away
        return 0
    except Exception as error:
        if "--debug" in (sys.argv if arguments is None else arguments):
            raise
        kind = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        print(_("Внутренняя ошибка: {}").format(plain(kind)), file=sys.stderr)
        print(_("Подробности покажет ключ --debug."), file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="proclusters",
        description=_("Рабочие тетради программы «PROКЛАСТЕРЫ»: сборка, проверка, отчёты."),
    )
    commands = Commands(parser)
    for group in GROUPS:
        group.register(commands)
    return parser
