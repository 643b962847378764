"""How fast finance is, against peers in loops; ratios of one run, never timed tests.

    python -m benchmarks.finance            everything, one or two minutes
    python -m benchmarks.finance irr npv    parts: irr, npv, growth, model, risk

One JSON line per figure: `name`, `ours`, `peer`, `ratio`, `unit`, and where needed `note`. `ratio`
is how many times slower the peer is. A peer that would take minutes is measured on a sample of
rows and extrapolated; the note then says so.
"""

from __future__ import annotations

import datetime
import json
import math
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a peer in a loop has one core; so have we

import numpy as np
import numpy_financial as npf
import pyxirr

from course.finance import indicators as fin
from course.finance.discounting import Array

SCENARIOS, MONTHS = 100_000, 121
TEAM = Path(__file__).parents[1] / "teams" / "radioelectronics" / "cluster.yaml"
DAY = datetime.date(2026, 11, 22)


def tell(name: str, ours: float, peer: float | None, unit: str, note: str = "") -> None:
    """Print one figure."""
    ratio = None if peer is None else float(f"{peer / ours:.4g}")
    line: dict[str, Any] = {
        "name": name,
        "ours": float(f"{ours:.4g}"),
        "peer": None if peer is None else float(f"{peer:.4g}"),
        "ratio": ratio,
        "unit": unit,
    }
    print(json.dumps(line | ({"note": note} if note else {}), ensure_ascii=False), flush=True)


def seconds(
    work: Callable[[], object], times: int = 3, clock: Callable[[], float] = time.perf_counter
) -> float:
    """The shortest of several runs."""
    spent = []
    for _ in range(times):
        start = clock()
        work()
        spent.append(clock() - start)
    return min(spent)


