"""A norm as a text cites it: value, standing, reference, edition."""

from __future__ import annotations

import datetime

from course import wording
from course.norms import norms


def cite(name: str, day: datetime.date) -> str:
    """The value of a norm on `day` as Markdown: `20 % (по публикации; [ст. 284 НК](…))`.

    What has no value, is past its last known edition or was not checked for too long says so.
    """
    edition = norms[name].on(day)
    if edition.open:
        return f"не известно (нужно прочитать: {edition.open})"
    source = _link(edition.reference, edition.address)
    parts = [edition.standing.words, source]
    if edition.since:
        parts.append(f"редакция с {wording.day(edition.since)}")
    if edition.expired_on(day):
        parts.append("**срок проверки истёк, уточните**")
    return f"{edition.words} ({'; '.join(part for part in parts if part)})"


def _link(text: str, address: str) -> str:
    safe = address.startswith(("https://", "http://")) and not set(address) & set("()<> ")
    return f"[{text}]({address})" if safe else text
