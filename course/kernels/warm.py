"""Kernels for Jupyter that are forked instead of started: the provisioner.

Only plain ipykernels of this interpreter on Linux are warm; anything else, and anything that goes
wrong, is left to the cold start that Jupyter has anyway.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from course.kernels.client import PromptClient
from course.kernels.mothers import NAME, ColdError, Forked, mother

__all__ = ["NAME", "WarmProvisioner", "split"]

_MOMENT = 0.005  # seconds
_LISTENS, _ENDS = 2000, 200  # moments that a kernel may take
_KNOWN = frozenset({"cwd", "env", "extra_arguments", "kernel_id"})


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
        if self.parent is not None and self.parent.client_factory is AsyncKernelClient:
            self.parent.client_factory = PromptClient
        for _ in range(_LISTENS):  # who connects before has to try again a tenth of a second later
            if self.process.begun:
                break
            await asyncio.sleep(_MOMENT)
        return self.connection_info

    async def wait(self) -> int | None:
        """Called when the kernel is to end: looks more often than every tenth of a second."""
        while self.forked and self.process.poll() is None:
            await asyncio.sleep(_MOMENT)
        return await super().wait()

    async def send_signal(self, signum: int) -> None:
        """Called for interrupts and ends: the whole group, as long as the kernel lives."""
        if not self.forked or self.process.poll() is None:
            await super().send_signal(signum)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Called when the kernel was asked to end: it takes a moment, not a tenth of a second."""
        await super().shutdown_requested(restart)
        for _ in range(_ENDS):
            if not self.forked or self.process.poll() is not None:
                return
            await asyncio.sleep(_MOMENT)

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
