import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbgrader.nbgraderformat import reads as nbgrader_reads

from course import authoring
from course.authoring import cases, making, percent
from course.authoring.notebook import GUIDE_ID
from course.errors import AuthoringError, CourseError
from course.files import parse_json
from course.folder import CourseFolder
from course.programme import load

ROOT = Path(__file__).parents[1]
HERE = ROOT / "tests" / "authoring"
TINY = HERE / "tiny"
NAME = "01_tiny"
PLAN = load(TINY / "programme.yaml")


def course_at(root, checkout):
    shutil.copytree(TINY, root, dirs_exist_ok=True)
    shutil.copyfile(checkout / "nbgrader_config.py", root / "nbgrader_config.py")
    return CourseFolder(root)


@pytest.fixture
def folder(tmp_path, root):
    return course_at(tmp_path / "course", root)


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A built and released tiny course in a path that is hard for careless programs."""
    root = tmp_path_factory.mktemp("Курс со «скобками» и пробелами")
    folder = course_at(root, Path(__file__).parents[1])
    authoring.build(folder, (), plan=PLAN)
    with pytest.MonkeyPatch.context() as patch:
        # a venv that nobody activated, in the poorest locale
        patch.setenv("PATH", "/usr/bin:/bin")
        patch.setenv("LC_ALL", "C")
        authoring.release(folder, (), plan=PLAN)
    return folder


def bytes_below(root):
    return {path.relative_to(root).as_posix(): path.read_bytes()
            for path in root.rglob("*") if path.is_file()}  # fmt: skip


# What is refused


REFUSED = sorted((HERE / "refused").glob("*.txt"))


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_refused_text(path, folder):
    first, _, rest = path.read_text("utf-8").partition("\n")
    place = folder.assignments / NAME / making.TEXT
    place.write_text("\n" + rest, "utf-8")
    with pytest.raises(AuthoringError) as caught:
        making.read(folder, NAME, PLAN)
    assert first.removeprefix("# words: ") in str(caught.value)
    assert f"{NAME}/assignment.py" in str(caught.value)


def test_all_faults_are_told_at_once_with_their_lines(folder):
    text = folder.assignments / NAME / making.TEXT
    lines = text.read_text("utf-8").splitlines()
    lines += ['# %% role="exam" id="x"', "1", '# %% role="read" id="y" colour="red"', "2"]
    text.write_text("\n".join(lines), "utf-8")
    with pytest.raises(AuthoringError) as caught:
        authoring.build(folder, (), plan=PLAN)
    places = [fault.place for fault in caught.value.faults]
    assert places == [f"строка {len(lines) - 3}", f"строка {len(lines) - 1}"]
    assert not folder.source.exists()


def test_text_before_the_first_cell_is_refused():
    with pytest.raises(AuthoringError, match="до первой ячейки"):
        percent.parse('x = 1\n# %% role="read" id="a"\n1\n', "assignment.py")


@pytest.mark.parametrize("name", ["answers.json", "old.ipynb"])
def test_data_holds_no_answers_and_no_notebooks(folder, name):
    (folder.assignments / NAME / "data" / name).write_text("{}")
    with pytest.raises(AuthoringError, match="не место в data"):
        authoring.build(folder, (), plan=PLAN)


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("answers.yaml", "[1, 2]\n", "упражнение: ответ"),
        ("answers.yaml", "density:\n", "ответ пуст"),
        ("answers.yaml", "density: [1, a]\n", "ответ не число"),
        ("mistakes.yaml", "density: 1\n", "нужен список"),
        ("mistakes.yaml", "- {exercise: density, answer: 1, earned: 1}\n", "нет why"),
        ("mistakes.yaml", "- {exercise: a, answer: 1, earned: 1, why: x, wy: y}\n", "ключ «wy»"),
        ("mistakes.yaml", "- {exercise: a, answer: 1, earned: много, why: x}\n", "числом баллов"),
        (
            "mistakes.yaml",
            "- {exercise: a, answer: 1, earned: 1, why: ' '}\n",
            "должны быть текстом",
        ),
    ],
)
def test_refused_cases(folder, file, text, words):
    (folder.assignments / NAME / file).write_text(text, "utf-8")
    with pytest.raises(CourseError, match=words):
        cases.read(folder.assignments / NAME)


# What is made


def test_jupytext_reads_the_same_cells():
    path = TINY / "assignments" / NAME / making.TEXT
    ours = [(cell.kind, cell.source) for cell in percent.read(path)]
    theirs = jupytext.read(path, fmt="py:percent").cells
    assert ours == [(cell.cell_type, cell.source) for cell in theirs]


def test_source_notebook_is_valid_for_nbformat_and_nbgrader(released):
    text = (released.source / NAME / f"{NAME}.ipynb").read_text("utf-8")
    nbformat.validate(nbformat.reads(text, as_version=4))
    notebook = nbgrader_reads(text, as_version=4)
    graded = {cell.id: cell.metadata.nbgrader for cell in notebook.cells}
    assert all(id == metadata["grade_id"] for id, metadata in graded.items())
    assert sum(metadata.get("points", 0) for metadata in graded.values()) == 20
    assert [cell.id for cell in notebook.cells][:3] == ["title", GUIDE_ID, "setup"]
    hidden = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.metadata.jupyter.source_hidden for cell in hidden)
    assert all(cell.source.startswith("# ") for cell in hidden)
    assert {key for cell in notebook.cells for key in cell.metadata.nbgrader} <= {
        "schema_version", "grade_id", "grade", "solution", "task", "locked", "points",
    }  # fmt: skip


def test_same_text_gives_the_same_bytes(released, folder):
    assert authoring.stale(released, NAME, plan=PLAN) == ()
    authoring.build(folder, (), plan=PLAN)
    assert bytes_below(folder.source) == bytes_below(released.source)


def test_second_build_changes_nothing_and_a_foreign_file_goes(folder):
    first = authoring.build(folder, (), plan=PLAN)
    assert len(first) == 2
    assert authoring.build(folder, (), plan=PLAN) == ()
    stray = folder.source / NAME / "old.csv"
    stray.write_text("x")
    assert authoring.build(folder, (), plan=PLAN) == (stray,)
    assert not stray.exists()


def test_release_refuses_a_source_that_is_not_of_the_text(folder):
    authoring.build(folder, (), plan=PLAN)
    (folder.source / NAME / f"{NAME}.ipynb").write_text("{}")
    with pytest.raises(AuthoringError, match="proclusters build"):
        authoring.release(folder, (), plan=PLAN)
    assert not folder.release.exists()


def test_release_leaves_no_gradebook(released):
    assert not list(released.root.rglob("gradebook.db*"))


def test_nothing_that_gives_answers_away_is_released(released):
    """Every hint, rubric, model answer and mistake of the tiny course carries the word CANARY."""
    place = released.assignments / NAME
    written = [(place / name).read_text("utf-8") for name in ("answers.yaml", "mistakes.yaml")]
    authored = (place / making.TEXT).read_text("utf-8")
    assert all("CANARY" in text for text in (*written, authored))
    assert b"CANARY" in (released.source / NAME / f"{NAME}.ipynb").read_bytes()
    for path, content in bytes_below(released.release).items():
        assert b"CANARY" not in content, path
        assert b"HIDDEN" not in content, path
        assert b"MARK SCHEME" not in content, path
        assert b"0.214" not in content, path


def test_hidden_line_that_also_stands_in_the_open_is_refused(folder):
    text = folder.assignments / NAME / making.TEXT
    leaking = text.read_text("utf-8").replace(
        'show(f"На',
        'show("CANARY-RUBRIC: 2 балла за вывод, 2 за расчёт, 2 за оговорку.")\nshow(f"На',
    )
    text.write_text(leaking, "utf-8")
    authoring.build(folder, (), plan=PLAN)
    with pytest.raises(AuthoringError, match="скрытая строка видна"):
        authoring.release(folder, (), plan=PLAN)
    assert not folder.release.exists()


def test_authored_text_runs_as_plain_python(folder, root):
    done = subprocess.run(
        [sys.executable, folder.assignments / NAME / making.TEXT],
        cwd=folder.assignments / NAME,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Кто остался без единого договора" in done.stdout
    assert not (folder.assignments / NAME / "answers.json").exists()


# What is verified


def test_model_answers_mistakes_and_an_empty_sheet_earn_what_authors_say(folder):
    verification = authoring.verify(folder, NAME, plan=PLAN)
    assert verification.faults == ()
    assert (verification.exercises, verification.mistakes) == (6, 9)
    assert authoring.model_answers(folder, NAME)["since"] == "2026-01-01"
    assert authoring.typical_mistakes(folder, NAME)[0].hint == "разделите на два"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("assignment.py", "tolerance=0.0005", "tolerance=0.5", "процент|дважды"),
        ("assignment.py", "(0.428, 0.5,", "(0.428, 0.9,", "1.8 вместо 1"),
        (
            "assignment.py",
            'check.choice("nit"',
            'check.choice("tok"',
            "образцовый ответ: 0 вместо 1",
        ),
        ("assignment.py", '["a", "d"],\n    hints', '["a", "d"], cost=0,\n    hints', "всё подряд"),
        (
            "assignment.py",
            "check.date(",
            "check.part(1, True)\ncheck.date(",
            "пустой ответ: 2 вместо 0",
        ),
        ("assignment.py", "check.match(", "wording.no_such_thing()\ncheck.match(", "no_such_thing"),
        ("answers.yaml", "isolated: nit\n", "", "isolated: нет образцового ответа"),
        ("answers.yaml", "isolated: nit", "isolated: nit\nnobody: 1", "такого поля в тетради нет"),
        ("mistakes.yaml", "earned: 0, why: про", "earned: 2, why: про", "должна стоить баллов"),
        ("mistakes.yaml", "разделите на два", "умножьте на два", "нет подсказки «умножьте на два»"),
    ],
)
def test_weakened_check_or_wrong_case_is_found(folder, file, old, new, words):
    path = folder.assignments / NAME / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    faults = "\n".join(map(str, authoring.verify(folder, NAME, plan=PLAN).faults))
    assert any(word in faults for word in words.split("|")), faults


# Stock nbgrader grades alike


def grades_by_nbgrader(folder, submissions, name=NAME):
    """Scores by cell from nbgrader's own autograde, for {student: answers}."""
    from course.forms import write_answers

    for student, answers in submissions.items():
        target = folder.root / "submitted" / student / name
        shutil.copytree(folder.release / name, target)
        write_answers(target / "answers.json", name, answers)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "JUPYTER_CONFIG_DIR": str(folder.root / "no-config"),
    }
    for command in (["generate_assignment", name, "--force"], ["autograde", name]):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command], cwd=folder.root, env=environment,
            capture_output=True, text=True, encoding="utf-8", timeout=600,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
    script = (
        "import json, sys\nfrom nbgrader.api import Gradebook\n"
        "with Gradebook('sqlite:///gradebook.db') as book:\n"
        "    print(json.dumps({s.student_id: {g.name: g.auto_score for n in s.notebooks"
        f" for g in n.grades}} for s in book.assignment_submissions('{name}')}}))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], cwd=folder.root, env=environment,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return parse_json(done.stdout, "grades")


@pytest.mark.slow
def test_nbgrader_makes_the_same_release_and_gives_the_same_scores(released, tmp_path):
    folder = CourseFolder(tmp_path / "course")
    shutil.copytree(released.root, folder.root)
    ours = bytes_below(released.release)
    model = authoring.model_answers(folder, NAME)
    given = cases.read(folder.assignments / NAME)
    text = making.read(folder, NAME, PLAN)
    from course.authoring.verifying import _pack

    packed = _pack(given, text.survey.exercises)
    submissions = {"model": model, "empty": {}}
    submissions |= {f"wrong{index}": sheet for index, (sheet, _) in enumerate(packed)}
    scores = grades_by_nbgrader(folder, submissions)
    assert bytes_below(folder.release) == ours
    by_exercise = {exercise.cell: exercise for exercise in text.survey.exercises}
    for cell, exercise in by_exercise.items():
        assert scores["model"][cell] == exercise.points
        assert scores["empty"][cell] == 0
    for index, (_, members) in enumerate(packed):
        for exercise, number in members:
            expected = given.mistakes[number].earned
            assert scores[f"wrong{index}"][exercise.cell] == pytest.approx(expected, abs=0.005)
    graded = (folder.root / "autograded" / "model" / NAME / f"{NAME}.ipynb").read_text("utf-8")
    printed = json.dumps(json.loads(graded), ensure_ascii=False)
    assert "Ответ: CANARY-MODEL Подавать рано" in printed
    assert "stderr" not in printed
