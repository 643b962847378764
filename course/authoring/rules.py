"""What the code of a webinar may do, read from its syntax tree before anything runs.

The rules keep three things true: a check reads answers and nothing else, so that it can run apart
from a participant's code; what gives an answer away stands in regions that nbgrader strips; and
the text uses only the public names of the course.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import course
from course.authoring.percent import Cell
from course.errors import Fault

ASKS = ("number", "choice", "choices", "table", "text", "date", "match", "step")
BEGIN, END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
BEGIN_SCHEME, END_SCHEME = "### BEGIN MARK SCHEME", "### END MARK SCHEME"
SETUP = "setup"

_STANDARD = {"datetime": {"date"}}  # besides `course`: a day can be written in no other way


@dataclass(frozen=True)
class Exercise:
    """An exercise checked by the cell `cell` for `points`."""

    id: str
    cell: str
    points: float


@dataclass(frozen=True)
class Survey:
    """What the code of a webinar asks (id → kind) and checks, and what is wrong in it."""

    asks: Mapping[str, str]
    exercises: tuple[Exercise, ...]
    faults: tuple[Fault, ...]


def survey(cells: Iterable[Cell], assignment: str, name: str) -> Survey:
    """Reads all code cells; `name` names the file in messages."""
    return _Surveyor(tuple(cells), assignment, name).survey()


class _Surveyor:
    def __init__(self, cells: tuple[Cell, ...], assignment: str, name: str) -> None:
        self.cells = cells
        self.assignment = assignment
        self.name = name
        self.faults: list[Fault] = []
        self.asks: dict[str, str] = {}
        self.exercises: list[Exercise] = []

    def fault(self, line: int, what: str, remedy: str = "") -> None:
        self.faults.append(Fault(self.name, f"строка {line}", what, remedy))

    def survey(self) -> Survey:
        trees = {cell.id: tree for cell in self.cells if (tree := self._parse(cell))}
        self._setup(trees)
        for cell in self.cells:
            if cell.id in trees:
                self._imports(cell, trees[cell.id])
                self._asks(cell, trees[cell.id])
        bound = _bound(trees[SETUP]) if SETUP in trees else set()
        for cell in self.cells:
            self._regions(cell)
            if cell.role == "tests" and cell.id in trees:
                self._tests(cell, trees[cell.id], bound)
        return Survey(self.asks, tuple(self.exercises), tuple(self.faults))

    def _parse(self, cell: Cell) -> ast.Module | None:
        if cell.kind != "code":
            return None
        try:
            return ast.parse(cell.source)
        except SyntaxError as error:
            self.fault(cell.line + (error.lineno or 1) - 1, "код ячейки не читается")
            return None

    def _setup(self, trees: Mapping[str, ast.Module]) -> None:
        """The first code cell is `setup` and opens the form of this very assignment."""
        first = next((cell for cell in self.cells if cell.kind == "code"), None)
        if first is None or first.id != SETUP or first.role not in ("form", "read"):
            line = first.line if first else 1
            self.fault(line, f"первая ячейка с кодом должна называться {SETUP}",
                       f'Заголовок: # %% role="form" id="{SETUP}"')  # fmt: skip
            return
        opened = [
            call.args[0].value
            for call in _calls(trees.get(SETUP))
            if isinstance(call.func, ast.Name)
            and call.func.id == "open_form"
            and len(call.args) == 1
            and isinstance(call.args[0], ast.Constant)
        ]
        if opened != [self.assignment]:
            self.fault(first.line, "ячейка setup должна один раз открыть форму этой тетради",
                       f'Строка: ask = open_form("{self.assignment}")')  # fmt: skip

    def _imports(self, cell: Cell, tree: ast.Module) -> None:
        for node in ast.walk(tree):
            line = cell.line + getattr(node, "lineno", 1) - 1
            if isinstance(node, ast.Import):
                self.fault(line, "импорт целого модуля", "Только: from course import …")
            elif isinstance(node, ast.ImportFrom):
                allowed = {"course": set(course.__all__), **_STANDARD}.get(node.module or "", set())
                for alias in node.names:
                    if alias.name not in allowed or node.level:
                        self.fault(line, f"импорт {alias.name} из {node.module} не разрешён",
                                   "Тетрадь берёт только открытые имена course")  # fmt: skip

    def _asks(self, cell: Cell, tree: ast.Module) -> None:
        for call in _calls(tree):
            kind = _method_of_ask(call)
            if kind not in ASKS:
                continue
            line = cell.line + call.lineno - 1
            id = _literal(call.args[0]) if call.args else None
            if cell.role != "form":
                self.fault(line, f"поле стоит в ячейке с ролью {cell.role}", "Нужна роль form")
            if id is None:
                self.fault(line, f"ask.{kind}: имя поля не записано буквами", 'Например, "density"')
            elif id in self.asks:
                self.fault(line, f"поле «{id}» уже есть", "Имена полей различны")
            else:
                self.asks[id] = kind

    def _regions(self, cell: Cell) -> None:
        """Hidden regions stand where nbgrader strips them, and every graded cell has one."""
        for role, begin, end, words in (
            ("tests", BEGIN, END, "скрытой проверки"),
            ("task", BEGIN_SCHEME, END_SCHEME, "критериев оценки"),
        ):
            begins = [line.strip() == begin for line in cell.source.splitlines()]
            ends = [line.strip() == end for line in cell.source.splitlines()]
            hinted = re.search(rf"(BEGIN|END) {begin.split('BEGIN ')[1]}", cell.source)
            paired = sum(begins) == sum(ends) == 1 and begins.index(True) < ends.index(True)
            if cell.role == role and not paired:
                self.fault(cell.line, f"нет {words} или её границы стоят не парой",
                           f"Границы: строка «{begin}» и строка «{end}»")  # fmt: skip
            elif cell.role != role and hinted:
                self.fault(cell.line, f"граница {words} в ячейке с ролью {cell.role}",
                           f"Ей место в ячейке с ролью {role}")  # fmt: skip

    def _tests(self, cell: Cell, tree: ast.Module, bound: set[str]) -> None:
        checks = [call for call in _calls(tree) if _method_of_ask(call) == "check"]
        if len(checks) != 1:
            self.fault(cell.line, "в ячейке проверки нужен ровно один вызов ask.check",
                       f'Например, ask.check("density", points={cell.points:g})')  # fmt: skip
            return
        call = checks[0]
        line = cell.line + call.lineno - 1
        id = _literal(call.args[0]) if call.args else None
        points = next((_value(word.value) for word in call.keywords if word.arg == "points"), None)
        if points != cell.points:
            self.fault(line, f"баллы в ask.check не равны баллам ячейки ({cell.points:g})")
        if id not in self.asks:
            self.fault(line, f"проверка упражнения «{id}», которого нет среди полей")
        elif any(exercise.id == id for exercise in self.exercises):
            self.fault(line, f"упражнение «{id}» проверяется дважды")
        else:
            self.exercises.append(Exercise(id or "", cell.id, cell.points))
        if ast.unparse(tree.body[-1]) != "check.done()":
            self.fault(cell.line, "ячейка проверки должна кончаться строкой check.done()")
        self._shown(cell, tree)
        stray = sorted(_loaded(tree) - bound - _bound(tree) - set(dir(builtins)))
        if stray:
            self.fault(cell.line, f"проверка берёт {', '.join(stray)} не из ячейки {SETUP}",
                       "Проверки идут без остальной тетради: задайте имя в setup")  # fmt: skip

    def _shown(self, cell: Cell, tree: ast.Module) -> None:
        """What a participant sees of a check: its beginning and `check.done()`, nothing else."""
        lines = [line.strip() for line in cell.source.splitlines()]
        if BEGIN not in lines or END not in lines:
            return
        first, last = lines.index(BEGIN) + 1, lines.index(END) + 1
        visible = [node for node in tree.body if not first < node.lineno < last]
        for node in visible:
            text = ast.unparse(node)
            if not re.match(r"check = ask\.check\(|check\.done\(\)$", text):
                self.fault(cell.line + node.lineno - 1, "проверка видна участнику",
                           f"Перенесите её между «{BEGIN}» и «{END}»")  # fmt: skip


def hidden_lines(cells: Iterable[Cell]) -> Iterator[str]:
    """The lines of all hidden regions: none of them may reach a participant."""
    for cell in cells:
        inside = False
        for line in cell.source.splitlines():
            if line.strip() in (END, END_SCHEME):
                inside = False
            if inside and line.strip():
                yield line.strip()
            if line.strip() in (BEGIN, BEGIN_SCHEME):
                inside = True


def _calls(tree: ast.AST | None) -> Iterator[ast.Call]:
    if tree is not None:
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _method_of_ask(call: ast.Call) -> str:
    func = call.func
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
        return func.attr if func.value.id == "ask" else ""
    return ""


def _literal(node: ast.expr) -> str | None:
    value = _value(node)
    return value if isinstance(value, str) else None


def _value(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _bound(tree: ast.AST) -> set[str]:
    """All names that the code binds anywhere: assignments, imports, functions, parameters."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)
             and isinstance(node.ctx, ast.Store)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.alias):
            names.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
    return names


def _loaded(tree: ast.AST) -> set[str]:
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
