"""Warm kernels: what a notebook finds in them is what it finds in a cold one."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager, KernelManager
from nbclient import NotebookClient

from course.kernels import mothers, warm
from course.kernels.client import PromptClient
from course.kernels.hidden import Hidden

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="только в Linux ядра ветвятся")

CELLS = (
    "import sys; print(*sorted(sys.modules))",
    "import matplotlib\nmatplotlib.pyplot",
    "pd",
    "import numpy as np, pandas as pd\nprint(pd.DataFrame({'a': [1, 2]}).sum(), np.arange(3))",
    "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([1, 3, 2]);",
    "print('out'); print('err', file=sys.stderr)",
    "import os; os.system('echo from a child')",
    "def f(x):\n    return 1 / x\nf(0)",
    "print(sorted(sys.modules) == sorted(set(sys.modules)), 'decimal' in sys.modules)",
    "print(__name__, sys.argv[0], sys.path[0], os.getcwd(), dir())",
    "print(os.environ.get('ONLY_HERE'), os.environ['MPLBACKEND'], sys.flags)",
    "import decimal, json, fractions, datetime; print(decimal.getcontext())",
    "print(*sorted(sys.modules))",
    "sys.exit()",
)


class Kernels(KernelSpecManager):
    """One kernel, provided as `name` says."""

    name = warm.NAME

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        known = get_kernel_dict()
        known["metadata"] = {"kernel_provisioner": {"provisioner_name": self.name}}
        return KernelSpec(**known)


class ColdKernels(Kernels):
    name = "local-provisioner"


def manager(
    place: Path, kernels: type[Kernels] = Kernels, kind: type[KernelManager] = KernelManager
) -> KernelManager:
    return kind(
        kernel_spec_manager=kernels(),
        kernel_name="python3",
        transport="ipc",
        ip=f"{place}/k",
        connection_file=str(place / "connection.json"),
    )


def run(
    place: Path, cells: tuple[str, ...], kernels: type[Kernels] = Kernels, **env: str
) -> tuple[list[Any], bool]:
    """The outputs of all cells, and whether the kernel was a warm one."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in cells])
    place.mkdir(exist_ok=True)
    made = manager(place, kernels)
    # on a busy machine a line and its end may come as two outputs
    client = NotebookClient(notebook, km=made, allow_errors=True, coalesce_streams=True,
                            resources={"metadata": {"path": str(place)}})  # fmt: skip
    client.owns_km = True
    was: list[bool] = []
    client.on_cell_start = lambda cell, cell_index: was.append(
        isinstance(made.provisioner.process, mothers.Forked)  # type: ignore[union-attr]
    )
    done = client.execute(env={**os.environ, "IPYTHONDIR": str(place), **env})
    return [cell.outputs for cell in done.cells], was[0]


@pytest.fixture(scope="module", autouse=True)
def _dismissed() -> Iterator[None]:
    yield
    mothers.dismiss()


def text(outputs: list[Any]) -> str:
    return "".join(each.get("text", "") for each in outputs)


def test_a_warm_kernel_is_what_a_cold_one_is(tmp_path: Path) -> None:
    place = tmp_path / "k"
    cold, was_cold = run(place, CELLS, ColdKernels, ONLY_HERE="here")
    same, was_warm = run(place, CELLS, ONLY_HERE="here")
    assert (was_cold, was_warm) == (False, True)
    for source, mine, theirs in zip(CELLS, same, cold, strict=True):
        if source.endswith("print(*sorted(sys.modules))"):
            # `gc` is built in and in nobody's namespace: it may be loaded a moment sooner
            assert set(text(mine).split()) ^ set(text(theirs).split()) <= {"gc"}, source
            continue
        assert mine == theirs, source


def test_kernels_know_nothing_of_each_other(tmp_path: Path) -> None:
    look = (
        "import os, stat, socket, numpy as np\nprint(np.random.rand(3))",
        "kinds = []\nfor fd in map(int, os.listdir('/proc/self/fd')):\n    try:\n"
        "        if stat.S_ISSOCK(os.fstat(fd).st_mode):\n"
        "            kinds.append(socket.socket(fileno=os.dup(fd)).type)\n    except OSError:\n"
        "        pass\nprint(socket.SOCK_SEQPACKET in kinds)",
        "secret = 1; open('/tmp/x', 'a').close(); import sys; sys.kept = 1",
    )
    first, _ = run(tmp_path / "a", look)
    second, was_warm = run(tmp_path / "b", (*look[:2], "print('secret' in dir(), sys.path)",
                                            "import sys; print(hasattr(sys, 'kept'))"))  # fmt: skip
    assert was_warm
    assert text(first[0]) != text(second[0])  # another seed
    assert text(first[1]) == text(second[1]) == "False\n"  # no way to the zygote
    assert text(second[3]) == "False\n"


