"""Text that came from people, made safe for the terminal, for a page and for a table.

A name or an answer may hold terminal escapes, characters that turn the direction of writing, or
half of a surrogate pair that no file can hold. Here it becomes visible text and nothing else.
"""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ALLOWED = frozenset("\n\t\u00a0\u00ad\u200d")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Seen(dict[int, str]):
    """What each sign becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        seen = sign in _ALLOWED or unicodedata.category(sign) not in _UNSEEN
        self[code] = sign if seen else "\ufffd"
        return self[code]


_SEEN = _Seen()


def visible(text: str, limit: int = 100_000) -> str:
    """`text` with everything that is not visible writing replaced by «�», at most `limit` signs."""
    short = text[: limit + 1].replace("\r\n", "\n").replace("\r", "\n")
    safe = short[:limit].translate(_SEEN)
    return f"{safe}…" if len(short) > limit else safe


def line(text: str, limit: int = 200) -> str:
    """`text` as one visible line of at most `limit` signs."""
    return " ".join(visible(text, limit).split())


def shortened(text: str, limit: int) -> str:
    """Visible `text` of at most `limit` signs, its lines kept, cut between words."""
    safe = visible(text).strip()
    if len(safe) <= limit:
        return safe
    return safe[:limit].rpartition(" ")[0].rstrip(" ,;:—→") + " …"


def cell(text: str, limit: int = 30_000) -> str:
    """`text` for a cell of a table: a spreadsheet never takes it for a formula.

    A text that a spreadsheet could execute gets an apostrophe in front, as the OWASP advice on CSV
    injection recommends (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    safe = visible(text, limit)
    starts = safe.startswith(_FORMULA) or safe.lstrip().startswith(_FORMULA)
    return f"'{safe}" if starts else safe
