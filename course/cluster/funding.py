"""What a project is paid with: own funds, loans, grants, and the support that it asks for."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from course.cluster.values import Day, Id, Money, Months, Note, Part, Share, Title, Word


class Shape(Word):
    """How a loan is paid back; interest is monthly but for the quarterly shape."""

    ANNUITY = "annuity", "аннуитет"
    DIFFERENTIATED = "differentiated", "равными долями основного долга"
    QUARTERLY = "quarterly", "равными долями раз в квартал после льготного срока"
    BULLET = "bullet", "основной долг в конце срока"
    CAPITALISED = "capitalised", "проценты льготного срока к долгу, затем аннуитет"


class Payer(Word):
    """Whose money a grant is."""

    FEDERAL = "federal", "федеральный бюджет"
    REGIONAL = "regional", "региональный бюджет"
    FUND = "fund", "фонд"


class Purpose(Word):
    """What a grant pays for."""

    CAPEX = "capex", "капитальные вложения"
    OPERATING = "operating", "текущие затраты"


class OtherUse(Part):
    """A use of the budget beyond investments: VAT until its refund, working capital, interest.

    It stands in the budget for the sum of sources and uses; the model computes the flows itself.
    """

    title: Title = Field(title="Направление")
    amount: Money = Field(title="Сумма, рубли")


class OwnFunds(Part):
    """Money of the initiator put into the project."""

    title: Title = Field(title="Источник собственных средств")
    date: Day = Field(title="Дата")
    amount: Money = Field(title="Сумма, рубли")


class Grant(Part):
    """Money that is not paid back."""

    id: Id = Field(title="Имя гранта или субсидии латиницей")
    title: Title = Field(title="Грант или субсидия")
    measure: Title | None = Field(None, title="Мера поддержки по имени нормы")
    payer: Payer = Field(title="Чьи деньги")
    purpose: Purpose = Field(title="На что")
    date: Day = Field(title="Дата получения")
    amount: Money = Field(title="Сумма, рубли")


class Loan(Part):
    """A loan: one draw, a grace period for the principal, then payment in its shape."""

    id: Id = Field(title="Имя займа латиницей")
    title: Title = Field(title="Заём или кредит")
    lender: Title = Field(title="Займодавец")
    programme: Title | None = Field(None, title="Программа по имени нормы")
    principal: Money = Field(title="Сумма, рубли")
    rate: Share = Field(title="Ставка годовых, доля")
    drawn: Day = Field(title="Дата выдачи")
    grace_months: Months = Field(title="Льготный срок по основному долгу, месяцы")
    term_months: Annotated[Months, Field(ge=1)] = Field(title="Срок займа, месяцы")
    shape: Shape = Field(title="Порядок погашения")


class Support(Part):
    """A measure of support that the project asks for beyond its own loans and grants."""

    measure: Title = Field(title="Мера поддержки")
    applicant: Id = Field(title="Кто просит")
    amount: Money = Field(title="Сумма, рубли")
    note: Note | None = Field(None, title="Пояснение")


class Source(Part):
    """Money that the project's budget is covered with."""

    kind: Literal["own", "loan", "grant"]
    title: str
    date: datetime.date
    amount: float
