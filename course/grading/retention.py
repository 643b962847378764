"""How long people's data are kept, and whose are over the term.

The term, `retention_days`, stands in `programme.yaml`. It runs from the last day of the programme,
or from the day on which a person last handed something in, whichever is later.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from course.errors import CourseError, Fault, GradingError
from course.folder import GIVEN, CourseFolder
from course.grading import intake, parcel
from course.people.roster import roster
from course.programme import programme


@dataclass(frozen=True)
class Kept:
    """A person whose data are here, and the last day on which they may be."""

    person: str
    until: datetime.date


def kept(folder: CourseFolder) -> tuple[Kept, ...]:
    """Everybody whose data are here, those whose term ends first in front.

    `GradingError` if the programme sets no term.
    """
    if programme.retention_days is None:
        what = "срок хранения данных участников не задан"
        raise GradingError(Fault("programme.yaml", "retention_days", what, "Впишите число дней"))
    term = datetime.timedelta(days=programme.retention_days)
    end = max(webinar.due for webinar in programme.webinars)
    people = {*roster(folder), *_named(folder)}
    found = [Kept(person, max(end, _last(folder, person)) + term) for person in people]
    return tuple(sorted(found, key=lambda each: (each.until, each.person)))


def over(folder: CourseFolder, on: datetime.date) -> tuple[Kept, ...]:
    """Those whose data must not be here any more on the day `on`."""
    return tuple(each for each in kept(folder) if each.until < on)


def _named(folder: CourseFolder) -> set[str]:
    """The people who have a folder of work, whether they are in the roster or not."""
    return {
        name
        for place in (folder.submitted, folder.autograded, folder.feedback)
        for name in (parcel.names(place) if place.is_dir() else ())
        if GIVEN.fullmatch(name) and (place / name).is_dir()
    }


def _last(folder: CourseFolder, person: str) -> datetime.date:
    """The day on which a person last handed something in; long ago if that is not known."""
    days = [datetime.date.min]
    try:
        for name in parcel.names(folder.submitted / person):
            if GIVEN.fullmatch(name):
                stamp = parcel.opened(folder.submitted, person, name, None).content
                at = intake.stamp(stamp.get(parcel.STAMP), [])
                days += [at.date()] if at else []
    except CourseError:  # what can't be read tells no day
        pass
    return max(days)
