"""Cases that an accountant can read: given, the sum by hand, what has to come out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import files
from course.finance import depreciation, loans, taxes

MODULES = {"taxes": taxes, "loans": loans, "depreciation": depreciation}
CASES = files.read_yaml(Path(__file__).parent / "accounting" / "instruments.yaml").data


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_sum_by_hand_comes_out(case: dict[str, Any]) -> None:
    assert set(case) == {"name", "function", "input", "sum", "expected"}
    module, function = case["function"].split(".")
    got = getattr(MODULES[module], function)(**case["input"])
    expected = case["expected"]
    if not isinstance(expected, dict):
        assert np.asarray(got).tolist() == pytest.approx(expected)
        return
    for name, value in expected.items():
        assert np.asarray(getattr(got, name)).tolist() == pytest.approx(value, abs=1e-9), name
