"""Rights with real system users: a participant reads neither others' work nor the instructor's.

nbgrader's own exchange hands out and takes in; the instructor's course folder is closed (0700), as
docs/administrator.md says. Users are made and removed again, so this runs as root with CI=true.
"""

from __future__ import annotations

import datetime
import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import (
    ExchangeCollect,
    ExchangeFetchAssignment,
    ExchangeReleaseAssignment,
    ExchangeSubmit,
)
from traitlets.config import Config

from course import grading
from course.folder import CourseFolder
from tests import tiny

pytestmark = pytest.mark.slow

COURSE = "proclusters"
TEACHER, ALICE, BOB = "pc-teacher", "pc-alice", "pc-bob"


def demanded() -> None:
    """Making users is for a machine that is thrown away: CI, as root."""
    if os.environ.get("CI") != "true" or os.geteuid() != 0 or not shutil.which("useradd"):
        pytest.skip("для этой проверки нужны права root и CI=true: она заводит пользователей")


def act(user: str, home: Path, action: Callable[[], Any]) -> Any:
    """What `action` gives when `user` does it, as JSON; a refusal by the system is "denied"."""
    end, start = os.pipe()
    child = os.fork()
    if child == 0:  # everything is imported: the user may not be able to read our Python
        known = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(known.pw_gid)
        os.setuid(known.pw_uid)
        os.umask(0o022)
        os.environ.update(HOME=str(home), USER=user, LOGNAME=user)
        try:
            os.chdir(home)
            found: Any = action()
        except PermissionError:
            found = "denied"
        except BaseException as error:
            found = f"{type(error).__name__}: {error}"
        os.write(start, json.dumps(found).encode())
        os._exit(0)
    os.close(start)
    with os.fdopen(end, "rb") as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return json.loads(told)


def exchange(kind: Any, exchange_root: Path, root: Path, cache: Path) -> Callable[[], None]:
    """One step of nbgrader's exchange, ready to start."""

    def step() -> None:
        config = Config()
        config.Exchange.root = str(exchange_root)
        config.Exchange.cache = str(cache)
        directory = CourseDirectory(
            root=str(root), course_id=COURSE, assignment_id=tiny.NAME, config=config
        )
        kind(coursedir=directory, authenticator=Authenticator(), config=config).start()

    return step


def hand_out_and_in(base: Path, people: list[str], run: Callable[..., Any]) -> CourseFolder:
    """The whole way of an assignment: released, fetched, submitted by each, collected."""
    course = base / TEACHER / "course"
    folder = CourseFolder(course)
    steps = exchange(ExchangeReleaseAssignment, base / "exchange", course, base / TEACHER / "cache")
    assert run(TEACHER, steps) is None
    for person in people:
        home = base / person
        fetch = exchange(ExchangeFetchAssignment, base / "exchange", home, home / "cache")
        assert run(person, fetch) is None
        assert run(person, lambda home=home: answered(home)) is None
        submit = exchange(ExchangeSubmit, base / "exchange", home, home / "cache")
        assert run(person, submit) is None
    collect = exchange(ExchangeCollect, base / "exchange", course, base / TEACHER / "cache")
    assert run(TEACHER, collect) is None
    return folder


def answered(home: Path) -> None:
    content = json.dumps(tiny.answers(tiny.GOOD))
    (home / tiny.NAME / "answers.json").write_text(content, "utf-8")


def prepared(base: Path) -> CourseFolder:
    """A course with something to keep: hidden checks, points of an earlier person, a release."""
    base.chmod(0o755)
    folder = tiny.course(base / TEACHER / "course")
    tiny.hand_in(folder, "earlier", tiny.GOOD)
    grading.grade(folder, tiny.NAME)
    shutil.copytree(folder.submitted / "earlier" / tiny.NAME, folder.release / tiny.NAME)
    (folder.release / tiny.NAME / "answers.json").unlink()
    (base / "exchange").mkdir()
    (base / "exchange").chmod(0o777)
    for person in (ALICE, BOB):
        (base / person).mkdir()
    return folder


@pytest.fixture(scope="module")
def base() -> Iterator[Path]:
    demanded()
    rehearsal, base = (Path(tempfile.mkdtemp(prefix="proclusters-rights-")) for _ in range(2))
    made: list[str] = []
    try:
        prepared(rehearsal)
        before = Path.cwd()
        for person in (TEACHER, ALICE):
            (rehearsal / person).mkdir(exist_ok=True)

        def as_root(person: str, action: Callable[[], Any]) -> Any:
            os.chdir(rehearsal / person)
            return action()

        hand_out_and_in(rehearsal, [ALICE], as_root)  # imports all that the users will need
        os.chdir(before)
        prepared(base)
        for user in (TEACHER, ALICE, BOB):
            subprocess.run(["useradd", "--no-create-home", "--user-group", user], check=True)
            made.append(user)
            subprocess.run(["chown", "-R", f"{user}:{user}", str(base / user)], check=True)
            (base / user).chmod(0o700)
        hand_out_and_in(base, [ALICE, BOB], lambda user, action: act(user, base / user, action))
        yield base
    finally:
        for user in made:
            subprocess.run(["userdel", user], check=False, capture_output=True)
        for place in (rehearsal, base):
            shutil.rmtree(place, ignore_errors=True)


