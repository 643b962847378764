"""Import-substitution projects: all that their financial model needs, each figure with its owner.

Sums and prices are roubles without VAT, rates are shares a year, a month is the step. Month 0 is
the month of `start`; operation begins after `construction_months`; the horizon counts from `start`
and includes construction.
"""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from course.cluster.closing import CapitalCost, Closing, Dividends
from course.cluster.eligibility import Readiness
from course.cluster.funding import Grant, OtherUse, OwnFunds, Source, StartBatches, Support
from course.cluster.funding import (
    Loan as Loan,
)  # used by finance from here
from course.cluster.funding import (
    Payer as Payer,
)
from course.cluster.funding import (
    Shape as Shape,
)
from course.cluster.rates import Basis as Basis
from course.cluster.rates import Currency, DatedRate
from course.cluster.taxes import Contributions as Contributions
from course.cluster.taxes import ProfitTax as ProfitTax
from course.cluster.taxes import Taxes as Taxes
from course.cluster.values import (
    Day,
    Days,
    Id,
    Money,
    Months,
    Note,
    Okpd,
    Part,
    Quantity,
    Share,
    ShareNumber,
    Status,
    Title,
    Tnved,
    Truth,
    Word,
    Year,
)


class Origin(Word):
    """Where a material comes from."""

    CLUSTER = "cluster", "участник кластера"
    RUSSIAN = "russian", "российский, вне кластера"
    IMPORTED = "imported", "импортный"


class Phase(Word):
    """When a cost runs."""

    CONSTRUCTION = "construction", "строительство"
    OPERATION = "operation", "эксплуатация"
    WHOLE = "whole", "весь срок проекта"
    LIQUIDATION = "liquidation", "ликвидация"


class SaleStatus(Word):
    """How firm a buyer's intention is."""

    SIGNED = "signed", "договор"
    LETTER = "letter", "письмо о намерениях"
    PLANNED = "planned", "планируется"


class Analogue(Part):
    """The imported product that the project's product stands in for."""

    title: Title = Field(title="Наименование аналога")
    producer: Title | None = Field(None, title="Производитель")
    country: Title = Field(title="Страна происхождения")
    tnved: Tnved = Field(title="ТН ВЭД аналога", description="В кавычках")
    price: Money | None = Field(None, title="Цена аналога, рубли без НДС")
    advantage: Note | None = Field(None, title="Сравнение параметров")


class ImportShare(Share):
    """The share of imports in the country's consumption of the product, in a year."""

    year: Year = Field(title="Год")


class Index(Part):
    """Yearly growth of a kind of prices, counted from the project's start."""

    id: Id = Field(title="Имя индекса латиницей")
    title: Title = Field(title="Название индекса")
    growth: Share = Field(title="Рост за год, доля")
    changes: tuple[DatedRate, ...] = Field(
        (), title="Рост в следующие годы", description="С января названного года", max_length=30
    )


class Correlation(Part):
    """How firmly two price indices move together: a rank correlation (Spearman)."""

    index: Id = Field(title="Индекс")
    other: Id = Field(title="Другой индекс")
    rank: Annotated[float, Strict(), Field(ge=-0.99, le=0.99)] = Field(
        title="Ранговая корреляция", description="От −0,99 до 0,99; 0 — не связаны"
    )
    owner: Title = Field(title="Кто отвечает")
    source: Title = Field(title="Источник")
    status: Status = Field(title="Статус: факт, оценка или допущение")


class RampUp(Part):
    """Shares of the steady volume in the first months of operation; afterwards it is 1."""

    shares: tuple[ShareNumber, ...] = Field(
        title="Доли от плановой загрузки по месяцам", max_length=60
    )
    owner: Title = Field(title="Кто отвечает")
    source: Title = Field(title="Источник")
    status: Status = Field(title="Статус: факт, оценка или допущение")


class Material(Part):
    """What one unit of a product takes in: from a member, from Russia or from abroad."""

    id: Id = Field(title="Имя материала латиницей")
    title: Title = Field(title="Материал или комплектующее")
    origin: Origin = Field(title="Происхождение")
    supplier: Id | None = Field(None, title="Поставщик из кластера")
    country: Title | None = Field(None, title="Страна, если импорт")
    unit: Title = Field(title="Единица измерения")
    quantity: Quantity = Field(title="Расход на единицу продукции")
    price: Money = Field(title="Цена за единицу, рубли без НДС")
    currency: Id | None = Field(
        None, title="Валюта покупки", description="Рублёвая цена меняется вместе с её курсом"
    )
    index: Id | None = Field(None, title="Индекс цены")


