"""What a project is paid with: own funds, loans, grants, and the support that it asks for."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from course.cluster.rates import DatedRate
from course.cluster.values import (
    Day,
    Id,
    Money,
    Months,
    Note,
    Part,
    Share,
    ShareNumber,
    Title,
    Truth,
    Word,
)


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


class Accounting(Word):
    """When a grant enters the base of profit tax: the team declares it, a lawyer confirms it."""

    UNTAXED = "untaxed", "в базу налога не входит"
    AT_ONCE = "at_once", "доход в месяце получения"
    WITH_COSTS = "with_costs", "доход по мере амортизации вложений"


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
    accounting: Accounting = Field(Accounting.UNTAXED, title="Учёт в налоге на прибыль")


class StartBatches(Part):
    """A subsidy to a buyer: a part of what it pays for the project's product in a window of days.

    It goes to the buyer, not to the project, and is taxed with the buyer, outside of the model.
    """

    id: Id = Field(title="Имя субсидии латиницей")
    title: Title = Field(title="Субсидия покупателю")
    measure: Title | None = Field(None, title="Мера поддержки по имени нормы")
    payer: Payer = Field(title="Чьи деньги")
    buyer: Id = Field(title="Покупатель из кластера")
    goods: Id = Field(title="Какой продукт проекта")
    share: Share = Field(title="Доля цены без НДС")
    cap: Money = Field(title="Предел субсидии, рубли")
    since: Day = Field(title="Покупки с")
    until: Day = Field(title="Покупки по")
    lag_months: Annotated[Months, Field(le=24)] = Field(title="Выплата через, месяцы")


class Draw(Part):
    """A part of a loan that comes on a day of its own."""

    date: Day = Field(title="Дата выдачи части")
    share: Annotated[ShareNumber, Field(gt=0)] = Field(title="Доля суммы займа")


class Floating(Part):
    """A rate that follows the key rate: a soft part of it for a time, then key rate + margin.

    Without its own share, margin and term it takes those of the cluster investment platform (КИП).
    """

    key_rate_share: Share | None = Field(None, title="Доля ключевой ставки в льготный срок")
    margin: Share | None = Field(None, title="Прибавка в льготный срок, доля")
    soft_months: Months | None = Field(None, title="Льготная ставка, месяцев с выдачи")
    later_margin: Share = Field(title="Прибавка к ключевой ставке после льготного срока")


class InterestRefund(Part):
    """A part of the interest that a budget gives back: a share of the key rate on the debt."""

    title: Title = Field(title="Возмещение процентов")
    measure: Title | None = Field(None, title="Мера поддержки по имени нормы")
    payer: Payer = Field(title="Чьи деньги")
    key_rate_share: Share = Field(title="Доля ключевой ставки")
    lag_months: Annotated[Months, Field(le=24)] = Field(title="Выплата через, месяцы")
    taxed: Truth = Field(title="Входит в базу налога на прибыль")


class CoLender(Part):
    """A second lender of the same loan, such as a regional fund beside the federal one."""

    lender: Title = Field(title="Второй займодавец")
    share: Share = Field(title="Его доля в займе")


class Loan(Part):
    """A loan: one draw or several, a grace period for the principal, then payment in its shape.

    Terms count from `drawn`, the day of the first draw. `rate` holds until the first of `rates`; a
    `floating` rate takes the place of both.
    """

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
    capitalised: Truth = Field(
        False,
        title="Проценты льготного срока прибавляются к долгу",
        description="Для любого порядка погашения; в shape: capitalised это уже так",
    )
    draws: tuple[Draw, ...] = Field(
        (), title="Выдача частями", description="Нет ключа: одной суммой", max_length=40
    )
    rates: tuple[DatedRate, ...] = Field((), title="Следующие ставки", max_length=60)
    floating: Floating | None = Field(None, title="Ставка от ключевой")
    refund: InterestRefund | None = Field(None, title="Возмещение части процентов")
    co_lender: CoLender | None = Field(None, title="Второй займодавец")


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
