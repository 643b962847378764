"""The process that seats and clean checkers are forked from: `… nursery FD seat|split MODULES`.

It has imported what programs import, runs nothing of anybody's, and only forks. The chain of trust:

1. The grader starts one nursery for seats in a bubblewrap of its own, which sees the system, the
   toolkit and our data files, all read only, and no network; and holds the one socket to it.
2. A request is a few words of ours and handles of pipes. Nothing of a participant's goes through
   the nursery's memory, which everybody forked later has a copy of.
3. The child forgets the socket first. It enters namespaces and empty folders of its own, gives up
   every right (`enclosure`), and only then says that it is ready. No line of a participant's was
   read up to here; whatever runs from here on can reach neither the nursery nor a sibling.
4. It forks once more: the first process of that small world holds nothing and only waits. The
   grader holds a handle to it, and what ends it ends all.
5. Before the first submission the grader lets two children look around and compares what they see
   (`probe`). Where anything is not as it must be, programs are started cold, in a bubblewrap each.

Clean checkers are forked from another nursery, outside: they run our checks, never a program of a
participant's.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from course.grading import enclosure, probe, sandbox, seat, split
from course.kernels.hidden import Hidden, reseed

TABLES = ("numpy", "pandas")
PLOTS = ("matplotlib.pyplot", "matplotlib.backends.backend_agg")
PRELOAD = (*TABLES, *PLOTS)
_REQUEST = 4096
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Unseen(Hidden):
    """What is loaded and not seen; a file in the working folder comes before it, as ever."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Called by the import system."""
        if "." not in fullname and "" in sys.path and _stands(fullname):
            return None
        return super().find_spec(fullname, path, target)


def _stands(name: str) -> bool:
    """Whether the working folder holds a module or a package by that name."""
    return any(entry.name.partition(".")[0] == name for entry in os.scandir("."))


class Nursery:
    """The loop over requests; `serve` returns in a child with its request, or ends."""

    def __init__(self, owner: socket.socket, names: Iterable[str]) -> None:
        self.owner = owner
        self.shell: Any = None
        self.hidden = Unseen()
        self._names = tuple(names)

    def prepare(self) -> str:
        """Import everything and hide it; why nothing may be forked, empty if it may."""
        self.hidden.preload(self._names, "course")
        gc.collect()
        gc.freeze()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here asks how a child ended
        if len(list(Path("/proc/self/task").iterdir())) > 1:
            return "another thread may hold a lock"
        maps = Path("/proc/self/maps").read_text("utf-8", "replace").splitlines()
        shared = [line for line in maps if line.split()[1].endswith("s") and "w" in line.split()[1]]
        return f"shared memory: {shared[0]}" if shared else ""

    def serve(self) -> tuple[dict[str, Any], list[int]]:
        """Fork a child for every request; in it, this returns."""
        self.owner.sendall(json.dumps({"cold": self.prepare()[:1000]}).encode())
        while True:
            message, handles, _, _ = socket.recv_fds(
                self.owner, _REQUEST, 3, socket.MSG_CMSG_CLOEXEC
            )
            if not message:
                os._exit(0)
            try:
                if not self.fork():
                    return dict(json.loads(message)), list(handles)
            except OSError as error:  # too many processes, no memory: this one is started cold
                self.owner.sendall(json.dumps({"cold": str(error)}).encode())
            for handle in handles:
                os.close(handle)

    def fork(self) -> int:
        """Fork; in the parent, hand the owner a handle to the child."""
        child = os.fork()
        if child:
            handle = os.pidfd_open(child)
            socket.send_fds(self.owner, [b"{}"], [handle])
            os.close(handle)
        return child

    def become(self, request: dict[str, Any], handles: list[int]) -> None:
        """Turn this forked process into a clean checker in the folder that the request names."""
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        self._forget(handles)
        home = request["home"]
        os.environ.update(HOME=home, TMPDIR=home, MPLCONFIGDIR=home)
        tempfile.tempdir = None
        os.chdir(home)
        sys.argv = [str(split.__file__)]
        split.main()

    def _forget(self, handles: list[int]) -> None:
        """Keep the pipes of this child, the first two handles, and the third; nothing else."""
        os.setsid()
        self.owner.detach()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        kept = [os.dup(handle) for handle in handles]
        for place, handle in enumerate(kept[:2]):
            os.dup2(handle, place)
        silence = os.open(os.devnull, os.O_RDWR)
        os.dup2(silence, 2)
        for handle in kept[2:]:
            os.dup2(handle, 3)
        os.closerange(max(3, len(kept) + 1), 65536)
        reseed(self.hidden.peek)


class Seats(Nursery):
    """The nursery inside a sandbox, whose children are seats."""

    def prepare(self) -> str:
        """Import everything, the shell too."""
        self.shell = seat.prepared()
        reason = super().prepare()
        given = sandbox.GIVEN
        if self.hidden.shadowed(given) or Path(given, "matplotlibrc").exists():
            return "one of the data files would be imported in place of what is loaded"
        return reason

    def fork(self) -> int:
        """Fork the first process of a world of its own."""
        with enclosure.counted_anew():
            return super().fork()

    def become(self, request: dict[str, Any], handles: list[int]) -> None:
        """Turn this forked process into a seat, or into one that looks around."""
        self._forget(handles)
        answers = 3
        below = enclosure.enter(sandbox.HOME, sandbox.SPACE, sandbox.GIVEN, answers)
        os.close(answers)
        enclosure.renounce(below, int(request["seconds"]))
        os.write(1, b'{"ready": true}\n')
        child = os.fork()
        if child:
            enclosure.attend(child)
        sys.argv = [str(seat.__file__)]
        if request["kind"] == "probe":
            os.write(1, json.dumps(probe.look()).encode() + b"\n")
            os.read(0, 1)  # what the other one sees must be seen while this one lives
        else:
            seat.serve(self.shell)


def main() -> NoReturn:
    """Serve the socket whose number is the first argument, as the kind that the second says."""
    owner = socket.socket(fileno=int(sys.argv[1]))
    owner.set_inheritable(False)
    made = {"seat": Seats, "split": Nursery}[sys.argv[2]]
    nursery = made(owner, sys.argv[3:])
    request, handles = nursery.serve()
    try:
        nursery.become(request, handles)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
