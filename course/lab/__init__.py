"""JupyterLab for a participant, an instructor or a methodologist.

start(Path.cwd(), say=print)                     # a participant: no instructor tools
start(Path.cwd(), instructor=True, say=print)
preview(folder, "03_cooperation", say=print)     # a methodologist: the webinar as it is written now
"""

from course.lab.desk import START, Found, found, released, start_page, workspace
from course.lab.proof import preview
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
    "preview",
    "released",
    "serve",
    "start",
    "start_page",
    "vouch",
    "vouched",
    "workspace",
]
