"""Kernels for Jupyter that are forked instead of started: the provisioner, and its zygotes.

Only plain ipykernels of this interpreter on Linux are warm; anything else, and anything that goes
wrong, is left to the cold start that Jupyter has anyway. Between here and the zygote there is one
socket that nobody else holds, and on it JSON.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from course.kernels.zygote import PRELOAD

NAME = "proclusters-warm"
ASKED = "PROCLUSTERS_PRELOAD"  # further modules to load ahead, with commas between
KINDS = 2  # zygotes that one process keeps at most
_KNOWN = frozenset({"cwd", "env", "extra_arguments", "kernel_id"})
_START = 60.0  # seconds for the imports ahead
_FORK = 10.0
# what an interpreter or a library reads only once: another value needs another zygote
_EARLY = ("PYTHON", "LD_", "MPL", "OPENBLAS", "OMP_", "MKL_", "NUMEXPR", "BLIS", "XDG_", "LC_",
          "PANDAS", "NPY_", "COV", ASKED)  # fmt: skip
_EARLY_TOO = frozenset({"HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR"})


class ColdError(Exception):
    """No warm kernel can be had; the reason is for a log."""


class Forked:
    """A kernel that was forked: what Jupyter asks of a `Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int, told: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._handle, self._told = handle, told

    def poll(self) -> int | None:
        """The exit code, or nothing while the kernel lives."""
        if self.returncode is None and self._over(0):
            text = b""
            if select.select([self._told], [], [], 1.0)[0]:
                text = os.read(self._told, 16)
            self.returncode = int(text or -signal.SIGKILL)  # silence: the zygote went with it
            os.close(self._handle)
            os.close(self._told)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, when there is one; `TimeoutExpired` after `timeout` seconds."""
        if self.returncode is None and not self._over(timeout):
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        code = self.poll()
        assert code is not None
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to this very process, never to another with its number."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def _over(self, timeout: float | None) -> bool:
        return bool(select.select([self._handle], [], [], timeout)[0])


class Mother:
    """A zygote of this process, to `fork` kernels from; `close` ends it and them."""

    def __init__(self, python: list[str], environment: Mapping[str, str]) -> None:
        self.pid = os.getpid()
        self._talk = threading.Lock()
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        names = [*PRELOAD, *filter(None, environment.get(ASKED, "").split(","))]
        self.process = subprocess.Popen(  # noqa: S603 - our own words
            [*python, "-m", "course.kernels.zygote", str(theirs.fileno()), *names],
            cwd="/",  # what lies in a course folder is never imported here
            env={name: value for name, value in environment.items() if name[:4] != "JPY_"},
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        try:
            if self._hear(_START)[0].get("ready") != 1:
                raise ColdError("the prepared process has more than one thread")
        except BaseException:
            self.close()
            raise

    def fork(self, cwd: str, env: Mapping[str, str], argv: list[str]) -> Forked:
        """A kernel in the folder `cwd` with the environment `env`; `ColdError` if there is none."""
        with self._talk:
            try:
                self._line.sendall(json.dumps({"cwd": cwd, "env": env, "argv": argv}).encode())
            except (OSError, UnicodeEncodeError) as error:
                raise ColdError(str(error)) from None
            reply, handles = self._hear(_FORK)
        if not reply["pid"] or len(handles) != 2:
            raise ColdError("a file in the folder stands in the way")
        return Forked(reply["pid"], *handles)

    def close(self) -> None:
        """End the zygote, and its kernels with it."""
        self._line.close()
        if self.pid == os.getpid():
            self.process.kill()
            self.process.wait()

    def _hear(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        self._line.settimeout(seconds)
        try:
            text, handles, _, _ = socket.recv_fds(self._line, 4096, 2, socket.MSG_CMSG_CLOEXEC)
            return dict(json.loads(text)), list(handles)
        except (OSError, ValueError) as error:
            raise ColdError(str(error) or "no answer") from None


_mothers: dict[str, Mother | None] = {}  # nothing where one could not be had
_guard = threading.Lock()


def mother(python: list[str], environment: Mapping[str, str]) -> Mother:
    """The zygote of this process for an interpreter and what is read early; `ColdError` if none."""
    early = {
        name: value
        for name, value in environment.items()
        if name.startswith(_EARLY) or name in _EARLY_TOO
    }
    key = json.dumps([python, early], sort_keys=True)
    with _guard:
        if any(each and each.pid != os.getpid() for each in _mothers.values()):
            _mothers.clear()  # this process was forked itself: those are its parent's
        found = _mothers.get(key)
        if found is not None and found.process.poll() is None:
            return found
        if key in _mothers and found is None:
            raise ColdError("it could not be had before")
        if len(_mothers) >= KINDS:
            raise ColdError("too many kinds of kernels")
        _mothers[key] = None
        made = _mothers[key] = Mother(python, environment)
        return made


def dismiss() -> None:
    """End all zygotes of this process."""
    for each in _mothers.values():
        if each is not None:
            each.close()
    _mothers.clear()


atexit.register(dismiss)


def split(command: list[str]) -> tuple[list[str], list[str]]:
    """The interpreter with its options, and an ipykernel's arguments; `ColdError` if it is none."""
    for module in ("ipykernel_launcher", "ipykernel"):
        if module in command[1:] and command[command.index(module) - 1] == "-m":
            at = command.index(module)
            python, argv = command[: at - 1], command[at + 1 :]
            break
    else:
        raise ColdError("not an ipykernel")
    if not python or not _same(python[0]) or any(not word.startswith("-X") for word in python[1:]):
        raise ColdError("another interpreter")
    return [sys.executable, *python[1:]], argv


def _same(python: str) -> bool:
    """Whether a word of a command means the interpreter that runs now."""
    # not resolved: two environments may share one interpreter
    return os.path.abspath(os.path.expanduser(python)) == os.path.abspath(sys.executable)  # noqa: PTH100, PTH111


class WarmProvisioner(LocalProvisioner):
    """Forks the kernel where it can, and starts it where it can't."""

    process: Any = None  # a `Popen`, or `Forked`, which answers like one

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Called by the kernel manager when everything else is prepared."""
        try:
            self.process = _forked(cmd, kwargs)
        except (ColdError, OSError) as reason:
            self.log.debug("cold kernel: %s", reason)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info

    async def wait(self) -> int | None:
        """Called when the kernel is to end: looks more often than every tenth of a second."""
        while self.forked and self.process.poll() is None:
            await asyncio.sleep(0.005)
        return await super().wait()

    async def send_signal(self, signum: int) -> None:
        """Called for interrupts and ends: the whole group, as long as the kernel lives."""
        if not self.forked or self.process.poll() is None:
            await super().send_signal(signum)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Called when the kernel was asked to end: it takes a moment, not a tenth of a second."""
        await super().shutdown_requested(restart)
        for _ in range(200):
            if not self.forked or self.process.poll() is not None:
                return
            await asyncio.sleep(0.005)

    @property
    def forked(self) -> bool:
        """Whether the kernel is a warm one."""
        return isinstance(self.process, Forked)


def _forked(command: list[str], kwargs: Mapping[str, Any]) -> Forked:
    """The warm kernel that was asked for; `ColdError` where a cold one is due."""
    if sys.platform != "linux":
        raise ColdError("only Linux forks safely")
    if any(value for name, value in kwargs.items() if name not in _KNOWN):
        raise ColdError("its streams or its life are of another kind")
    python, argv = split(command)
    given = kwargs.get("env")
    env = {**(os.environ if given is None else given), "JPY_PARENT_PID": str(os.getpid())}
    cwd = str(Path(kwargs.get("cwd") or Path.cwd()).absolute())
    return mother(python, env).fork(cwd, env, argv)
