"""Cost of capital and terminal value.

Rates are annual shares. Each result names what went into it: a discount rate without declared
sources convinces nobody.
"""

from __future__ import annotations

from course.finance.discounting import rate_per_step, refusal


def cost_of_equity(risk_free: float, beta: float, premium: float) -> float:
    """CAPM: risk-free rate + β · premium of the market for risk."""
    return risk_free + beta * premium


def levered_beta(unlevered: float, tax: float, debt: float, equity: float) -> float:
    """Hamada: β of a firm with debt from that of its business, β·(1 + (1 − tax)·D/E)."""
    return unlevered * (1.0 + (1.0 - tax) * debt / _equity(equity))


def unlevered_beta(levered: float, tax: float, debt: float, equity: float) -> float:
    """β of the business alone, from that of a firm with debt; undoes `levered_beta`."""
    return levered / (1.0 + (1.0 - tax) * debt / _equity(equity))


def wacc(
    *, equity: float, debt: float, cost_of_equity: float, cost_of_debt: float, tax: float
) -> float:
    """WACC: cost of equity and of debt after tax, by their shares in the capital.

    `equity` and `debt` are sums or shares: only their proportion counts.
    """
    capital = equity + debt
    if capital <= 0:
        raise refusal("капитал", "сумма собственного и заёмного капитала должна быть больше нуля")
    return (equity * cost_of_equity + debt * cost_of_debt * (1.0 - tax)) / capital


def gordon_value(flow: float, growth: float, rate: float) -> float:
    """Терминальная стоимость by Gordon at the last step: next step's flow / (rate − growth).

    `flow` is that of the last step. `FinanceError` if the flow grows as fast as it is discounted.
    """
    if rate <= growth:
        raise refusal("терминальная стоимость", "ставка должна быть больше темпа роста")
    return flow * (1.0 + growth) / (rate - growth)


def present_value(value: float, rate: float, steps: float) -> float:
    """What a sum at the end of step `steps` is worth at step 0."""
    return float(value * (1.0 + rate_per_step(rate)) ** -steps)


def expected_effect(effects: list[float], probabilities: list[float]) -> float:
    """Ожидаемый эффект: Σ p·effect over scenarios with known probabilities (ВК 477)."""
    if len(effects) != len(probabilities) or abs(sum(probabilities) - 1.0) > 1e-9:
        raise refusal("вероятности", "нужна вероятность каждого сценария, а их сумма равна 1")
    return sum(p * effect for p, effect in zip(probabilities, effects, strict=True))


def expected_effect_of_range(lowest: float, highest: float, optimism: float) -> float:
    """Ожидаемый эффект when only bounds are known: λ·highest + (1 − λ)·lowest (Hurwicz).

    ВК 477 recommends λ = 0.3.
    """
    if not 0 <= optimism <= 1:
        raise refusal("норматив λ", "норматив должен быть от 0 до 1")
    return optimism * highest + (1.0 - optimism) * lowest


def _equity(equity: float) -> float:
    if equity <= 0:
        raise refusal("собственный капитал", "он должен быть больше нуля")
    return equity
