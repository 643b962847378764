"""Commands about webinars: from the authored text to what participants open."""

from __future__ import annotations

from course.cli.asking import Arguments, Commands, folder_of, webinars
from course.cli.screen import _, say, show


def register(commands: Commands) -> None:
    """Add the commands of this group."""
    commands.add_for_webinars("build", _build, _("собрать тетради из авторского текста"))
    commands.add_for_webinars("release", _release, _("подготовить тетради для участников"))
    preview = commands.add("preview", _preview, _("показать вебинар, пока вы его пишете"))
    preview.add_argument("webinar", metavar=_("ВЕБИНАР"), help=_("номер или имя"))
    preview.add_argument("--filled", action="store_true", help=_("с образцовыми ответами"))


def _build(asked: Arguments) -> None:
    from course import authoring

    folder = folder_of(asked)
    for name in webinars(asked.webinar, folder):
        say(_("Собираю {}").format(name))
        authoring.build(folder, [name], show)


def _release(asked: Arguments) -> None:
    from course import authoring, lab

    folder = folder_of(asked)
    for name in webinars(asked.webinar, folder):
        say(_("Готовлю к выдаче {}").format(name))
        authoring.release(folder, [name], show)
    lab.vouch(folder)


def _preview(asked: Arguments) -> int:
    from course.lab import proof

    folder = folder_of(asked)
    (name,) = webinars([asked.webinar], folder)
    return proof.preview(folder, name, filled=asked.filled, say=say)
