"""The process that kernels are forked from: `python -m course.kernels.zygote FD`.

It imports what notebooks import, runs nothing of anybody's, and then only forks: for each request
that comes over a line a child becomes an ordinary ipykernel. The first line is its owner's, who may
give further ones to processes of his. Children end with their line, and all ends with the first.
One thread only, so that a fork copies no lock that somebody holds.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import json
import os
import select
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

PRELOAD = (
    "numpy", "pandas", "matplotlib.pyplot", "matplotlib.backends.backend_agg",
    # what saves the first picture, and what looks for the addresses of the machine
    "PIL.BmpImagePlugin", "PIL.GifImagePlugin", "PIL.JpegImagePlugin", "PIL.PpmImagePlugin",
    "IPython.core.pylabtools", "psutil",
)  # fmt: skip
# what every ipykernel imports while it starts, cold or warm
_OWN = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "ipykernel.zmqshell",
        "ipykernel.comm.comm", "IPython.core.magics", "IPython.extensions.storemagic", "pdb",
        "IPython.core.debugger", "IPython.core.oinspect", "IPython.core.completerlib",
        "IPython.core.logger", "sqlite3", "faulthandler", "tornado.platform.asyncio",
        "tornado.locks", "tornado.queues")  # fmt: skip
_INLINE = "module://matplotlib_inline.backend_inline"  # what ipykernel itself sets
BEGUN = b"\n"  # what stands before the exit code where a kernel came to listen
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_REQUEST = 4 << 20  # bytes of a request, an environment included


class Zygote:
    """The loop over requests; `serve` returns in the child, never in the parent."""

    def __init__(self, owner: socket.socket, names: tuple[str, ...]) -> None:
        self._owner = owner
        self._lines = [owner]
        self._parent = os.getppid()
        self._exits: dict[int, int] = {}  # where to tell with what a child ended
        self._lent: dict[int, socket.socket] = {}  # over which line a child was asked for
        self._begun = -1  # where a child tells that it listens
        self._wake, alarm = os.pipe()
        os.set_blocking(alarm, False)
        os.set_blocking(self._wake, False)
        self._ahead(names)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(alarm, warn_on_full_buffer=False)
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def _ahead(self, names: tuple[str, ...]) -> None:
        """Import everything; what only notebooks import is hidden."""
        import gc
        import importlib

        gc.disable()  # little is thrown away while one imports
        from course.kernels.hidden import Hidden, reseed

        self._reseed = reseed
        for name in _OWN:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        self.hidden = Hidden()
        backend = os.environ.get("MPLBACKEND")
        os.environ["MPLBACKEND"] = backend or _INLINE
        self.hidden.preload(names, "course")
        if not backend:
            del os.environ["MPLBACKEND"]
        gc.collect()
        gc.freeze()
        gc.enable()
        del sys.modules["gc"]  # a notebook has not imported it either

    def serve(self) -> dict[str, Any] | None:
        """Fork a child for every request: in it this returns the request, and nothing at the end.

        Each request is answered by the child's number, a handle to it and a pipe that will tell
        when it listens and how it ended; by 0 where a warm kernel would not be what a cold one is.
        """
        _tell(self._owner, {"ready": _threads()})
        while self._owner in self._lines:
            lines = {line.fileno(): line for line in self._lines}
            ready, _, _ = select.select([*lines, self._wake], [], [], 5.0)
            self._reap()
            if not ready and os.getppid() != self._parent:
                return None
            for number in ready:
                request = self._answer(lines[number]) if number in lines else None
                if request is not None:
                    return request
        return None

    def _answer(self, line: socket.socket) -> dict[str, Any] | None:
        """Do what is asked over a line; the request comes back only in a forked child."""
        try:
            message, handles, _, _ = socket.recv_fds(line, _REQUEST, 1, socket.MSG_CMSG_CLOEXEC)
        except ConnectionResetError:
            message, handles = b"", []
        if not message:
            self._drop(line)
        elif handles:
            self._lines.append(socket.socket(fileno=handles[0]))
            _tell(self._lines[-1], {"ready": _threads()})
        else:
            request = dict(json.loads(message))
            if self._shadowed(request["cwd"]):
                _tell(line, {"pid": 0})
            elif not self._fork(line):
                return request
        return None

    def _drop(self, line: socket.socket) -> None:
        """End the children of a line that nobody holds any more."""
        for pid, lender in self._lent.items():
            if lender is line:
                os.kill(pid, signal.SIGKILL)  # not reaped yet, so the number is still its own
        self._lines.remove(line)
        line.close()

    def _fork(self, line: socket.socket) -> int:
        """Fork; in the parent, tell whoever asked of the child."""
        told, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            self._begun = tell
            return 0
        self._exits[pid], self._lent[pid] = tell, line
        handle = os.pidfd_open(pid)
        _tell(line, {"pid": pid}, handle, told)
        os.close(handle)
        os.close(told)
        return pid

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake, 4096)
        while self._exits:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            tell = self._exits.pop(pid)
            del self._lent[pid]
            with contextlib.suppress(OSError):
                os.write(tell, str(os.waitstatus_to_exitcode(status)).encode())
            os.close(tell)

    def _shadowed(self, place: str) -> bool:
        """Whether the folder holds something that would be imported in place of what is loaded."""
        try:
            return self.hidden.shadowed(place) or Path(place, "matplotlibrc").exists()
        except OSError:
            return True  # a cold start says what is wrong

    def become(self, request: dict[str, Any]) -> int:
        """Turn this forked process into the kernel that was asked for; its exit code."""
        _die_with(os.getppid())
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        for line in self._lines:
            line.detach()
        os.dup2(self._begun, 3)
        os.closerange(4, 65536)  # neither the way to the zygote nor anything of a sibling
        os.chdir(request["cwd"])
        os.environ.clear()
        os.environ.update(request["env"])
        self._reseed(self.hidden.peek)
        from ipykernel import kernelapp

        launcher = Path(kernelapp.__file__).parents[1] / "ipykernel_launcher.py"
        sys.argv = [str(launcher), *request["argv"]]
        app: Any = kernelapp.IPKernelApp.instance(parent_handle=os.getppid())
        app.initialize(request["argv"])
        os.write(3, BEGUN)
        os.close(3)
        app.start()
        return 0


def _tell(line: socket.socket, words: dict[str, int], *handles: int) -> None:
    """Answer over a line; whoever has gone away meanwhile is dropped when it is listened to."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        socket.send_fds(line, [json.dumps(words).encode()], handles)


def _threads() -> int:
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def _die_with(parent: int) -> None:
    """End this process with the one that forked it."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _last(code: int) -> None:
    """End a forked process as an interpreter ends, without the frames that lie below it."""
    with contextlib.suppress(BaseException):
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):
            stream.flush()
    os._exit(code)


def main() -> None:
    """Serve the socket whose number is the first argument; the others are modules to preload."""
    if sys.path[0] in ("", str(Path.cwd())):
        del sys.path[0]  # as a kernel does while it starts
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # its warning is for developers
    owner = socket.socket(fileno=int(sys.argv[1]))
    os.set_inheritable(owner.fileno(), False)
    zygote = Zygote(owner, tuple(sys.argv[2:]))
    request = zygote.serve()
    if request is None:
        return
    code = 1
    try:
        code = zygote.become(request)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    _last(code)


if __name__ == "__main__":
    main()
