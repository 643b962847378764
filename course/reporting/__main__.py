"""`python -m course.reporting business_case build/business_case.ipynb`: a template for papermill.

Stock papermill then runs the notebook from the course folder:

    papermill build/business_case.ipynb out.ipynb -p project led_drivers
"""

import sys
from pathlib import Path

import nbformat

from course import files
from course.folder import CourseFolder
from course.reporting.template import Template

name, target = sys.argv[1:]
made = Template.find(CourseFolder.find(Path.cwd()), name).notebook
files.write_text(Path(target), nbformat.writes(made) + "\n")  # type: ignore[no-untyped-call]
