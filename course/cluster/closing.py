"""What is left at the end of a project's horizon, and how its money is shared out before.

The terminal value is always declared: without it the model counts nothing behind the horizon.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from course.cluster.values import Money, Months, Part, Share, Word, Year


class Terminal(Word):
    """What the project is worth at the end of its horizon."""

    NONE = "none", "не учитывается"
    BOOK = "book", "по балансовой стоимости"
    LIQUIDATION = "liquidation", "распродажа активов и возврат оборотного капитала"
    GORDON = "gordon", "постоянный рост потока (формула Гордона)"


class Closing(Part):
    """How the horizon ends; what an asset is sold for stands with the asset (`residual`)."""

    method: Terminal = Field(title="Стоимость в конце горизонта")
    months: Annotated[Months, Field(ge=1, le=24)] | None = Field(
        None, title="Ликвидация, месяцы", description="Последние месяцы горизонта без производства"
    )
    costs: Money | None = Field(None, title="Затраты на ликвидацию, рубли без НДС")
    growth: Share | None = Field(None, title="Рост потока после горизонта, доля в год")
    reinvestment: Money | None = Field(
        None, title="Вложения, поддерживающие мощность, рублей в год"
    )


class Dividends(Part):
    """A share of last year's net profit, paid once a year while money above the minimum lasts."""

    share: Share = Field(title="Доля чистой прибыли")
    month: Annotated[int, Field(strict=True, ge=1, le=12)] = Field(title="Месяц выплаты")
    since: Year | None = Field(None, title="С какого года")


class CapitalCost(Part):
    """What the rate of discounting is made of (WACC), each part with its source."""

    equity_share: Share = Field(title="Доля собственного капитала")
    cost_of_equity: Share = Field(title="Требуемая доходность собственного капитала")
    cost_of_debt: Share = Field(title="Стоимость займов за год")
    tax: Share = Field(title="Ставка налога на прибыль для займов")

    @property
    def rate(self) -> float:
        """WACC: the cost of equity and of debt after tax, by their shares."""
        equity = self.equity_share.value
        debt = self.cost_of_debt.value * (1.0 - self.tax.value)
        return equity * self.cost_of_equity.value + (1.0 - equity) * debt
