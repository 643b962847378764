"""Values that change by dates: the key rate, rates of loans, exchange rates of currencies."""

from __future__ import annotations

from pydantic import Field

from course.cluster.values import Day, Id, Money, Part, Share, Title, Word


class Basis(Word):
    """Whether prices and rates hold inflation."""

    NOMINAL = "nominal", "с учётом роста цен"
    REAL = "real", "в постоянных ценах"


class DatedRate(Part):
    """A yearly rate from a day on, until the next one."""

    since: Day = Field(title="Действует с")
    rate: Share = Field(title="Ставка за год, доля")


class ExchangeRate(Part):
    """Roubles for a unit of a currency from a day on, until the next one."""

    since: Day = Field(title="Действует с")
    rate: Money = Field(title="Курс, рублей за единицу валюты")


class Currency(Part):
    """A currency in which imported materials are bought: their rouble prices move with its rate.

    `base` is the rate at which the rouble prices of the file were counted.
    """

    id: Id = Field(title="Имя валюты латиницей")
    title: Title = Field(title="Валюта")
    basis: Basis = Field(title="Ряд курса: с ростом цен или в постоянных ценах")
    base: Money = Field(title="Курс, по которому посчитаны рублёвые цены")
    rates: tuple[ExchangeRate, ...] = Field(title="Ряд курса", min_length=1, max_length=120)
