"""Russian names in Latin letters, as ids and folders of teams are made from them.

The table is the course's own. It follows the usual spelling of Russian names and keeps to letters
that may stand in a path; no document is issued by it.
"""

from __future__ import annotations

import re
import unicodedata

LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    # other languages of Russia
    "ә": "a", "ө": "o", "ү": "u", "җ": "zh", "ң": "n", "һ": "h", "ҙ": "z", "ҡ": "k", "ғ": "g",
    "ҫ": "s", "қ": "k", "ӣ": "i", "ӯ": "u", "і": "i", "ҥ": "n", "ҕ": "g", "ӏ": "",
}  # fmt: skip
_LONGEST = 40


def latin(text: str) -> str:
    """`text` in small Latin letters and digits, its words joined by «-»; perhaps empty."""
    signs = [_latin(sign) for sign in unicodedata.normalize("NFC", text).casefold()]
    joined = re.sub(r"[^a-z0-9]+", "-", "".join(signs)).strip("-")
    return joined[:_LONGEST].rstrip("-")


def _latin(sign: str) -> str:
    if sign in LETTERS:
        return LETTERS[sign]
    if sign in "'’ʼ`":
        return ""
    bare = unicodedata.normalize("NFKD", sign)[0]  # a letter without its marks
    return LETTERS.get(bare, bare)
