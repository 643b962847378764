"""Write the JSON Schema of the cluster file: `python -m course.cluster teams/cluster.schema.json`."""

import sys
from pathlib import Path

from course import files
from course.cluster.schema import schema

files.write_json(Path(sys.argv[1]), schema())
