"""Commands about the defence: rehearsal, jury sheets, protocol."""

from __future__ import annotations

from course.cli.asking import Arguments, Commands, day, folder_of
from course.cli.screen import _, say, show


def register(commands: Commands) -> None:
    """Add the commands of this group."""
    defence = commands.add("defence", _defence, _("репетиция, листы жюри и протокол очной защиты"))
    defence.add_argument("what", choices=["sheets", "protocol", "rehearse"],
                         metavar="sheets|protocol|rehearse")  # fmt: skip
    defence.add_argument(
        "team", nargs="?", metavar=_("ИМЯ_КОМАНДЫ"), help=_("кто репетирует: папка в teams/")
    )
    defence.add_argument("--on", type=day, metavar=_("ДЕНЬ"), help=_("на какой день репетиция"))


def _defence(asked: Arguments) -> None:
    from course import defence

    folder = folder_of(asked)
    if asked.what == "sheets":
        made = defence.make_sheets(folder, show)
    elif asked.what == "rehearse":
        made = defence.make_rehearsal(folder, asked.team, on=asked.on)
    else:
        made = defence.make_protocol(folder)
    for path in made:
        say(f"  {path.relative_to(folder.root)}")
