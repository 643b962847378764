"""What measures of support ask about a member or a project, and no other page of the file tells."""

from __future__ import annotations

from pydantic import Field

from course.cluster.values import (
    Amount,
    Day,
    Id,
    Part,
    Roubles,
    ShareNumber,
    Title,
    Truth,
    Whole,
    Word,
)


class Spic(Word):
    """The special investment contract that a member is a party to."""

    NONE = "none", "СПИК нет"
    FIRST_FEDERAL = "1.0_federal", "СПИК 1.0 с Российской Федерацией"
    FIRST_REGIONAL = "1.0_regional", "СПИК 1.0 с регионом"
    SECOND = "2.0", "СПИК 2.0"


class BatchPurchase(Part):
    """A documented purchase of a start batch from another member."""

    supplier: Id = Field(title="У какого участника куплено")
    date: Day = Field(title="Дата платежа")
    amount: Roubles = Field(title="Затраты, рубли без НДС")
    document: Title = Field(title="Документ о закупке")


class Eligibility(Part):
    """What is known of a member for measures of support: a key left out is «not told», never no."""

    spic: Spic | None = Field(None, title="Каким СПИК связан участник")
    income_share: ShareNumber | None = Field(
        None, title="Доля дохода по профильному виду деятельности"
    )
    sme_list: Truth | None = Field(None, title="Код ОКВЭД есть в перечне № 3689-р")
    priority_list: Truth | None = Field(None, title="Код ОКВЭД есть в перечне № 4125-р")
    start_batches: tuple[BatchPurchase, ...] | None = Field(
        None,
        title="Закупки стартовых партий",
        description="Пустой список: проверено, не было",
        max_length=200,
    )
    start_batches_paid: Roubles | None = Field(
        None, title="Уже получено за стартовые партии, рубли"
    )
    assets: Roubles | None = Field(None, title="Активы баланса, рубли")
    fund_debt: Roubles | None = Field(None, title="Долг перед ФРП до этой заявки, рубли")


class Readiness(Part):
    """What is known of a project beyond its money: listing, localisation, kinds of jobs."""

    kip_listed: Truth | None = Field(None, title="Продукция есть в перечне КИП")
    points_now: Amount | None = Field(None, title="Баллы по ПП № 719 сейчас")
    points_target: Amount | None = Field(None, title="Баллы по ПП № 719, цель")
    points_source: Title | None = Field(None, title="Чем подтверждены баллы")
    productive_jobs: Whole | None = Field(
        None, title="Высокопроизводительных рабочих мест", description="По порогу оплаты труда"
    )
    productive_source: Title | None = Field(None, title="По какому порогу посчитаны места")
