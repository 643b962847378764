"""Check cases of finance: a file of inputs and expected values, put to `course`.

    python -m tests.cases tests/cases/finance.json

A case names its `group`, `function` and `convention`, which choose a function of `course` from the
tables of `case_indicators` and `case_instruments`, its `inputs`, and the `expected` value with its
tolerances `tol_abs` and `tol_rel` (the greater one counts). It may say whether ВНД exists by ВК 477
(`vk477_irr_exists`). The last line is `N passed, M failed`; what `course` does not have counts as
failed; the exit code is then 1.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course import files
from course.errors import CourseError, Fault, FileError
from course.finance import indicators as fin
from tests.case_indicators import INDICATORS, Answer
from tests.case_instruments import INSTRUMENTS

# The name of a case begins with one of these; the longest that fits decides.
FUNCTIONS: Mapping[str, Mapping[str, Answer]] = {**INDICATORS, **INSTRUMENTS}


@dataclass(frozen=True)
class Outcome:
    """What became of one case: its `id`, and what went `wrong` (empty if nothing did)."""

    id: str
    wrong: str


def answer(case: Mapping[str, Any]) -> Any:
    """The value that `course` gives for the case; `LookupError` if it has no such function."""
    name = str(case["function"])
    if str(case.get("convention", "")).startswith("Excel"):
        name = f"{name} / Excel"
    table = FUNCTIONS.get(case["group"], {})
    beginning = max((key for key in table if name.startswith(key)), key=len, default=None)
    if beginning is None:
        raise LookupError(f"course has no «{case['function']}» of {case['group']}")
    return table[beginning](case["inputs"], str(case["function"]))


def differences(expected: Any, got: Any, absolute: float, relative: float, place: str) -> list[str]:
    """Where `got` is not `expected` within the tolerances."""
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return [f"{place}expected an object, got {got!r}"]
        return [
            line
            for key, value in expected.items()
            for line in (
                differences(value, got[key], absolute, relative, f"{place}{key}: ")
                if key in got
                else [f"{place}{key}: expected {value!r}, got nothing"]
            )
        ]
    if isinstance(expected, list):
        if not isinstance(got, list) or len(got) != len(expected):
            return [f"{place}expected {expected!r}, got {got!r}"]
        return [
            line
            for index, (value, other) in enumerate(zip(expected, got, strict=True))
            for line in differences(value, other, absolute, relative, f"{place}[{index}] ")
        ]
    if expected is None or got is None or isinstance(expected, bool | str):
        return [] if expected == got else [f"{place}expected {expected!r}, got {got!r}"]
    near = abs(float(got) - float(expected)) <= max(absolute, relative * abs(float(expected)))
    return [] if near else [f"{place}expected {expected!r}, got {float(got)!r}"]


def check(case: Mapping[str, Any]) -> Outcome:
    """Put one case to `course`."""
    name = str(case.get("id", "?"))
    try:
        got = answer(case)
        wrong = differences(
            case["expected"], got, case.get("tol_abs") or 0.0, case.get("tol_rel") or 0.0, ""
        )
        exists = case.get("vk477_irr_exists")
        if exists is not None and "cashflows" in case["inputs"]:
            found = fin.irr(case["inputs"]["cashflows"])
            if (found.value is not None) != exists:
                wrong.append(f"ВНД exists by ВК 477: expected {exists}, got {found.verdict}")
    except Exception as error:  # whatever a function does with the inputs is a failure of the case
        wrong = [f"expected {case.get('expected')!r}, got {type(error).__name__}: {error}"]
    return Outcome(name, "; ".join(wrong))


def read(path: Path) -> list[Mapping[str, Any]]:
    """The cases of a file; `FileError` if it is no such file."""
    data = files.read_json(path, limit=32 * files.MEBIBYTE)
    cases = data.get("cases") if isinstance(data, dict) else data
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise FileError(Fault(path.name, "cases", "нет списка проверочных случаев"))
    return cases


def main(arguments: list[str]) -> int:
    """Check the file that is named and print what failed."""
    if len(arguments) != 1:
        print("usage: python -m tests.cases FILE.json", file=sys.stderr)
        return 2
    try:
        outcomes = [check(case) for case in read(Path(arguments[0]))]
    except CourseError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    failed = [outcome for outcome in outcomes if outcome.wrong]
    for outcome in failed:
        print(f"{outcome.id}: {outcome.wrong}")
    print(f"{len(outcomes) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
