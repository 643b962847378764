"""Office files as archives: equal content gives equal bytes."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

_STAMP = (1980, 1, 1, 0, 0, 0)
_DATES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def settled(content: bytes, day: datetime.date) -> bytes:
    """The archive with fixed times of its entries, and `day` as the day of the document."""
    moment = f"{day:%Y-%m-%d}T00:00:00Z".encode()
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                data = _DATES.sub(rb"\g<1>" + moment + rb"\g<3>", data)
            elif entry.filename.endswith(".xlsx"):
                data = settled(data, day)
            new.writestr(_entry(entry.filename), data)
    return made.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
