"""A client of warm kernels: it is ready as soon as the kernel is."""

from __future__ import annotations

from collections.abc import Mapping
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

_SOON = 0.2  # seconds that Jupyter's own client, too, gives a message to come


class PromptClient(AsyncKernelClient):
    """Jupyter's own client, which does not wait a fifth of a second for silence at the start.

    A kernel greets whoever begins to listen, and says when it is idle again. After both nothing is
    on its way that could be taken for the output of a cell.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered and is idle; for a silent one, wait as ever."""
        try:
            await self.iopub_channel.get_msg(timeout=_SOON)
            asked = self.kernel_info()
            await self.shell_channel.get_msg(timeout=1)
            while not _idle(await self.iopub_channel.get_msg(timeout=_SOON), asked):
                pass
        except Empty:
            await super().wait_for_ready(timeout)


def _idle(message: Mapping[str, dict[str, Any]], asked: str) -> bool:
    """Whether the kernel says that it has done what was `asked`."""
    mine = message["parent_header"].get("msg_id") == asked
    return mine and message["content"].get("execution_state") == "idle"
