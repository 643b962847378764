"""A foreign office file before it is opened: it is one, and unpacks within limits."""

from __future__ import annotations

import io
import zipfile

from course.errors import Fault, FileError

ENTRIES, UNPACKED = 3000, 80 << 20


def inspect(content: bytes, name: str) -> None:
    """Refuse what is no office file, or unpacks to more than anybody's document."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
    except zipfile.BadZipFile:
        what = "это не документ Word, Excel или PowerPoint, либо файл повреждён"
        raise FileError(Fault(name, "", what, "Пришлите файл docx, xlsx или pptx")) from None
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
        raise FileError(Fault(name, "", "файл распаковывается в слишком большой объём"))
    if "[Content_Types].xml" not in names:
        raise FileError(
            Fault(name, "", "это архив, но не документ", "Пришлите docx, xlsx или pptx")
        )