def projects(scenarios: int, months: int) -> Array:
    """Flows of projects: a construction, a ramp-up, VAT back, months with a loss in between."""
    generator = np.random.default_rng(20261122)
    build = months // 7
    flows = generator.normal(1.0, 0.25, (scenarios, months))
    flows *= generator.normal(3.5, 1.0, (scenarios, 1))
    flows[:, :build] = -generator.uniform(5, 15, (scenarios, build))
    flows[:, build : 2 * build] *= np.linspace(-0.3, 1, build)
    refunded = generator.random(scenarios) < 0.3
    flows[refunded, build // 2] = generator.uniform(5, 30, refunded.sum())
    return flows * 1e6


def loop(function: Callable[[Array], object], rows: Array, sample: int) -> float:
    """Seconds that a loop over all rows would take, from a sample spread over them."""
    chosen = rows[:: max(1, len(rows) // sample)][:sample]
    spent = seconds(lambda: [function(row) for row in chosen], times=2)
    return spent * len(rows) / len(chosen)


def _npf_irr(row: Array) -> object:
    with np.errstate(all="ignore"):
        return npf.irr(row)


def irr() -> None:
    """ВНД with the verdict on existence, against peers that only look for some root."""
    cases = {
        "projects": projects(SCENARIOS, MONTHS),
        "random signs": np.random.default_rng(1).normal(size=(SCENARIOS, MONTHS)),
    }
    for name, rows in cases.items():
        ours = seconds(lambda rows=rows: fin.irr_rows(rows))
        counted = ", ".join(f"{key} {n}" for key, n in fin.irr_rows(rows).count().items())
        title = f"irr and verdict, {name}, {SCENARIOS} x {MONTHS}"
        peers = (("numpy_financial.irr", _npf_irr, 100), ("pyxirr.irr", pyxirr.irr, 5000))
        for peer, function, sample in peers:
            note = f"loop extrapolated from {sample} rows; verdicts: {counted}"
            tell(f"{title}, vs {peer}", ours, loop(function, rows, sample), "s", note)


def npv() -> None:
    """ЧДД with one rate and with a rate for each scenario."""
    rows = projects(SCENARIOS, MONTHS)
    rates = np.random.default_rng(2).uniform(0.005, 0.03, SCENARIOS)
    peer = loop(lambda row: pyxirr.npv(0.01, row), rows, 20_000)
    one, each = (seconds(lambda rate=rate: fin.npv_rows(rate, rows)) for rate in (0.01, rates))
    note = "vs pyxirr.npv loop, extrapolated from 20000 rows"
    tell(f"npv, one rate, {SCENARIOS} x {MONTHS}", one, peer, "s", note)
    tell(f"npv, rate per scenario, {SCENARIOS} x {MONTHS}", each, peer, "s", note)
    copied = seconds(lambda: rows.copy())
    moved = rows.nbytes / one / 1e9
    tell("npv, one rate, bytes read", moved, 2 * rows.nbytes / copied / 1e9, "GB/s",
         "peer: what copying the same flows moves; ratio 1 is memory bandwidth")  # fmt: skip


def exponent(sizes: list[int], work: Callable[[int], float]) -> float:
    """The slope of log(time) over log(size): 1 is linear growth."""
    spent = [work(size) for size in sizes]
    return float(np.polyfit(np.log(sizes), np.log(spent), 1)[0])


def _spent(
    function: Callable[[Array], object], make: Callable[[int], Array]
) -> Callable[[int], float]:
    def spent(size: int) -> float:
        rows = make(size)
        return seconds(lambda: function(rows), clock=time.process_time)

    return spent


def growth() -> None:
    """How the time of ВНД and of payback grows."""
    steps: dict[str, Callable[[Array], object]] = {
        "irr and verdict": fin.irr_rows,
        "payback": fin.payback_rows,
    }
    for name, function in steps.items():
        by_scenarios = exponent(
            [12_500, 25_000, 50_000, 100_000], _spent(function, lambda n: projects(n, MONTHS))
        )
        by_months = exponent([61, 121, 241, 301], _spent(function, lambda n: projects(25_000, n)))
        tell(
            f"{name}, growth with scenarios",
            by_scenarios,
            1.0,
            "exponent",
            "1 is linear; processor time",
        )
        tell(
            f"{name}, growth with months", by_months, 1.0, "exponent", "1 is linear; processor time"
        )


def _project(months: int = 0, products: int = 1) -> Any:
    """The project as it is, or over another term, or with its product made that many times."""
    from course import cluster
    from course.finance import model

    whole = cluster.load(TEAM)
    found = next(each for each in whole.projects if each.id == "power_modules")
    more = tuple(
        product.model_copy(update={"id": f"{product.id}_{number}"} if number else {})
        for number in range(products)
        for product in found.products
    )
    term = months or found.horizon_months
    changed = found.model_copy(update={"horizon_months": term, "products": more})
    others = tuple(changed if each is found else each for each in whole.projects)
    return model.case(whole.model_copy(update={"projects": others}), found.id, as_of=DAY)


def model() -> None:
    """A single run, and the whole model in many scenarios against a loop of single runs."""
    from course.finance.results import indicators_of, run
    from course.finance.risk import simulate
    from course.finance.statements import statements

    project = _project()

    def whole() -> None:
        result = run(project)
        indicators_of(result)
        statements(result)

    single = seconds(whole, times=20, clock=time.process_time)
    tell("single run with statements and indicators", single * 1000, 50.0, "ms",
         "peer: the goal, 50 ms")  # fmt: skip
    lines = len(project.network.lines)
    draws = simulate(project, 64, seed=1).inputs
    numbers = range(64)

    def one_by_one() -> None:
        for number in numbers:
            result = run(project, {id: [column[number]] for id, column in draws.items()})
            flow = result.values["flow.project"]
            fin.npv(0.01, flow[0])
            fin.irr_rows(flow)

    clock = time.process_time  # one thread each: others may use the machine
    alone = seconds(one_by_one, times=2, clock=clock) / len(numbers) * SCENARIOS
    ours = seconds(lambda: simulate(project, SCENARIOS, seed=1), times=1, clock=clock)
    title = f"whole model with npv and irr, {lines} lines x {project.months} x {SCENARIOS}"
    note = f"vs a loop of single runs, extrapolated from {len(numbers)}; processor time"
    tell(title, ours, alone, "s", note)
    tell("whole model, scenarios per second", SCENARIOS / ours, None, "1/s")
    moved = lines * project.months * SCENARIOS * 8
    array = np.ones(1 << 24)
    bandwidth = 2 * array.nbytes / seconds(lambda: array.copy())
    tell("whole model, bytes of lines written", moved / ours / 1e9, bandwidth / 1e9, "GB/s",
         f"{moved / 1e9:.0f} GB in all; peer: what copying an array moves")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    tell("peak memory of this process", peak, 2.0, "GB", "peer: the limit, 2 GB")
    _model_growth()


def _model_growth() -> None:
    """How the time of the whole model grows with scenarios, months and lines."""
    from course.finance.risk import simulate

    def spent(project: Any, scenarios: int = 4_000) -> float:
        return seconds(
            lambda: simulate(project, scenarios, seed=1), times=2, clock=time.process_time
        )

    usual = _project()
    wide = {len(case.network.lines): case for case in (_project(products=n) for n in (1, 16, 64))}
    slopes = {
        "scenarios": exponent([2_000, 4_000, 8_000, 16_000], lambda n: spent(usual, n)),
        "months": exponent([120, 180, 240, 300], lambda n: spent(_project(months=n))),
        "lines": exponent(sorted(wide), lambda n: spent(wide[n])),
    }
    for name, slope in slopes.items():
        tell(f"whole model, growth with {name}", slope, 1.0, "exponent",
             "1 is linear; processor time")  # fmt: skip


def risk() -> None:
    """The tornado over every input that has bounds, as one call."""
    from course.finance.results import run
    from course.finance.spreads import spreads_of

    project = _project()
    varying = spreads_of(project.inputs)
    count = 2 * len(varying)
    scenarios = {
        spread.id: np.where(
            np.arange(count) == 2 * place,
            spread.low,
            np.where(np.arange(count) == 2 * place + 1, spread.high, spread.value),
        )
        for place, spread in enumerate(varying)
    }
    ours = seconds(lambda: run(project, scenarios, keep=("flow.project",)))
    loop_ = seconds(lambda: run(project), times=5) * count
    tell(f"tornado over {len(varying)} inputs in one call", ours * 1000, loop_ * 1000, "ms",
         f"vs {count} single runs")  # fmt: skip


PARTS = {"irr": irr, "npv": npv, "growth": growth, "risk": risk, "model": model}


def main(names: list[str]) -> int:
    """Run the parts that are named, or all."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"parts: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    start = time.perf_counter()
    for name in names or PARTS:
        PARTS[name]()
    tell("the benchmark itself", math.ceil(time.perf_counter() - start), None, "s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
