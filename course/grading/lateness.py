"""What a work loses by coming late: by the programme, or by the course's own settings."""

from __future__ import annotations

import datetime
import math
from typing import Any

from traitlets.config import Config

from course.grading.intake import ZONE
from course.grading.opening import SILENT
from course.imports import quickly
from course.programme import programme

with quickly():
    from nbgrader.preprocessors import AssignLatePenalties

_DAY = 24 * 60 * 60


def end(day: datetime.date) -> datetime.datetime:
    """The end of a day in Moscow as nbgrader keeps it: UTC without a zone."""
    after = datetime.datetime.combine(day, datetime.time(), ZONE) + datetime.timedelta(days=1)
    return after.astimezone(datetime.UTC).replace(tzinfo=None)


def seconds(row: Any, assignment: str, person: str) -> float:
    """How late the submission `row` of nbgrader's gradebook is, 0 where it has no last day.

    A longer term that the programme gives the person is noted in the row.
    """
    row.extension = _extension(row.assignment.duedate, assignment, person) or row.extension
    return float(row.total_seconds_late) if row.assignment.duedate else 0.0


def penalty(
    settings: Config, assignment: str, person: str, score: float, late: float
) -> float | None:
    """The points that a notebook of `score` points loses by coming `late` seconds too late."""
    ours = any(webinar.name == assignment for webinar in programme.webinars)
    if ours and programme.late is not None:
        lost: float | None = score * programme.late.share(math.ceil(late / _DAY))
    else:
        policy = AssignLatePenalties(config=settings, log=SILENT)
        policy.init_plugin()
        policy.plugin_inst.log = SILENT
        lost = policy.plugin_inst.late_submission_penalty(person, score, late)
    return None if lost is None else min(max(0.0, float(lost)), score)


def _extension(
    due: datetime.datetime | None, assignment: str, person: str
) -> datetime.timedelta | None:
    """How much longer one person has than everybody, by the programme."""
    day = programme.extended(person, assignment)
    if day is None or due is None:
        return None
    return max(end(day) - due, datetime.timedelta())
