"""Weaker versions of a check: each lets pass what the author's own refuses.

    for what, source in weakened(source_of_the_tests_cell): …

A check is as strong as its typical mistakes: if a weaker version gives every mistake the very
score that its author wrote down, the exercise has a hole that nobody would see.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

Change = Callable[[ast.Call], None]
PARTS = ("number", "choice", "date", "choices", "match", "table", "part")
WIDER = 10  # times the tolerance


def weakened(source: str) -> Iterator[tuple[str, str]]:
    """What was weakened, and the cell with just that changed."""
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if _part(node)]
    for index, call in enumerate(calls):
        assert isinstance(call, ast.Call)
        assert isinstance(call.func, ast.Attribute)
        for what, change in _changes(call):
            mutant = copy.deepcopy(tree)
            change([node for node in ast.walk(mutant) if _part(node)][index])
            yield f"{call.func.attr}, строка {call.lineno}: {what}", ast.unparse(mutant)


def _part(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "check"
        and node.func.attr in PARTS
    )


def _changes(call: ast.Call) -> Iterator[tuple[str, Change]]:
    kind = call.func.attr
    if kind != "part" or getattr(call.args[0], "value", None) != 0:  # such a part only tells a hint
        yield "засчитан любой ответ", _passes
    words = {word.arg: word.value for word in call.keywords}
    if kind in ("number", "table") and "tolerance" in words:
        yield f"допуск шире в {WIDER} раз", _wider
    if kind == "choices":
        yield "лишняя отметка ничего не стоит", _free
        yield from _each_key("не нужна отметка", call.args[0], ast.List)
    if kind == "match":
        yield from _each_key("не проверяется пара", call.args[0], ast.Dict)
    if kind == "table" and isinstance(call.args[0], ast.List):
        columns = {key.value for row in call.args[0].elts if isinstance(row, ast.Dict)
                   for key in row.keys if isinstance(key, ast.Constant)}  # fmt: skip
        named = sorted(columns - {"row", _word(words, "key")})
        for column in named if len(named) > 1 else ():
            yield f"не проверяется столбец {column}", _without_column(column)
    for number, known in enumerate(getattr(words.get("mistakes"), "elts", [])):
        if isinstance(known, ast.Tuple):
            yield f"известная ошибка {number + 1} засчитана целиком", _forgiven(number)


def _word(words: dict[str | None, ast.expr], name: str) -> object:
    return getattr(words.get(name), "value", None)


def _passes(call: ast.Call) -> None:
    share = next((word.value for word in call.keywords if word.arg == "share"), ast.Constant(1.0))
    if call.func.attr == "part":
        share = call.args[0]
    call.func.attr = "part"
    call.args, call.keywords = [share, ast.Constant(True)], []


def _wider(call: ast.Call) -> None:
    for word in call.keywords:
        if word.arg == "tolerance":
            word.value = ast.BinOp(word.value, ast.Mult(), ast.Constant(WIDER))


def _free(call: ast.Call) -> None:
    call.keywords = [word for word in call.keywords if word.arg != "cost"]
    call.keywords.append(ast.keyword("cost", ast.Constant(0)))


def _each_key(what: str, keys: ast.expr, kind: type) -> Iterator[tuple[str, Change]]:
    if not isinstance(keys, kind):
        return
    names = keys.keys if isinstance(keys, ast.Dict) else keys.elts
    if len(names) < 2:
        return
    for index, name in enumerate(names):
        yield f"{what} {ast.unparse(name)}", _without(index)


def _without(index: int) -> Change:
    def change(call: ast.Call) -> None:
        right = call.args[0]
        if isinstance(right, ast.Dict):
            del right.keys[index], right.values[index]
        else:
            key = right.elts.pop(index)
            # neither wanted nor punished: taken out of the answer before it is looked at
            kept = f"[k for k in check.answer or [] if k != {ast.unparse(key)}]"
            taken_out = f"(setattr(check, 'answer', {kept}) or check)"
            call.func.value = ast.parse(taken_out, mode="eval").body

    return change


def _without_column(column: str) -> Change:
    def change(call: ast.Call) -> None:
        for row in call.args[0].elts:
            if isinstance(row, ast.Dict):
                kept = [(key, value) for key, value in zip(row.keys, row.values, strict=True)
                        if getattr(key, "value", None) != column]  # fmt: skip
                row.keys, row.values = [key for key, _ in kept], [value for _, value in kept]

    return change


def _forgiven(number: int) -> Change:
    def change(call: ast.Call) -> None:
        for word in call.keywords:
            if word.arg == "mistakes":
                word.value.elts[number].elts[1] = ast.Constant(1.0)

    return change
