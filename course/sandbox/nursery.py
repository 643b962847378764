"""The process that seats and their judges are forked from: `… course.sandbox.nursery FD`.

It has imported what programs import, runs nothing of anybody's, and only forks. The chain of trust:

1. The grader starts it in a bubblewrap of its own, which sees the system, the toolkit and our data
   files, all read only, and no network; and holds the one socket to it.
2. A request is a few words of ours and handles of pipes. Nothing of a participant's goes through
   the nursery's memory, which everybody forked later has a copy of.
3. The child forgets the socket first. It enters namespaces and empty folders of its own, gives up
   every right (`enclosure`), and only then says that it is ready. No line of a participant's was
   read up to here; whatever runs from here on can reach neither the nursery nor a sibling.
4. It forks once more: the first process of that small world holds nothing and only waits. The
   grader holds a handle to it, and what ends it ends all.
5. Before the first submission the grader lets two children look around and compares what they see
   (`probe`). Where anything is not as it must be, programs are started cold, in a bubblewrap each.
"""

from __future__ import annotations

import builtins
import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from course.kernels.hidden import Hidden, reseed
from course.sandbox import bubblewrap, enclosure, probe, seat, split

PRELOAD = ("numpy", "pandas", "matplotlib.pyplot", "matplotlib.backends.backend_agg")
_REQUEST = 4096


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
    """The loop over requests; `serve` returns in a child with its request and its handles."""

    def __init__(self, owner: socket.socket) -> None:
        self._owner = owner
        self._shell: Any = None
        self._hidden = Unseen()

    def prepare(self) -> str:
        """Import everything and hide it; why nothing may be forked, empty if it may."""
        self._shell = seat.prepared()
        self._hidden.preload(PRELOAD, "course")
        gc.collect()
        gc.freeze()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here asks how a child ended
        given = bubblewrap.GIVEN
        if self._hidden.shadowed(given) or Path(given, "matplotlibrc").exists():
            return "one of the data files would be imported in place of what is loaded"
        if len(list(Path("/proc/self/task").iterdir())) > 1:
            return "another thread may hold a lock"
        maps = Path("/proc/self/maps").read_text("utf-8", "replace").splitlines()
        shared = [line for line in maps if "w" in line.split()[1] and "s" in line.split()[1]]
        return f"shared memory: {shared[0]}" if shared else ""

    def serve(self) -> tuple[dict[str, Any], list[int]]:
        """Fork a child for every request, and answer with a handle to it; in it, this returns."""
        self._owner.sendall(json.dumps({"cold": self.prepare()[:1000]}).encode())
        while True:
            message, handles, _, _ = socket.recv_fds(
                self._owner, _REQUEST, 3, socket.MSG_CMSG_CLOEXEC
            )
            if not message:
                os._exit(0)
            try:
                with enclosure.counted_anew():
                    child = os.fork()
                if not child:
                    return dict(json.loads(message)), list(handles)
                handle = os.pidfd_open(child)
                socket.send_fds(self._owner, [b"{}"], [handle])
                os.close(handle)
            except OSError as error:  # too many processes, no memory: this one is started cold
                self._owner.sendall(json.dumps({"cold": str(error)[:1000]}).encode())
            for handle in handles:
                os.close(handle)

    def become(self, request: dict[str, Any], handles: list[int]) -> None:
        """Turn this forked process into what the request asks for; return when it has ended."""
        self._forget(handles)
        rooms = (bubblewrap.HOME, bubblewrap.SPACE, bubblewrap.GIVEN)
        below = enclosure.enter(*rooms, answers=3, toolkit=bubblewrap.toolkit())
        os.close(3)
        enclosure.renounce(below, int(request["seconds"]))
        os.write(1, b'{"ready": true}\n')
        child = os.fork()
        if child:
            enclosure.attend(child)
        {"seat": self._sit, "judge": self._judge, "probe": self._look}[request["kind"]]()

    def _forget(self, handles: list[int]) -> None:
        """Keep two pipes as input and output, and the answers as the third; nothing else."""
        os.setsid()
        self._owner.detach()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        kept = [os.dup(handle) for handle in handles]
        silence = os.open(os.devnull, os.O_RDWR)
        for place, handle in enumerate((kept[0], kept[1], silence, kept[2])):
            os.dup2(handle, place)
        os.closerange(4, 65536)
        reseed(self._hidden.peek)

    def _sit(self) -> None:
        sys.argv = [str(seat.__file__)]
        seat.serve(self._shell)

    def _judge(self) -> None:
        sys.argv = [str(split.__file__)]
        self._shell.clear_instance()  # checks run without a shell, and without its built-ins
        for name in ("display", "__IPYTHON__"):
            builtins.__dict__.pop(name, None)
        sys.path.remove("")
        split.main()

    def _look(self) -> None:
        os.write(1, json.dumps(probe.look()).encode() + b"\n")
        os.read(0, 1)  # what the other one sees must be seen while this one lives


def main() -> NoReturn:
    """Serve the socket whose number is the argument."""
    owner = socket.socket(fileno=int(sys.argv[1]))
    owner.set_inheritable(False)
    nursery = Nursery(owner)
    request, handles = nursery.serve()
    try:
        nursery.become(request, handles)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
