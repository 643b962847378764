"""Authored cells → a notebook with nbgrader's metadata, byte for byte the same each time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from course import wording
from course.authoring.percent import Cell
from course.authoring.rules import SETUP
from course.imports import quickly
from course.programme import Webinar

with quickly():
    import nbformat

_nbformat: Any = nbformat  # carries no types
_v4: Any = nbformat.v4

FORMAT = 1
KEY = "proclusters"  # our own metadata; nbgrader's schema allows no extra keys in its own
GUIDE_ID = "guide"
GUIDE = """\
> **Как открыть поля.** Выберите в меню «Выполнить» → «Запустить все ячейки». Под вопросами \
появятся поля. Не появились — подождите несколько секунд и повторите. Ответы записываются сами, \
рядом с полем стоит время записи. Если поле перестало отвечать, выберите «Ядро» → «Перезапустить \
ядро и Запустить все ячейки…»: записанные ответы вернутся в поля.
"""
CORRECTED_ID = "corrected"
# the first line of folded code is what a participant sees of it
_FOLDED = {"read": "# Пояснение", "form": "# Поле для ответа", "tests": "# Проверка"}


def notebook(cells: Iterable[Cell], webinar: Webinar) -> str:
    """The text of the source notebook of a webinar."""
    authored = [_cell(cell) for cell in cells]
    # after the title, so that the title stays the first thing that is read
    built = [*authored[:1], _guide(), *_corrections(webinar), *authored[1:]]
    content = _v4.new_notebook(
        cells=built,
        metadata={
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"
            },
            "language_info": {
                "name": "python", "file_extension": ".py", "mimetype": "text/x-python",
                "pygments_lexer": "ipython3",
            },
            "title": f"Вебинар {webinar.number}. {webinar.title}",
            KEY: {
                "format": FORMAT,
                "assignment": webinar.name,
                "points": webinar.points,
                "as_of": webinar.released.isoformat(),
                **({"corrections": len(webinar.corrected)} if webinar.corrected else {}),
                "language": "ru",
            },
        },
    )  # fmt: skip
    content.nbformat_minor = 5
    _nbformat.validate(content)
    return str(_nbformat.writes(content, version=_nbformat.NO_CONVERT)) + "\n"


def _guide() -> Any:
    return _cell(Cell("read", GUIDE_ID, "markdown", GUIDE.strip(), 0))


def _corrections(webinar: Webinar) -> list[Any]:
    """A cell that tells what was mended after the release, if anything was."""
    if not webinar.corrected:
        return []
    lines = [
        "> **Тетрадь исправлена.** Ваши ответы сохранены: перечитайте то, что изменилось.",
        ">",
    ]
    lines += [f"> - {wording.day(each.on)}: {each.what}" for each in webinar.corrected]
    return [_cell(Cell("read", CORRECTED_ID, "markdown", "\n".join(lines), 0))]


def _cell(cell: Cell) -> Any:
    metadata: dict[str, Any] = {"nbgrader": _nbgrader(cell), KEY: {"role": cell.role}}
    if cell.kind == "code" and cell.role != "solution":
        metadata["jupyter"] = {"source_hidden": True}
        metadata["tags"] = ["hide-input"]
        metadata["transient"] = {"remove_source": True}  # nbconvert: printing shows no code
        head = "# Подготовка тетради" if cell.id == SETUP else _FOLDED[cell.role]
        return _v4.new_code_cell(f"{head}\n{cell.source}", id=cell.id, metadata=metadata)
    if cell.kind == "markdown":
        return _v4.new_markdown_cell(cell.source, id=cell.id, metadata=metadata)
    return _v4.new_code_cell(cell.source, id=cell.id, metadata=metadata)


def _nbgrader(cell: Cell) -> dict[str, Any]:
    """Metadata of nbgrader's schema 3 for a cell of this role."""
    metadata: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": cell.id,
        "grade": cell.role == "tests",
        "solution": cell.role == "solution",
        "task": cell.role == "task",
        "locked": cell.role != "solution",
    }
    if cell.points:
        metadata["points"] = int(cell.points) if cell.points.is_integer() else cell.points
    return metadata
