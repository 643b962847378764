"""Commands that open the course: JupyterLab for a person, the worked example."""

from __future__ import annotations

from pathlib import Path

from course.cli.asking import Arguments, Commands, folder_of
from course.cli.screen import _, say, show


def register(commands: Commands) -> None:
    """Add the commands of this group."""
    commands.add("lab", _lab, _("открыть тетради в браузере")).add_argument(
        "--instructor", action="store_true", help=_("с инструментами преподавателя")
    )
    commands.add("demo", _demo, _("показать всё на учебном примере, в build/demo"))


def _lab(asked: Arguments) -> int:
    from course import lab

    return lab.start(Path(asked.course or "."), instructor=asked.instructor, say=say)


def _demo(asked: Arguments) -> None:
    from course import demo

    demo.run(folder_of(asked), say=say, progress=show)
