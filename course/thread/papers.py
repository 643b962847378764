"""The files of a team's thread as text: YAML that our own reader reads back the same."""

from __future__ import annotations

import re
from typing import Any

import yaml

_WIDTH = 10_000  # a value never runs over several lines
# What the reader of YAML takes for something else than text, and signs that begin a structure.
_BARE = re.compile(r"[A-Za-zА-Яа-яЁё«(][^\x00-\x1f\x7f-\x9f:#\"'\\{}\[\],&*!|>%@`]*(?<=\S)")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


class _Dumper(yaml.SafeDumper):
    """PyYAML's safe writer that quotes every text which could be taken for something else."""

    def ignore_aliases(self, _: Any) -> bool:
        """Write every value out: our reader takes no references."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Indent lists below their key."""
        super().increase_indent(flow, indentless=False)


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    plain = _BARE.fullmatch(value) and value.casefold() not in _WORDS
    style = None if plain else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def text(data: Any, head: str) -> str:
    """`data` as YAML below comment lines of `head`; reads back as it is."""
    comment = "".join(f"# {line}".rstrip() + "\n" for line in head.splitlines())
    body = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH
    )  # fmt: skip
    return f"{comment}\n{body}"
