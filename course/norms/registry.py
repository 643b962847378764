"""All norms by name, and the edition of a norm on a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from course import wording
from course.errors import Fault, NormError
from course.norms.edition import Edition, Pace, Unit


@dataclass(frozen=True)
class Source:
    """A page that states values: its key in the data, its addresses and what it is."""

    key: str
    addresses: tuple[str, ...]
    about: str
    published: datetime.date | None = None


@dataclass(frozen=True)
class Norm:
    """Everything known of one norm.

    `editions` carry a day and are in the order of time (an open edition without a day stands
    alone); `snapshots` are undated readings, kept apart and never picked by `on`.
    """

    name: str
    title: str
    unit: Unit
    pace: Pace
    file: str
    line: int
    editions: tuple[Edition, ...]
    snapshots: tuple[Edition, ...] = ()

    def on(self, day: datetime.date) -> Edition:
        """The edition that holds on `day`, or the last one before it.

        After the end of the last known edition its value is still given, and the edition says
        `expired_on(day)`. A day before the first edition, or a norm of which only undated
        snapshots are known, is a `NormError`. Where nobody has read the value, the edition has
        `value` None and says in `open` what to read; its `number` refuses.
        """
        found = None
        for edition in self.editions:
            if edition.since is None or edition.since <= day:
                found = edition
        if found is not None:
            return found
        if not self.editions:
            what = f"у нормы «{self.title}» есть только снимки без даты, на день они не действуют"
            remedy = "Узнайте, с какого дня действует значение, и запишите since"
        else:
            first = self.editions[0].since
            what = (
                f"на {wording.day(day)} у нормы «{self.title}» нет редакции: "
                f"первая известная начинается {wording.day(first)}"
            )
            remedy = "Возьмите более поздний день или внесите раннюю редакцию"
        raise NormError(Fault(self.file, f"строка {self.line}, {self.name}", what, remedy))


class Norms(Mapping[str, Norm]):
    """The norms of the legislation data by name; an unknown name is a `NormError`."""

    def __init__(
        self, norms: Mapping[str, Norm], sources: Mapping[str, Source], files: Mapping[str, str]
    ) -> None:
        self._norms = dict(sorted(norms.items()))
        self.sources = dict(sources)
        self.files = dict(files)  # the title of each file, in the order of files

    def __getitem__(self, name: str) -> Norm:
        try:
            return self._norms[name]
        except KeyError:
            near = [known for known in self._norms if known.startswith(str(name).split(".")[0])]
            remedy = f"Есть, например: {', '.join(near[:5])}" if near else "Посмотрите список норм"
            raise NormError(Fault("", str(name), "такой нормы нет", remedy)) from None

    def __contains__(self, name: object) -> bool:
        return name in self._norms

    def __iter__(self) -> Iterator[str]:
        return iter(self._norms)

    def __len__(self) -> int:
        return len(self._norms)

    def editions(self, name: str) -> tuple[Edition, ...]:
        """The dated editions of a norm in the order of time."""
        return self[name].editions

    def under(self, prefix: str) -> tuple[Norm, ...]:
        """The norms whose names begin with `prefix`, in the order of names."""
        dotted = prefix.rstrip(".") + "."
        return tuple(
            norm for name, norm in self._norms.items() if name == prefix or name.startswith(dotted)
        )
