"""Tokens: whose answers these are and on which variant, sealed with the organiser's key.

A person's variant and seal follow from the key and the id, so nothing has to be kept but the key.
It lies in `tokens.key` in the course folder and never leaves it: whoever has it can make tokens.
"""

from __future__ import annotations

import base64
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from course.errors import Fault, GradingError
from course.files import read_text, write_bytes
from course.folder import CourseFolder
from course.forms.variants import LARGEST, TOKEN_FILE, Token, read_token
from course.people.roster import Person, roster
from course.spreadsheets.sheet import Sheet, xlsx_bytes

KEY_FILE = "tokens.key"
PLACE, LIST = "build/tokens", "tokens.xlsx"  # where the command puts them unless told otherwise
_KEY = re.compile(r"[0-9a-f]{64}")
_HEAD = ("id", "ФИО", "команда", "Код участника")


def key(folder: CourseFolder) -> bytes | None:
    """The organiser's key, or `None` if no tokens were issued; `GradingError` if it is damaged."""
    path = folder.root / KEY_FILE
    if not path.exists():
        return None
    text = read_text(path, 1_000).strip()
    if not _KEY.fullmatch(text):
        what = "ключ повреждён, коды участников не проверить"
        raise GradingError(Fault(KEY_FILE, "", what, "Верните файл из резервной копии"))
    return bytes.fromhex(text)


def issue(folder: CourseFolder, target: Path) -> tuple[Token, ...]:
    """Tokens of all people of the roster: a list for a mail merge and a file for each in `target`.

    The key is made at the first time; issuing again gives everybody the same token.

    Raises:
        GradingError: there is no roster, or the key is damaged.
    """
    people = roster(folder)
    if not people:
        what = "список участников пуст: коды выдавать некому"
        raise GradingError(Fault("roster.csv", "", what, "Положите список рядом с курсом"))
    secret = key(folder) or _new_key(folder.root / KEY_FILE)
    tokens = tuple(_token(secret, person) for person in sorted(people))
    for token in tokens:
        write_bytes(target / token.person / TOKEN_FILE, f"{token.text}\n".encode())
    _write_list(target, tokens, people)
    return tokens


def list_again(folder: CourseFolder, people: Mapping[str, Person]) -> None:
    """Write the list of tokens anew where there is one: somebody left the roster."""
    target, secret = folder.root / PLACE, key(folder)
    if secret is not None and (target / LIST).exists():
        _write_list(target, tuple(_token(secret, person) for person in sorted(people)), people)


def _write_list(target: Path, tokens: tuple[Token, ...], people: Mapping[str, Person]) -> None:
    rows = tuple((t.person, people[t.person].name, people[t.person].team, t.text) for t in tokens)
    write_bytes(target / LIST, xlsx_bytes([Sheet("Коды", _HEAD, rows)]))


def suspicion(secret: bytes | None, person: str, text: str) -> str:
    """What is wrong with the token that came with the work of `person`; empty if nothing is."""
    if secret is None:
        return ""
    token = read_token(text)
    if token is None:
        return "работа без кода участника: проверена на общих числах"
    if not hmac.compare_digest(_token(secret, token.person).text, token.text):
        return "код участника подделан или повреждён"
    if token.person != person:
        return f"код участника выдан другому: {token.person}"
    return ""


def owner(secret: bytes | None, text: object) -> str:
    """The id of the person whose genuine token `text` is, or an empty text."""
    token = read_token(text) if isinstance(text, str) else None
    genuine = secret and token and not suspicion(secret, token.person, token.text)
    return token.person if token and genuine else ""


def _token(secret: bytes, person: str) -> Token:
    digest = hmac.digest(secret, f"variant/{person}".encode(), "sha256")
    variant = 1 + int.from_bytes(digest[:8]) % LARGEST
    seal = hmac.digest(secret, f"seal/{person}/{variant}".encode(), "sha256")
    return Token(variant, person, base64.urlsafe_b64encode(seal)[:22].decode())


def _new_key(path: Path) -> bytes:
    """A new key in a file that only its owner may read."""
    secret = secrets.token_bytes(32)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(secret.hex() + "\n")
    return secret