class Sale(Part):
    """A buyer of the product and the share of the volume that goes to it."""

    member: Id | None = Field(None, title="Покупатель из кластера")
    external: Title | None = Field(None, title="Покупатель вне кластера")
    share: Annotated[ShareNumber, Field(gt=0)] = Field(title="Доля объёма")
    status: SaleStatus = Field(title="Договор, письмо или план")


class Product(Part):
    """What the project makes; a month's volume is capacity × utilisation × ramp-up."""

    id: Id = Field(title="Имя продукта латиницей")
    title: Title = Field(title="Наименование продукции")
    okpd2: Okpd = Field(title="ОКПД2")
    unit: Title = Field(title="Единица измерения")
    price: Money = Field(title="Цена за единицу, рубли без НДС")
    index: Id | None = Field(None, title="Индекс цены")
    capacity: Quantity = Field(title="Мощность в месяц")
    utilisation: Share = Field(title="Плановая загрузка мощности")
    ramp_up: RampUp = Field(title="Выход на плановую загрузку")
    materials: tuple[Material, ...] = Field(
        title="Материалы на единицу", min_length=1, max_length=60
    )
    sales: tuple[Sale, ...] = Field(title="План продаж по покупателям", min_length=1, max_length=60)


class Staff(Part):
    """People of one kind, with the pay of one of them before tax."""

    id: Id = Field(title="Имя группы латиницей")
    title: Title = Field(title="Группа работников")
    phase: Phase = Field(title="Когда работают")
    count: Quantity = Field(title="Число работников")
    monthly_pay: Money = Field(title="Оплата одного работника в месяц до вычета НДФЛ, рубли")
    index: Id | None = Field(None, title="Индекс оплаты")


class Overhead(Part):
    """A cost of every month that does not depend on the volume."""

    id: Id = Field(title="Имя затрат латиницей")
    title: Title = Field(title="Затраты")
    phase: Phase = Field(title="Когда несут")
    monthly: Money = Field(title="В месяц, рубли без НДС")
    with_vat: Truth = Field(title="Поставщик предъявляет НДС")
    index: Id | None = Field(None, title="Индекс затрат")


class Capex(Part):
    """An investment: without VAT, paid on a day, written off over its own life."""

    id: Id = Field(title="Имя вложения латиницей")
    title: Title = Field(title="Направление вложений")
    date: Day = Field(title="Дата оплаты")
    amount: Money = Field(title="Сумма, рубли без НДС")
    with_vat: Truth = Field(title="Поставщик предъявляет НДС")
    group: Annotated[int, Strict(), Field(ge=1, le=10)] | None = Field(
        None, title="Амортизационная группа", description="Нет группы: затраты без группы"
    )
    life_months: Annotated[Months, Field(ge=1)] = Field(
        title="Срок полезного использования, месяцы"
    )
    bonus: Truth = Field(title="Применяется амортизационная премия")
    immovable: Truth = Field(title="Недвижимое имущество")
    origin: Origin | None = Field(None, title="Происхождение оборудования")
    currency: Id | None = Field(
        None, title="Валюта покупки", description="Рублёвая сумма меняется вместе с её курсом"
    )
    index: Id | None = Field(
        None, title="Индекс цены", description="Рост цены от первого года проекта до оплаты"
    )
    residual: Money | None = Field(None, title="Цена продажи при ликвидации, рубли без НДС")


class WorkingCapital(Part):
    """How long money stays in the turnover."""

    receivable_days: Days = Field(title="Отсрочка покупателям, дни")
    inventory_days: Days = Field(title="Запас материалов, дни")
    payable_days: Days = Field(title="Отсрочка от поставщиков, дни")


class Discount(Part):
    """The yearly rate of discounting and the prices that it belongs to."""

    basis: Basis = Field(title="Номинальная или реальная")
    rate: Share = Field(title="Ставка дисконтирования, доля в год")
    wacc: CapitalCost | None = Field(None, title="Из чего сложена ставка (WACC)")