@pytest.mark.parametrize("name", ["numpy.py", "pandas/__init__.py", "matplotlibrc"])
def test_what_lies_in_the_folder_goes_first(tmp_path: Path, name: str) -> None:
    place = tmp_path / "k"
    (place / name).parent.mkdir(parents=True)
    (place / name).write_text("mark = 5" if name.endswith("py") else "figure.dpi: 55")
    source = {
        "numpy.py": "import numpy; print(numpy.mark)",
        "pandas/__init__.py": "import pandas; print(pandas.mark)",
        "matplotlibrc": "import matplotlib; print(matplotlib.rcParams['figure.dpi'])",
    }
    outputs, was_warm = run(place, (source[name],))
    assert not was_warm
    assert text(outputs[0]) in ("5\n", "55.0\n")


@pytest.mark.parametrize(
    "command",
    [["/usr/bin/python3", "-m", "ipykernel_launcher", "-f", "x"], ["R", "-e", "1"],
     [sys.executable, "-I", "-m", "ipykernel_launcher", "-f", "x"], [sys.executable, "-c", "1"]],
)  # fmt: skip
def test_other_kernels_start_as_ever(command: list[str]) -> None:
    with pytest.raises(mothers.ColdError):
        warm.split(command)


@pytest.mark.parametrize("error", [mothers.ColdError("none"), OSError("no more processes")])
def test_without_a_zygote_a_kernel_starts_cold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def none(*_: object) -> mothers.Mother:
        raise error

    monkeypatch.setattr(warm, "mother", none)
    outputs, was_warm = run(tmp_path / "k", ("print(6 * 7)",))
    assert (text(outputs[0]), was_warm) == ("42\n", False)


def test_an_interrupt_a_kill_and_a_restart(tmp_path: Path) -> None:
    made = manager(tmp_path)
    made.start_kernel(cwd=str(tmp_path))
    client = made.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        assert isinstance(made.provisioner.process, mothers.Forked)  # type: ignore[union-attr]
        busy = client.execute("open('busy', 'w').close()\nwhile True: pass")
        wait_for(lambda: (tmp_path / "busy").exists())
        made.interrupt_kernel()
        reply = client.get_shell_msg(timeout=30)
        while reply["parent_header"]["msg_id"] != busy:  # readiness was asked more than once
            reply = client.get_shell_msg(timeout=30)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        process = made.provisioner.process  # type: ignore[union-attr]
        os.kill(process.pid, signal.SIGKILL)
        wait_for(lambda: not made.is_alive())
        assert process.poll() == -signal.SIGKILL
        made.restart_kernel(now=True)
        client.wait_for_ready(timeout=60)
        assert isinstance(made.provisioner.process, mothers.Forked)  # type: ignore[union-attr]
    finally:
        client.stop_channels()
        made.shutdown_kernel(now=True)
        made.cleanup_resources()


@pytest.mark.parametrize("kernels", [Kernels, ColdKernels])
def test_a_client_is_ready_when_nothing_is_on_its_way(
    tmp_path: Path, kernels: type[Kernels]
) -> None:
    async def first() -> tuple[bool, str, list[bool]]:
        made: Any = manager(tmp_path, kernels, AsyncKernelManager)
        if kernels is ColdKernels:
            made.client_factory = PromptClient  # as after a warm kernel that a cold one replaced
        await made.start_kernel(cwd=str(tmp_path))
        listens = kernels is Kernels and made.provisioner.process.begun
        client = made.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=60)
            asked, states = client.execute("1 + 1"), []
            while not states or states[-1][1] != "idle":
                message = await client.get_iopub_msg(timeout=60)
                mine = message["parent_header"].get("msg_id") == asked
                states.append((mine, message["content"].get("execution_state")))
        finally:
            client.stop_channels()
            await made.shutdown_kernel(now=True)
        return listens, type(client).__name__, [mine for mine, _ in states]

    listens, client, mine = asyncio.run(first())
    assert (listens, client) == (kernels is Kernels, "PromptClient")
    assert all(mine)


def test_a_kernel_that_never_listens_is_known_to_have_ended(tmp_path: Path) -> None:
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    mother = mothers.mother([sys.executable], env)
    forked = mother.fork(str(tmp_path), env, ["-f", str(tmp_path), "--IPKernelApp.ip=nowhere"])
    wait_for(lambda: forked.begun)
    assert forked.wait(30) == 1


@pytest.mark.parametrize(
    ("words", "code"), [((b"\n", b"3"), 3), ((b"\n", b""), -9), ((b"", b"7"), 7)]
)
def test_the_exit_code_may_come_after_the_end(words: tuple[bytes, ...], code: int) -> None:
    ended = subprocess.Popen(["true"])
    told, tell = os.pipe()
    forked = mothers.Forked(ended.pid, os.pidfd_open(ended.pid), told)
    os.write(tell, words[0])
    later = threading.Timer(0.1, lambda: (os.write(tell, words[-1]), os.close(tell)))
    later.start()
    assert forked.wait(30) == code
    later.join()
    ended.wait()


