"""Running a template with papermill in a kernel of this very interpreter.

The kernel needs no installed kernelspec and no activated environment, runs in the course folder,
and sees no settings of the person at the machine. Parameters are written into the notebook as
Python literals, so a value can never be read as code.
"""

from __future__ import annotations

import copy
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course import errors
from course.errors import Fault, ReportError
from course.imports import quickly
from course.progress import Progress, silent
from course.reporting.kernel import environment
from course.reporting.report import MEDIA_TYPE, Report

with quickly():
    import nbformat
    from ipykernel.kernelspec import get_kernel_dict
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import KernelManager
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import execute_notebook
    from papermill.translators import PythonTranslator, papermill_translators

NAME = "proclusters"  # of our engine and translator in papermill's registries
SECONDS = 1800  # one cell may not take longer; 100 000 scenarios take minutes on a small machine


class _OwnKernels(KernelSpecManager):
    """Knows one kernel: the interpreter that runs now."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002
        """Asked by the kernel manager when it starts; the name does not matter."""
        return KernelSpec(**get_kernel_dict())


class _Engine(NBClientEngine):  # type: ignore[misc]
    """Papermill's engine over our kernel; papermill calls it once for a notebook."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, _kernel: str, *, root: str, home: str, progress: Progress, **_: Any
    ) -> Any:
        """Run all cells in the folder `root`; a failing cell stops the run."""
        manager = KernelManager(
            kernel_name="python3", kernel_spec_manager=_OwnKernels(), **_transport(home)
        )
        total = len(nb_man.nb.cells)

        def started(cell: Any, cell_index: int) -> None:
            progress(cell_index, total, cell.id)

        client = PapermillNotebookClient(
            nb_man,
            km=manager,
            timeout=SECONDS,
            startup_timeout=60,
            shutdown_kernel="immediate",
            resources={"metadata": {"path": root}},
            on_cell_start=started,
        )
        client.owns_km = True  # so that it closes the kernel and its sockets behind itself
        return client.execute(env=environment(home))


class _Literals(PythonTranslator):  # type: ignore[misc]
    """Parameters as Python literals with readable Cyrillic."""

    @classmethod
    def translate(cls, val: Any) -> str:
        """A literal that evaluates to `val`; refused for anything but plain values."""
        if val is None or isinstance(val, str | bool | int | float):
            return repr(val)
        raise ReportError(Fault("", "", f"параметр не простое значение: {val!r:.60}"))

    @classmethod
    def codify(cls, parameters: Mapping[str, Any], comment: str = "") -> str:  # noqa: ARG003
        """The source of the injected cell; its first line is what a folded cell shows."""
        lines = [f"{name} = {cls.translate(value)}" for name, value in parameters.items()]
        return "\n".join(["# Параметры этого отчёта", *lines])


papermill_engines.register(NAME, _Engine)
papermill_translators.register(NAME, _Literals)


def run(
    notebook: Any, parameters: Mapping[str, Any], root: Path, progress: Progress = silent
) -> Any:
    """The executed notebook; `ReportError` in Russian if a cell fails."""
    with tempfile.TemporaryDirectory(prefix="report-") as home:
        try:
            executed = execute_notebook(
                copy.deepcopy(notebook),
                None,
                dict(parameters),
                engine_name=NAME,
                kernel_name=NAME,
                language="python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                root=str(root),
                home=home,
                progress=progress,
            )
        except PapermillExecutionError as error:
            raise _failure(error) from error
        except (RuntimeError, OSError, TimeoutError) as error:
            what = f"отчёт не удалось рассчитать ({type(error).__name__})"
            raise ReportError(Fault("", "", what, "Повторите с ключом --debug")) from error
    return _clean(executed)


def report_of(executed: Any) -> Report:
    """The one `Report` that the notebook handed back."""
    found = [
        output.data[MEDIA_TYPE]
        for cell in executed.cells
        for output in cell.get("outputs", ())
        if MEDIA_TYPE in output.get("data", {})
    ]
    if len(found) != 1:
        what = f"шаблон вернул отчётов: {len(found)}, а нужен один"
        raise ReportError(Fault("", "", what, "Последняя ячейка шаблона: Report(…)"))
    return Report.from_data(found[0])


def text_of(executed: Any) -> str:
    """The notebook as the text of an `.ipynb` file."""
    return str(nbformat.writes(executed)) + "\n"  # type: ignore[no-untyped-call]


def _transport(home: str) -> dict[str, str]:
    """Sockets in a folder that only this user reads, where the system has such sockets."""
    return {"transport": "ipc", "ip": f"{home}/kernel"} if os.name == "posix" else {}


def _failure(error: PapermillExecutionError) -> errors.CourseError:
    """What went wrong in a cell: our own message as it is, anything else with the cell's number."""
    kind = getattr(errors, error.ename, None)
    place = f"ячейка {error.cell_index + 1}"
    if isinstance(kind, type) and issubclass(kind, errors.CourseError):
        return ReportError(Fault("", place, str(error.evalue).rstrip(".")))
    what = f"расчёт остановился: {error.ename}: {str(error.evalue)[:300]}"
    return ReportError(Fault("", place, what.rstrip("."), "Повторите с ключом --debug"))


def _clean(executed: Any) -> Any:
    """The notebook without times and paths of the machine, so that equal input looks equal."""
    executed.metadata.papermill = {"parameters": executed.metadata.papermill["parameters"]}
    for number, cell in enumerate(executed.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell.id = "injected-parameters"
            cell.metadata["jupyter"] = {"source_hidden": True}
        if cell.cell_type == "code":
            cell.execution_count = number + 1
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = number + 1
    return executed
