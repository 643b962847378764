"""The thread of a team's own project: steps handed in → merged → `teams/NAME/cluster.yaml`.

    found = thread.merge_team(folder, "radioelectronics")
    found.cluster                       # the whole cluster, or None while something is missing
    found.lines                         # who filled what, conflicts, what is missing

Steps are described in `course.steps`. Reading (`entries`, `reading`), joining (`merging`), the
cluster file's data (`directory`, `assembling`), what is missing or wrong (`targets`, `judging`) and
the files (`papers`, `history`, `decisions`, `team`) know nothing of each other's insides.
"""

from course.thread.team import Thread, choose, merge_team, teams, thread

__all__ = ["Thread", "choose", "merge_team", "teams", "thread"]