class Project(Part):
    """An import-substitution project of the cluster."""

    id: Id = Field(title="Имя проекта латиницей")
    title: Title = Field(title="Название проекта")
    initiator: Id = Field(title="Инициатор")
    description: Note | None = Field(None, title="Описание")
    okpd2: Okpd = Field(title="ОКПД2 продукции")
    analogue: Analogue = Field(title="Импортный аналог")
    import_share: ImportShare = Field(title="Доля импорта в потреблении")
    stage: Title | None = Field(None, title="Стадия готовности")
    start: Day = Field(title="Начало проекта", description="Первое число месяца")
    construction_months: Months = Field(title="Строительство и пуск, месяцы")
    horizon_months: Annotated[Months, Field(ge=12)] = Field(
        title="Горизонт, месяцы", description="От начала проекта, вместе со строительством"
    )
    prices: Basis = Field(title="Цены: номинальные или постоянные")
    discount: Discount = Field(title="Дисконтирование")
    taxes: Taxes = Field(title="Налоговые режимы")
    indices: tuple[Index, ...] = Field((), title="Индексы цен", max_length=20)
    correlations: tuple[Correlation, ...] = Field(
        (), title="Связи индексов в случайных сценариях", max_length=40
    )
    currencies: tuple[Currency, ...] = Field((), title="Валюты и курсы", max_length=6)
    key_rate: tuple[DatedRate, ...] = Field(
        (),
        title="Прогноз ключевой ставки",
        description="Нет ключа: последняя известная ставка",
        max_length=120,
    )
    products: tuple[Product, ...] = Field(title="Продукция", min_length=1, max_length=20)
    staff: tuple[Staff, ...] = Field(title="Работники", max_length=40)
    overheads: tuple[Overhead, ...] = Field(title="Постоянные затраты", max_length=40)
    capex: tuple[Capex, ...] = Field(title="Капитальные вложения", min_length=1, max_length=80)
    other_uses: tuple[OtherUse, ...] = Field(
        (),
        title="Прочие направления бюджета",
        description="НДС до возмещения, оборотный капитал, проценты до пуска",
        max_length=20,
    )
    working_capital: WorkingCapital = Field(title="Оборотный капитал")
    own_funds: tuple[OwnFunds, ...] = Field((), title="Собственные средства", max_length=40)
    loans: tuple[Loan, ...] = Field((), title="Займы", max_length=20)
    grants: tuple[Grant, ...] = Field((), title="Гранты и субсидии", max_length=20)
    start_batches: tuple[StartBatches, ...] = Field(
        (), title="Субсидии покупателям стартовых партий", max_length=10
    )
    closing: Closing | None = Field(None, title="Конец горизонта")
    dividends: Dividends | None = Field(None, title="Дивиденды")
    minimum_cash: Money | None = Field(None, title="Неснижаемый остаток денег, рубли")
    support: tuple[Support, ...] = Field((), title="Запрошенная поддержка", max_length=20)
    risks: tuple[Note, ...] = Field((), title="Риски", max_length=20)
    readiness: Readiness | None = Field(None, title="Перечни, локализация, рабочие места")

    @model_validator(mode="after")
    def _from_first_day(self) -> Project:
        """Refuse a project that does not start on the first day of a month."""
        if self.start.day != 1:
            raise PydanticCustomError("first_day", "first_day")
        return self

    @property
    def end(self) -> datetime.date:
        """The first day after the horizon."""
        return later(self.start, self.horizon_months)

    @property
    def buyers(self) -> tuple[str, ...]:
        """The members that the project's products go to, each once, in the file's order."""
        sales = (sale for product in self.products for sale in product.sales)
        return tuple(dict.fromkeys(sale.member for sale in sales if sale.member))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Own funds, loans and grants, as the money comes in."""
        own = [
            Source(kind="own", title=s.title, date=s.date, amount=s.amount.value)
            for s in self.own_funds
        ]
        lent = [
            Source(kind="loan", title=s.title, date=s.drawn, amount=s.principal.value)
            for s in self.loans
        ]
        given = [
            Source(kind="grant", title=s.title, date=s.date, amount=s.amount.value)
            for s in self.grants
        ]
        return tuple(sorted(own + lent + given, key=lambda source: source.date))

    @property
    def budget(self) -> float:
        """All uses: investments without VAT and the other uses that the budget names."""
        investments = sum(item.amount.value for item in self.capex)
        return investments + sum(use.amount.value for use in self.other_uses)

    def index(self, name: str) -> Index:
        """The price index with this id; `KeyError` when there is none."""
        return {index.id: index for index in self.indices}[name]

    def loan(self, name: str) -> Loan:
        """The loan with this id; `KeyError` when there is none."""
        return {loan.id: loan for loan in self.loans}[name]


def later(day: datetime.date, months: int) -> datetime.date:
    """The first day of the month that is `months` after the month of `day`."""
    years, month = divmod(day.month - 1 + months, 12)
    return datetime.date(day.year + years, month + 1, 1)
