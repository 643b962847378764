"""A plugin of the peers' own tests: ends a test that hangs, and counts the kernels it had.

Loaded by `python -m tests.peers` into the pytest that runs them: `-p tests.peers_watch`.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from course.kernels.warm import WarmProvisioner

LIMIT = 600  # seconds of one test, on a busy machine too


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run a test with its limit, and note in the report how many kernels of each kind it had."""
    with limited(LIMIT), counted() as kernels:
        try:
            yield
        finally:
            item.user_properties.extend(kernels.items())


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Fail, as a test fails, when the block takes longer."""

    def stop(*_: object) -> None:
        pytest.fail(f"no end after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def counted() -> Iterator[dict[str, int]]:
    """Count kernels that are started, `cold`, and forked, `warm`, in this process."""
    kernels = {"cold": 0, "warm": 0}
    launch: Callable[..., Any] = LocalProvisioner.launch_kernel
    fork: Callable[..., Any] = WarmProvisioner.launch_kernel

    async def launched(self: LocalProvisioner, *words: Any, **named: Any) -> Any:
        kernels["cold"] += 1
        return await launch(self, *words, **named)

    async def forked(self: WarmProvisioner, *words: Any, **named: Any) -> Any:
        known = await fork(self, *words, **named)
        kernels["warm"] += self.forked
        return known

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LocalProvisioner, "launch_kernel", launched)
        patch.setattr(WarmProvisioner, "launch_kernel", forked)
        yield kernels