OWNER = """
import json, os, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.test_kernels import manager
made = manager(Path(sys.argv[1]))
made.start_kernel(cwd=sys.argv[1])
from course.kernels import mothers, warm
zygotes = [each.process.pid for each in mothers._mothers.values()]
print(json.dumps([made.provisioner.process.pid, *zygotes]), flush=True)
time.sleep(600)
"""


def test_nothing_is_left_when_its_owner_is_killed(tmp_path: Path, root: Path) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path), str(root)], stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout
    pids = json.loads(owner.stdout.readline())
    assert len(pids) == 2
    assert all(lives(pid) for pid in pids)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    wait_for(lambda: not any(lives(pid) for pid in pids))


def test_a_zygote_that_was_lent_ends_the_kernels_of_a_line_with_it(tmp_path: Path) -> None:
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    argv = ["-f", str(tmp_path / "connection.json")]
    with mothers.lend([sys.executable], env) as door:
        assert door is not None
        first, second = (mothers.Line(mothers.Line(door.line).share()) for _ in range(2))
        mine, other = (line.fork(str(tmp_path), env, argv) for line in (first, second))
        assert parent(mine.pid) == parent(other.pid) != os.getpid()
        first.close()
        wait_for(lambda: mine.poll() is not None)
        assert mine.returncode == -signal.SIGKILL
        assert other.poll() is None
        assert not first.alive
        with pytest.raises(mothers.ColdError):
            first.fork(str(tmp_path), env, argv)
    wait_for(lambda: other.poll() is not None)
    with pytest.raises(mothers.ColdError):
        second.fork(str(tmp_path), env, argv)
    second.close()


def test_who_has_joined_asks_the_lender(tmp_path: Path) -> None:
    env = {**os.environ, "PROCLUSTERS_PRELOAD": "decimal"}
    with mothers.lend([sys.executable], env) as door:
        assert door is not None
        mothers.join(door)
        joined = mothers.mother([sys.executable], {**env, "JPY_PARENT_PID": "1"})
        assert not isinstance(joined, mothers.Mother)
        joined.wait()
    with pytest.raises(mothers.ColdError):
        joined.fork(str(tmp_path), env, [])
    joined.close()
    mothers.dismiss()


def parent(pid: int) -> int:
    """Who forked a process."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def lives(pid: int) -> bool:
    """Whether a process lives and is no corpse."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(done: Any) -> None:
    end = time.monotonic() + 30
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


SEEN = """
import sys
sys.path.insert(0, sys.argv[1])
from course.kernels.hidden import Hidden
hidden = Hidden()
hidden.preload(["alpha.deep", "beta"])
assert "alpha" not in sys.modules and "alpha.deep" in hidden
import alpha
assert alpha.named() == 2
assert alpha.needed.value == 1 and not hasattr(alpha, "deep") and "alpha.deep" not in sys.modules
assert "beta" not in sys.modules and alpha.__spec__.loader is not hidden
import alpha.deep
assert alpha.deep.ran == [1], alpha.deep.ran
import importlib
assert importlib.reload(alpha.deep) is alpha.deep
import beta
assert beta.alpha is alpha
"""


def test_hidden_modules_come_back_with_what_they_imported(tmp_path: Path, root: Path) -> None:
    (tmp_path / "alpha").mkdir()
    (tmp_path / "alpha" / "__init__.py").write_text(
        "from . import needed\nfrom .named import named"
    )
    (tmp_path / "alpha" / "named.py").write_text("def named(): return 2")
    (tmp_path / "alpha" / "needed.py").write_text("value = 1")
    (tmp_path / "alpha" / "deep.py").write_text("ran = [1]")
    (tmp_path / "beta.py").write_text("import importlib; alpha = importlib.import_module('alpha')")
    done = subprocess.run(
        [sys.executable, "-c", SEEN, str(tmp_path)], cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_missing_module_is_no_reason_to_stay_cold() -> None:
    hidden = Hidden()
    hidden.preload(["no_such_module_anywhere"])
    assert hidden.find_spec("no_such_module_anywhere") is None
    sys.meta_path.remove(hidden)


@pytest.mark.parametrize(
    ("name", "stands"),
    [("alpha.py", True), ("alpha.abi3.so", True), ("alpha/__init__.py", True), ("alpha.txt", False),
     ("alpha/data.csv", False), ("beta/data.csv", True), ("beta.toml", False)],
)  # fmt: skip
def test_what_stands_in_the_way_of_a_hidden_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, stands: bool
) -> None:
    library, folder = tmp_path / "library", tmp_path / "folder"
    (library / "beta").mkdir(parents=True)
    (library / "alpha.py").write_text("import beta.deep")
    (library / "beta" / "deep.py").touch()  # a namespace: its folder may have further parts
    (folder / name).parent.mkdir(parents=True)
    (folder / name).touch()
    monkeypatch.syspath_prepend(library)
    hidden = Hidden()
    hidden.preload(["alpha"])
    sys.meta_path.remove(hidden)
    assert "alpha" in hidden
    assert hidden.shadowed(str(folder)) is stands
    assert not hidden.shadowed(str(library))