def test_the_instructor_gets_everybody(base: Path) -> None:
    def look() -> list[str]:
        return sorted(path.name for path in (base / TEACHER / "course" / "submitted").iterdir())

    assert act(TEACHER, base / TEACHER, look) == ["earlier", ALICE, BOB]


CLOSED = (
    f"{TEACHER}",
    f"{TEACHER}/course/source/{tiny.NAME}/{tiny.NAME}.ipynb",
    f"{TEACHER}/course/gradebook.db",
    f"{TEACHER}/course/submitted/{ALICE}/{tiny.NAME}/answers.json",
    f"{TEACHER}/course/autograded/earlier/{tiny.NAME}/outcome.json",
    f"{ALICE}/{tiny.NAME}/answers.json",
    f"{ALICE}",
    f"exchange/{COURSE}/inbound",
)


@pytest.mark.parametrize("place", CLOSED)
def test_a_participant_is_denied(base: Path, place: str) -> None:
    path = base / place
    assert path.exists()

    def look() -> list[str]:
        return [each.name for each in path.iterdir()] if path.is_dir() else [path.read_text()]

    def write() -> None:
        (path / "planted" if path.is_dir() else path).write_text("planted", "utf-8")

    assert act(BOB, base / BOB, look) == "denied"
    if "inbound" not in place:  # there everybody puts in
        assert act(BOB, base / BOB, write) == "denied"


def test_a_submission_cannot_be_guessed(base: Path) -> None:
    """Its name ends in random signs, and the folder it lies in can't be listed."""
    inbound = base / "exchange" / COURSE / "inbound"
    alices = next(path.name for path in inbound.iterdir() if path.name.startswith(ALICE))
    guess = inbound / alices.rsplit("+", 1)[0]
    assert len(alices.rsplit("+", 1)[1]) >= 12
    assert act(BOB, base / BOB, lambda: guess.exists()) is False


def test_what_is_handed_out_holds_no_hidden_check(base: Path) -> None:
    place = base / "exchange" / COURSE / "outbound" / tiny.NAME

    def read() -> list[str]:
        return [path.read_text("utf-8") for path in place.rglob("*") if path.is_file()]

    texts = act(BOB, base / BOB, read)
    assert texts
    assert not [text for text in texts if tiny.CANARY in text]

    def change() -> None:
        (place / "planted").write_text("planted", "utf-8")

    assert act(BOB, base / BOB, change) == "denied"


def test_what_bob_puts_into_the_exchange_is_his_alone(base: Path) -> None:
    """Under Alice's name, and as links to her work and to the course, by nbgrader's own names."""
    inbound = base / "exchange" / COURSE / "inbound"
    course = CourseFolder(base / TEACHER / "course")
    reached = course.submitted / ALICE / tiny.NAME
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=5)
    late = f"{tiny.NAME}+{soon:%Y-%m-%d %H:%M:%S.%f} UTC"

    def plant() -> None:
        for number, (person, name, target) in enumerate([
            (ALICE, "answers.json", None),
            (BOB, "answers.json", reached / "answers.json"),
            (BOB, f"{tiny.NAME}.ipynb", course.source / tiny.NAME / f"{tiny.NAME}.ipynb"),
        ]):  # fmt: skip
            place = inbound / f"{person}+{late}+bobs{number}"
            place.mkdir()
            place.chmod(0o777)
            if target:
                (place / name).symlink_to(target)
            else:
                (place / name).write_text(json.dumps(tiny.answers({})), "utf-8")
        for number, shut in enumerate(("", "answers.json"), start=4):
            place = inbound / f"{BOB}+{late}+bobs{number}"
            place.mkdir()
            place.chmod(0o777)
            (place / "answers.json").write_text(json.dumps(tiny.answers({})), "utf-8")
            (place / shut).chmod(0)
        os.mkfifo(inbound / f"{BOB}+{late}+bobs9")

    assert act(BOB, base / BOB, plant) is None

    def take() -> list[Any]:
        delivery = grading.collect(course, inbound)
        return [dict(delivery.refused), delivery.known]

    refused, known = act(TEACHER, base / TEACHER, take)
    assert known == 2  # what nbgrader had collected before
    assert refused == {
        f"{ALICE}+{late}+bobs0": f"папка названа именем участника, а положил её другой: {BOB}",
        f"{BOB}+{late}+bobs1": "answers.json: вместо файла ссылка или особый файл",
        f"{BOB}+{late}+bobs2": f"{tiny.NAME}.ipynb: вместо файла ссылка или особый файл",
        f"{BOB}+{late}+bobs4": "нет права открыть папку",
        f"{BOB}+{late}+bobs5": "answers.json: нет права прочитать файл",
        f"{BOB}+{late}+bobs9": "вместо папки ссылка или файл",
    }
    assert (reached / "answers.json").read_text("utf-8") == json.dumps(tiny.answers(tiny.GOOD))
