"""A team's thread: merging what its members handed in, showing it, giving it back, choosing.

The folder `teams/NAME/` gets `team.yaml` (all that was merged, whole or not, with conflicts and
gaps), `history.jsonl` (who entered what and when) and, when nothing is missing or in doubt,
`cluster.yaml`. A `cluster.yaml` that people wrote by hand is never overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from course.cluster import Cluster
from course.errors import ClusterError, Fault
from course.files import read_text
from course.folder import CLUSTER, TEAM, CourseFolder, safe_name
from course.people.roster import Person, roster
from course.thread import decisions, entries, history, keeping, telling
from course.thread.assembling import assemble
from course.thread.entries import Gathered
from course.thread.judging import Verdict, judge
from course.thread.merging import Conflict, Merged, decide, merge


@dataclass(frozen=True)
class Thread:
    """What a team has entered so far: what its `members` handed in, merged and judged."""

    team: str
    place: Path
    members: dict[str, Person]
    gathered: Gathered
    merged: Merged
    verdict: Verdict

    @property
    def cluster(self) -> Cluster | None:
        """The cluster, if nothing is missing, wrong or in doubt."""
        return self.verdict.cluster

    @property
    def attention(self) -> bool:
        """Whether somebody has to act: a conflict, a fault, a work that can't be read."""
        return bool(self.merged.conflicts or self.verdict.faults or self.gathered.notes)

    @property
    def day(self) -> str:
        """When the latest of what was merged was entered."""
        return max((each.at for each in self.gathered.entries), default="")

    @cached_property
    def open(self) -> tuple[str, ...]:
        """What stands between the team and a whole file, as Russian sentences."""
        return telling.open_questions(self.merged, self.verdict)

    @property
    def text(self) -> str:
        """The merged file that every member gets."""
        verdict = self.verdict
        return keeping.team_text(
            self.team, self.day, verdict.draft.data, whole=self.cluster is not None,
            questions=self.open, left_out=verdict.left_out,
            kept=tuple(each for each in self.merged.agreed if each.slot.kept),
        )  # fmt: skip

    @property
    def lines(self) -> tuple[str, ...]:
        """The state of the team's file for the terminal."""
        gaps = [str(each) for each in self.verdict.gaps]
        agreed = [telling.settled(*each) for each in self.merged.settled]
        parts = (
            ("Споры", [telling.conflict(each) for each in self.merged.conflicts]),
            ("Ошибки", [str(each) for each in self.verdict.faults]),
            ("Не прочитано", list(self.gathered.notes)),
            ("Не заполнено", gaps),
            ("Не вошло в файл", list(self.verdict.left_out)),
            ("Похожие записи", list(telling.alike(self.gathered))),
            ("Решённые споры", agreed),
        )
        told = [f"Команда {self.team}", *telling.progress(self.gathered)]
        for title, lines in parts:
            told += telling.listed(title, lines)
        return (*told, self._verdict())

    def _verdict(self) -> str:
        whole = self.cluster is not None
        state = "Файл команды полон" if whole else "Файл команды пока не полон"
        name = CLUSTER if whole else TEAM
        if not (self.place / name).exists():
            return f"{state}. Собрать его: proclusters team merge {self.team}."
        if whole:
            return f"{state}: teams/{self.team}/{CLUSTER}."
        kept = (self.place / CLUSTER).exists()
        before = f" {CLUSTER} остался прежним: в нём последнее согласованное." if kept else ""
        return f"{state}: собранное лежит в teams/{self.team}/{TEAM}.{before}"


def thread(folder: CourseFolder, team: str) -> Thread:
    """What the team has entered so far; nothing is written."""
    name = safe_name(team.removeprefix(f"{folder.teams.name}/").rstrip("/"))
    members = {id: each for id, each in roster(folder).items() if each.team == name}
    if not members:
        known = ", ".join(teams(folder))
        raise ClusterError(
            Fault("roster.csv", "команда", f"в списке участников нет команды «{name}»",
                  f"Есть: {known}" if known else "Заполните столбец «команда»")
        )  # fmt: skip
    place = folder.inside(folder.teams / name)
    gathered = entries.gather(folder, members)
    merged = merge(gathered.entries, decisions.load(place / decisions.NAME))
    verdict = judge(assemble(name, merged), merged.faulty)
    return Thread(name, place, members, gathered, merged, verdict)


def teams(folder: CourseFolder) -> tuple[str, ...]:
    """The teams of the roster."""
    return tuple(sorted({each.team for each in roster(folder).values() if each.team}))


def merge_team(folder: CourseFolder, team: str, to: Path | None = None) -> Thread:
    """Join what the team's members handed in, and give every member the merged file.

    Writes `team.yaml`, `history.jsonl` and, when it is whole, `cluster.yaml` into `teams/NAME/`,
    and a copy for each member into `to` (the folder of feedback). `ClusterError` if `cluster.yaml`
    there was written or changed by hand.
    """
    found = thread(folder, team)
    keeping.hold_our_own(found.place / CLUSTER)
    history.record(found.place / history.NAME, found.gathered)
    if found.cluster is not None:
        text = keeping.cluster_text(found.verdict.draft.data, found.day)
        keeping.keep(found.place / CLUSTER, text)
    keeping.keep(found.place / TEAM, found.text)
    given = [TEAM] if found.cluster is None else [TEAM, CLUSTER]
    for person in found.members:
        for name in given:
            keeping.keep((to or folder.feedback) / person / name, read_text(found.place / name))
    return found


def choose(folder: CourseFolder, team: str, code: str, person: str, by: str, at: str) -> Thread:
    """Settle a conflict by the value of one person, and merge again."""
    found = thread(folder, team)
    conflicts = [*found.merged.conflicts, *(each for each, _ in found.merged.settled)]
    meant = next((each for each in conflicts if each.code == code), None)
    if meant is None:
        known = ", ".join(each.code for each in conflicts)
        raise ClusterError(
            Fault(team, "", f"спора «{code[:20]}» нет", f"Есть: {known}" if known else "")
        )
    decision = decide(meant, person, by, at)
    if decision is None:
        raise ClusterError(Fault(team, f"спор {code}", f"«{person[:60]}» {_why(meant, person)}"))
    decisions.add(found.place / decisions.NAME, decision, telling.about(meant.entry))
    history.record_choice(found.place / history.NAME, meant, decision)
    return merge_team(folder, team)


def _why(meant: Conflict, person: str) -> str:
    inside = [each for side in meant.sides for each in side if each.author.id == person]
    if inside:
        return "сам вписал два разных значения: пусть исправит ответ и сдаст снова"
    people = sorted({each.author.id for side in meant.sides for each in side})
    return f"этого не вписывал. Вписали: {', '.join(people)}"
