"""What tests share: tools that a machine may lack, and a fixed day."""

from __future__ import annotations

import datetime
import os
import shutil
from pathlib import Path

import hypothesis
import pytest

# Both cores are busy when the whole suite runs: a deadline would fail sound code by chance.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")

ROOT = Path(__file__).parents[1]

TOOLS = {
    "office": (("soffice", "libreoffice"), "LibreOffice (пакет libreoffice-calc)"),
    "browser": (("chromium", "chromium-browser", "google-chrome"), "Chromium (пакет chromium)"),
    "sandbox": (("bwrap",), "bubblewrap (пакет bubblewrap)"),
}


def tool(marker: str) -> str | None:
    """The path of the program that tests with `marker` need, or None."""
    return next(filter(None, map(shutil.which, TOOLS[marker][0])), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A missing tool skips with a sentence on a newcomer's machine and fails where CI=true."""
    for marker, (_, name) in TOOLS.items():
        if item.get_closest_marker(marker) and tool(marker) is None:
            sentence = f"для этой проверки нужен {name}"
            if os.environ.get("CI") == "true":
                pytest.fail(sentence, pytrace=False)
            pytest.skip(sentence)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long tests run only when asked for: `pytest -m long`, as `make check-all` does.

    Browser tests need a server each, and slow ones (stock nbgrader beside ours, outside engines)
    minutes together: both run where CI=true, or when asked for with `-m browser` or `-m slow`.
    """
    asked = config.getoption("-m") or ""
    for item in items:
        if item.get_closest_marker("long") and "long" not in asked:
            item.add_marker(pytest.mark.skip(reason="долгая проверка: make check-all"))
        if os.environ.get("CI") == "true":
            continue
        if item.get_closest_marker("browser") and "browser" not in asked:
            item.add_marker(pytest.mark.skip(reason="проверка в браузере: make test-browser"))
        if item.get_closest_marker("slow") and "slow" not in asked:
            item.add_marker(pytest.mark.skip(reason="небыстрая проверка: CI=true make test"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; use it together with `@pytest.mark.browser`."""
    path = tool("browser")
    assert path
    return path


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of LibreOffice; use it together with `@pytest.mark.office`."""
    path = tool("office")
    assert path
    return path


@pytest.fixture(scope="session")
def today() -> datetime.date:
    """The day that tests call today."""
    return datetime.date(2026, 11, 22)
