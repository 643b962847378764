"""The steps of a team's own project: what each webinar asks at its end, and where answers go.

steps.step("team_members")     # one field: its kind, label, columns, rows
steps.steps(webinar=6)         # all fields of a webinar

The descriptions stand in `steps.yaml`, which a methodologist edits: notebooks draw the fields from
it, and the thread reads submitted answers by it.
"""

from course.steps.declared import Column, Row, Step, load, step, steps

__all__ = ["Column", "Row", "Step", "load", "step", "steps"]
