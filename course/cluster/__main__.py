"""`python -m course.cluster teams/cluster.schema.json` writes the file's JSON Schema."""

import sys
from pathlib import Path

from course import files
from course.cluster.schema import schema

files.write_json(Path(sys.argv[1]), schema())
