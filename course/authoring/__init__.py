"""Webinars written once, as percent text: built, released through nbgrader, and verified.

build(folder, ["03_cooperation"])       # assignments/ → source/
release(folder, ["03_cooperation"])     # source/ → release/
verify(folder, "03_cooperation")        # full marks, each mistake its score, nothing for nothing
"""

from course.authoring.cases import Mistake
from course.authoring.making import build, names, release, stale, unbuilt
from course.authoring.verifying import Verification, model_answers, typical_mistakes, verify

__all__ = [
    "Mistake",
    "Verification",
    "build",
    "model_answers",
    "names",
    "release",
    "stale",
    "typical_mistakes",
    "unbuilt",
    "verify",
]
