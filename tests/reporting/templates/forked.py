# %% id="parameters" tags=["parameters"]
as_of: str = "2026-11-22"  # день норм, ГГГГ-ММ-ДД

# %% id="report"
import os

from course import Report

Report(
    title=f"{os.getpid()} из {os.getppid()}",
    subtitle="Кто кого породил",
    as_of=as_of,
    mark="",
    facts=(),
    sections=(),
)
