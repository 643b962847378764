"""Files that people edit or hand in, read within limits; files that we make, written whole.

Reading refuses what is too large, too deep, not UTF-8, or uses a power of the format that nobody
needs (YAML aliases, tags and doubled keys; JSON's NaN and doubled keys). Writing goes to a file
beside the target, which is then renamed: a reader never sees a half-written file.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import math
import os
import re
import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from course.errors import Fault, FileError

MEBIBYTE = 1 << 20
DEPTH = 40  # deeper nesting than this is nobody's data
NODES = 200_000  # values in one file
# how a member of a zip may be packed: `zipfile` unpacks the others whole, whatever was asked for
PACKED = frozenset({0, 8})  # stored and deflated, as everybody does


@dataclass(frozen=True)
class Yaml:
    """The content of a YAML file: plain `data`, and the `lines` (from 1) of its places.

    A place is written as in messages: `projects[1].loans[0].rate`; the root is the empty string.
    """

    path: Path
    data: Any
    lines: Mapping[str, int]

    def line_of(self, place: str) -> int | None:
        """The line of `place`, or of the nearest parent that is in the file."""
        while place and place not in self.lines:
            place = re.sub(r"(\.[^.\[\]]+|\[\d+\]|^[^.\[\]]+)$", "", place)
        return self.lines.get(place)


def read_bytes(path: Path, limit: int = 4 * MEBIBYTE) -> bytes:
    """The content of a regular file of at most `limit` bytes; `FileError` otherwise."""
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except FileNotFoundError:
        raise FileError(Fault(path.name, "", "файла нет", f"Проверьте путь: {path}")) from None
    except IsADirectoryError:
        raise FileError(Fault(path.name, "", "это папка, а нужен файл")) from None
    except OSError as error:
        raise FileError(Fault(path.name, "", f"файл не читается ({error.strerror})")) from None
    if len(content) > limit:
        size = f"{limit / MEBIBYTE:.0f} МБ" if limit >= MEBIBYTE else f"{limit // 1024} КБ"
        raise FileError(Fault(path.name, "", f"файл больше {size}", "Уберите лишнее"))
    return content


def read_text(path: Path, limit: int = 4 * MEBIBYTE) -> str:
    """The text of a UTF-8 file of at most `limit` bytes; `FileError` otherwise."""
    try:
        return read_bytes(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(
            Fault(path.name, f"байт {error.start}", "текст не в UTF-8", "Сохраните файл в UTF-8")
        ) from None


def read_json(path: Path, limit: int = 4 * MEBIBYTE) -> Any:
    """Plain data from a JSON file; refuses NaN, doubled keys and nesting over `DEPTH`."""
    return parse_json(read_text(path, limit), path.name)


def parse_json(text: str, name: str) -> Any:
    """Plain data from JSON `text`; `name` is the file's name in messages."""

    def refuse(word: str) -> Any:
        raise FileError(Fault(name, "", f"значение {word} не является числом", "Уберите его"))

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        content = dict(pairs)
        if len(content) < len(pairs):
            amounts = Counter(key for key, _ in pairs)  # a hostile file has keys by the 100,000
            twice = next(key for key in amounts if amounts[key] > 1)
            raise FileError(Fault(name, twice[:64], "ключ стоит дважды", "Оставьте одно значение"))
        return content

    try:
        data = json.loads(text, parse_constant=refuse, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        place = f"строка {error.lineno}"
        raise FileError(Fault(name, place, "это не JSON или файл обрезан")) from None
    except RecursionError:
        raise FileError(Fault(name, "", "слишком глубокая вложенность")) from None
    except ValueError:  # an integer of thousands of digits
        raise FileError(Fault(name, "", "слишком длинное число")) from None
    _limit(data, name)
    return data


def _limit(data: Any, name: str) -> None:
    """Refuse data that is nested deeper than `DEPTH` or holds a number that is not finite."""
    level, depth = [data], 0
    while level:
        depth += 1
        if depth > DEPTH:
            raise FileError(Fault(name, "", f"вложенность глубже {DEPTH} уровней"))
        below: list[Any] = []
        for value in level:
            if isinstance(value, float) and not math.isfinite(value):
                raise FileError(Fault(name, "", "число слишком велико"))
            if isinstance(value, dict):
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
        level = below


class _Parser(yaml.SafeLoader if not hasattr(yaml, "CSafeLoader") else yaml.CSafeLoader):  # type: ignore[misc]
    """PyYAML's safe parser with the scalars of YAML 1.2: `no`, `on` and 1:30 stay text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_SCALARS = (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+(?:_[0-9]{3})*", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:[0-9]+(?:_[0-9]{3})*)?(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|\.?[eE][-+]?[0-9]+)",
        "-+.0123456789",
    ),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
)
for _tag, _pattern, _first in _SCALARS:
    _Parser.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )


def read_yaml(path: Path, limit: int = 2 * MEBIBYTE) -> Yaml:
    """Plain data from a YAML file that a person edits, with the line of every place.

    Numbers, text, `true`/`false`, nothing (`null`) and days (2026-01-31) are understood. Aliases,
    tags, several documents and doubled keys are refused with the line.
    """
    return parse_yaml(read_text(path, limit), path)


def parse_yaml(text: str, path: Path) -> Yaml:
    """Plain data from YAML `text`; `path` names the file in messages."""
    name = path.name
    parser = _Parser(text)
    try:
        _refuse_events(text, name)
        node = parser.get_single_node()
        if node is None:
            raise FileError(Fault(name, "", "файл пуст"))
        builder = _Builder(name)
        data = builder.build(node, "")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"строка {mark.line + 1}" if mark else ""
        raise FileError(
            Fault(name, place, "это не YAML", "Проверьте отступы, двоеточия и кавычки")
        ) from None
    except yaml.YAMLError:
        raise FileError(Fault(name, "", "в тексте есть недопустимые знаки")) from None
    finally:
        parser.dispose()
    if builder.faults:
        raise FileError(builder.faults)
    return Yaml(path, data, builder.lines)


def _refuse_events(text: str, name: str) -> None:
    """Refuse aliases, too much nesting and too many values before anything is built."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Parser)):
        place = f"строка {event.start_mark.line + 1}" if event.start_mark else ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = "ссылки (& и *) не допускаются"
            raise FileError(Fault(name, place, what, "Запишите значение целиком"))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            raise FileError(Fault(name, place, f"вложенность глубже {DEPTH} уровней"))
        if count > NODES:
            raise FileError(Fault(name, place, f"в файле больше {NODES} значений"))


class _Builder:
    """Turns parsed nodes into plain data, noting the line of every place."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[str, int] = {}
        self.faults: list[Fault] = []

    def fault(self, node: yaml.Node, what: str, remedy: str = "") -> None:
        line = node.start_mark.line + 1
        self.faults.append(Fault(self.name, f"строка {line}", what, remedy))

    def build(self, node: yaml.Node, place: str) -> Any:
        self.lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            if node.tag != "tag:yaml.org,2002:seq":
                self.fault(node, f"метка {node.tag} не допускается")
            return [self.build(item, f"{place}[{index}]") for index, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        raise AssertionError(node)

    def _mapping(self, node: yaml.MappingNode, place: str) -> dict[str, Any]:
        if node.tag != "tag:yaml.org,2002:map":
            self.fault(node, f"метка {node.tag} не допускается")
        content: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.fault(key_node, "ключ должен быть словом")
                continue
            key = str(key_node.value)
            if key in content:
                self.fault(key_node, f"ключ «{key}» стоит дважды", "Оставьте одно значение")
                continue
            below = f"{place}.{key}" if place else key
            content[key] = self.build(value_node, below)
        return content

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        text, kind = node.value, node.tag.removeprefix("tag:yaml.org,2002:")
        try:
            match kind:
                case "str":
                    return text
                case "null":
                    return None
                case "bool":
                    return text.lower() == "true"
                case "int":
                    return int(text.replace("_", ""))
                case "float":
                    value = float(text.replace("_", ""))
                    if not math.isfinite(value):
                        raise ValueError
                    return value
                case "timestamp":
                    return datetime.date.fromisoformat(text)
        except ValueError:
            remedy = "Проверьте: есть ли такой день в календаре" if kind == "timestamp" else ""
            self.fault(node, f"значение «{text[:40]}» нельзя прочитать", remedy)
            return None
        self.fault(node, f"метка {node.tag} не допускается")
        return None


def below(folder: Path) -> Iterator[Path]:
    """All that lies below `folder`, in order; no link is followed, and nothing is in a shut folder.

    `os.walk` and `rglob` go no deeper than Python's stack: somebody else's folder may.
    """
    todo = [str(folder)]
    while todo:
        found: list[os.DirEntry[str]] = []
        with contextlib.suppress(OSError), os.scandir(todo.pop()) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        yield from (Path(entry.path) for entry in found)
        todo += [each.path for each in reversed(found) if each.is_dir(follow_symlinks=False)]


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, however deep; `OSError` if anything has to stay."""
    with contextlib.suppress(OSError, RecursionError):
        shutil.rmtree(folder)
        return
    todo = [folder]
    while todo:  # what lies deeper comes up to the first level, so that nothing is deep any more
        place = todo.pop()
        place.chmod(0o700)
        with os.scandir(place) as entries:
            inner = [Path(each) for each in entries if each.is_dir(follow_symlinks=False)]
        for path in inner:
            path.chmod(0o700)
            todo.append(path if place == folder else path.rename(folder / secrets.token_hex(16)))
    shutil.rmtree(folder)


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` beside `path`, then rename: the file is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(beside).chmod(0o666 & ~mask)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 `text` with `\\n` line ends, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def json_text(data: Any) -> str:
    """`data` as JSON text: sorted keys, two spaces, readable Cyrillic, no NaN, final newline."""
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"


def write_json(path: Path, data: Any) -> None:
    """Write `data` as `json_text`, whole or not at all."""
    write_text(path, json_text(data))
