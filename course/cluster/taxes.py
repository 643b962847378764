"""The taxes of a project's initiator: regimes and terms; rates come from the legislation data.

What is declared here and is no norm (a rate, a share, a term) is the team's own figure.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from course.cluster.values import Months, Part, Share, Word


class ProfitTax(Word):
    """The regime of profit tax that the project's initiator is under."""

    GENERAL = "general", "общий режим"
    RADIOELECTRONICS = "radioelectronics", "реестр радиоэлектронной промышленности"


class Contributions(Word):
    """The tariff of insurance contributions; tariffs are alternatives, never summed."""

    GENERAL = "general", "общий тариф"
    SME_MANUFACTURING = "sme_manufacturing", "МСП обрабатывающей промышленности"
    RADIOELECTRONICS = "radioelectronics", "реестр радиоэлектронной промышленности"
    CLUSTER_SPIC = "cluster_spic", "участник кластера, сторона СПИК"


class QuarterlyVat(Part):
    """VAT counted by calendar quarters and paid later, at once or in three equal parts."""

    first_payment_months: Annotated[Months, Field(le=6)] = Field(
        title="Через сколько месяцев после квартала первый платёж"
    )
    payments: Literal[1, 3] = Field(title="Сколько равных платежей: 1 или 3")


class PropertyTax(Part):
    """Tax on the book value of immovable property; without a rate, the highest known one."""

    rate: Share | None = Field(
        None, title="Ставка налога на имущество, доля", description="Нет ключа: предельная ставка"
    )


class IncomeTax(Part):
    """НДФЛ of the project's workers: an average rate and how budgets share it."""

    rate: Share = Field(title="Средняя ставка НДФЛ, доля")
    regional: Share = Field(title="Доля регионального бюджета")
    local: Share = Field(title="Доля местного бюджета")


class Taxes(Part):
    """The tax regimes of the initiator; the rates themselves come from the legislation data."""

    profit: ProfitTax = Field(title="Налог на прибыль")
    contributions: Contributions = Field(title="Страховые взносы")
    vat_refund_lag_months: Months = Field(title="Через сколько месяцев возмещается НДС")
    quarterly_vat: QuarterlyVat | None = Field(
        None, title="НДС по кварталам", description="Нет ключа: НДС считается по месяцам"
    )
    property: PropertyTax | None = Field(
        None, title="Налог на имущество", description="Нет ключа: в расчёт не входит"
    )
    ndfl: IncomeTax | None = Field(
        None, title="НДФЛ", description="Нет ключа: показан вместе с оплатой труда"
    )
