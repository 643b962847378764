"""The errors of the toolkit: one base, and below it one class for each thing that can be wrong.

    CourseError                exit code 2; holds one or more `Fault`s
    ├── FileError              a file cannot be read, is too large, is not what its name says
    ├── NormError              the legislation data, or a norm on a day that it does not cover
    ├── ProgrammeError         the programme of webinars
    ├── ClusterError           a team's cluster file
    ├── FinanceError           inputs of a financial model that contradict each other, a cycle
    ├── AnswerError            a participant's answer file
    ├── AuthoringError         the authored text of a webinar, its model answers and mistakes
    ├── GradingError           submissions, sandbox, gradebook
    ├── ParameterError         parameters of a report template
    ├── ReportError            a report that could not be made or written
    ├── DefenceError           the jury's rubric, session or returned sheets
    └── CourseFolderError      the folder is not a course, or a path leads outside of it

Messages are Russian and made for the person who has to mend the file: which file, which place in
it, what is wrong, what to do. All faults that can be found are reported at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: `file`, `place` in it, `what` is wrong, what to do (`remedy`).

    `file` and `place` may be empty. `what` and `remedy` are Russian sentences without the final
    stop.
    """

    file: str
    place: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.place) if part)
        sentence = f"{where}: {self.what}." if where else f"{self.what}."
        return f"{sentence} {self.remedy}." if self.remedy else sentence


class CourseError(Exception):
    """What the toolkit refuses, told in Russian; `faults` has at least one entry."""

    exit_code = 2

    def __init__(self, faults: Fault | Iterable[Fault] | str) -> None:
        if isinstance(faults, str):
            faults = Fault("", "", faults.rstrip("."))
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        if not self.faults:
            raise ValueError("an error needs at least one fault")
        super().__init__("\n".join(map(str, self.faults)))


class FileError(CourseError):
    """A file cannot be read, is too large, or is not what its name says."""


class NormError(CourseError):
    """The legislation data is faulty, or a norm does not cover the day asked for."""


class ProgrammeError(CourseError):
    """The programme of webinars is faulty."""


class ClusterError(CourseError):
    """A team's cluster file is faulty."""


class FinanceError(CourseError):
    """The inputs of a financial model contradict each other, or its lines do."""


class AnswerError(CourseError):
    """A participant's answer file cannot be read."""


class AuthoringError(CourseError):
    """The authored text of a webinar, its model answers or its mistakes are faulty."""


class GradingError(CourseError):
    """Submissions cannot be taken in, graded or recorded."""


class ParameterError(CourseError):
    """A report template was given an unknown parameter or a value of the wrong type."""


class ReportError(CourseError):
    """A report could not be made or written."""


class DefenceError(CourseError):
    """The jury's rubric, the session of the defence or the returned sheets are faulty."""


class CourseFolderError(CourseError):
    """The folder is not a course, or a path leads outside of it."""
