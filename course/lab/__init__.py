"""JupyterLab for a participant or an instructor.

start(Path.cwd(), say=print)                     # a participant: no instructor tools
start(Path.cwd(), instructor=True, say=print)

`lab.proof.preview` shows a methodologist the webinar as it is written now; it is imported apart, so
that a participant's start does not wait for what only authors need.
"""

from course.lab.desk import START, Found, found, released, start_page, workspace
from course.lab.server import command, prepare, serve, start
from course.lab.vouching import EXTENSION, VOUCHED, vouch, vouched

__all__ = [
    "EXTENSION",
    "START",
    "VOUCHED",
    "Found",
    "command",
    "found",
    "prepare",
    "released",
    "serve",
    "start",
    "start_page",
    "vouch",
    "vouched",
    "workspace",
]
