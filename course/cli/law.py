"""The command about norms: what holds, what is not known, what has changed."""

from __future__ import annotations

import datetime
from pathlib import Path

from course.cli.asking import Arguments, Commands, day
from course.cli.screen import _, say, tell
from course.errors import Fault, NormError


def register(commands: Commands) -> None:
    """Add the commands of this group."""
    law = commands.add("law", _law, _("показать нормы и их источники"))
    law.add_argument("what", choices=["list", "show", "open", "stale", "diff", "page"],
                     metavar="list|show|open|stale|diff|page")  # fmt: skip
    law.add_argument("name", nargs="?", metavar=_("НОРМА"))
    law.add_argument("--on", type=day, metavar=_("ДЕНЬ"), help=_("на какой день"))
    law.add_argument("--from", dest="since", type=day, metavar=_("ДЕНЬ"), help=_("с какого дня"))
    law.add_argument("--to", dest="until", type=day, metavar=_("ДЕНЬ"), help=_("по какой день"))
    law.add_argument("--today", type=day, default=datetime.date.today(), metavar=_("ДЕНЬ"),
                     help=_("какой день считать сегодняшним (для stale)"))  # fmt: skip
    law.add_argument("--json", action="store_true", help=_("вывод в JSON"))


def _law(asked: Arguments) -> None:
    from course import files
    from course.norms import listing, norms, page

    if asked.what == "page":
        if asked.on is None:
            raise NormError(Fault("", "law page", "не указан день", "Добавьте --on ГГГГ-ММ-ДД"))
        files.write_text(Path("law.html"), page.html(norms, asked.on))
        say("law.html")
        return
    moment = asked.today if asked.what == "stale" else asked.on
    answer = listing.answer(asked.what, asked.name, moment, asked.since, asked.until)
    tell(answer, json_wanted=asked.json)
