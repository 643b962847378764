"""Who is in the cluster and what binds them: members, contracts, specialised organisation."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from course.cluster.eligibility import Eligibility
from course.cluster.values import (
    Amount,
    Day,
    Id,
    Inn,
    Note,
    Ogrn,
    Okpd,
    Oktmo,
    Okved,
    Part,
    Roubles,
    ShareNumber,
    Title,
    Truth,
    Whole,
    Word,
)


class Role(Word):
    """What a member is in the cluster for."""

    INITIATOR = "initiator", "инициатор проекта"
    SUPPLIER = "supplier", "поставщик"
    BUYER = "buyer", "покупатель"
    SERVICE = "service", "производственные услуги"
    UNIVERSITY = "university", "вуз"
    INFRASTRUCTURE = "infrastructure", "инфраструктура"


class Sme(Word):
    """A member's standing as a small or medium enterprise."""

    MICRO = "micro", "микропредприятие"
    SMALL = "small", "малое предприятие"
    MEDIUM = "medium", "среднее предприятие"
    NONE = "none", "не относится к МСП"


class Registry(Word):
    """A registry or regime that a member is in."""

    PP719 = "pp719", "реестр российской промышленной продукции (ПП № 719)"
    ERRRP = "errrp", "единый реестр российской радиоэлектронной продукции (ПП № 878)"
    RADIOELECTRONICS = "radioelectronics", "реестр организаций радиоэлектронной промышленности"
    SEZ = "sez", "резидент особой экономической зоны"


class Territory(Word):
    """What kind of special territory a member produces on."""

    NONE = "none", "обычная территория"
    MONOTOWN = "monotown", "моногород"
    GEOSTRATEGIC = "geostrategic", "геостратегическая территория"
    PROGRAMME = "programme", "регион с индивидуальной программой развития"


class Link(Word):
    """The kind of a contract. All but `other` are named by requirement (а) to clusters."""

    PROJECT = "project", "проект по импортозамещающей продукции"
    SUPPLY = "supply", "поставка промышленной продукции"
    PRODUCTION_SERVICES = "production_services", "работы и услуги производственного характера"
    SPIC = "spic", "специальный инвестиционный контракт"
    OTHER = "other", "иной договор (аренда, заём, обучение)"


class Standing(Word):
    """Whether a contract is signed or only meant to be."""

    SIGNED = "signed", "подписан"
    PLANNED = "planned", "планируется"


class Region(Part):
    """A region that the cluster stands in."""

    id: Id = Field(title="Имя региона латиницей")
    title: Title = Field(title="Название региона")


class Member(Part):
    """A member of the cluster. What the team does not know yet is left out, never written as 0."""

    id: Id = Field(title="Имя участника латиницей", description="Им участника называют договоры")
    name: Title = Field(title="Полное наименование")
    short: Title | None = Field(None, title="Краткое наименование для схем")
    role: Role = Field(title="Роль в кластере")
    inn: Inn | None = Field(None, title="ИНН", description="В кавычках")
    ogrn: Ogrn | None = Field(None, title="ОГРН", description="В кавычках")
    region: Id = Field(title="Регион регистрации")
    production_region: Id = Field(title="Регион производства")
    address: Title | None = Field(None, title="Адрес площадки")
    oktmo: Oktmo | None = Field(None, title="ОКТМО площадки")
    territory: Territory | None = Field(None, title="Особая территория")
    okved: Okved | None = Field(None, title="Основной ОКВЭД2")
    products: tuple[Okpd, ...] = Field((), title="Продукция по ОКПД2", max_length=50)
    final_producer: Truth = Field(title="Выпускает конечную продукцию кластера")
    output: Roubles | None = Field(None, title="Выпуск за отчётный год, рубли без НДС")
    purchases: Roubles | None = Field(None, title="Закупки за отчётный год, рубли без НДС")
    headcount: Whole | None = Field(None, title="Среднесписочная численность")
    payroll: Roubles | None = Field(None, title="Фонд оплаты труда за отчётный год, рубли")
    sme: Sme | None = Field(None, title="Статус МСП")
    group: Title | None = Field(
        None, title="Группа аффилированных лиц", description="Одно и то же слово у всей группы"
    )
    registries: tuple[Registry, ...] | None = Field(
        None, title="Реестры и режимы", description="Пустой список: проверено, не состоит"
    )
    joined: Day | None = Field(None, title="Дата вступления в кластер")
    eligibility: Eligibility | None = Field(None, title="Сведения для мер поддержки")

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name

    @property
    def industrial(self) -> bool:
        """Whether the member's role is industrial: neither a university nor infrastructure."""
        return self.role not in (Role.UNIVERSITY, Role.INFRASTRUCTURE)


class Contract(Part):
    """A contract between two members, with its value for the reporting year without VAT.

    Of a planned contract, and of one that began after the reporting year, `value` is that of its
    first full year; the readings of cooperation do not count it.
    """

    id: Id = Field(title="Имя договора латиницей")
    supplier: Id = Field(title="Поставщик (исполнитель)")
    buyer: Id = Field(title="Покупатель (заказчик)")
    link: Link = Field(title="Вид связи")
    product: Title = Field(title="Предмет договора")
    okpd2: Okpd | None = Field(None, title="ОКПД2")
    unit: Title | None = Field(None, title="Единица измерения")
    quantity: Amount | None = Field(None, title="Количество за год")
    value: Roubles = Field(title="Стоимость за год, рубли без НДС")
    since: Day = Field(title="Действует с")
    until: Day = Field(title="Действует по")
    status: Standing = Field(title="Подписан или планируется")
    number: Title | None = Field(None, title="Номер договора")
    evidence: Title | None = Field(None, title="Файл, который подтверждает договор")
    project: Id | None = Field(None, title="Проект, к которому относится договор")

    @property
    def signed(self) -> bool:
        """Whether the contract is signed."""
        return self.status is Standing.SIGNED

    def runs_in(self, year: int) -> bool:
        """Whether the contract's term has a day in `year`."""
        return self.since.year <= year <= self.until.year


class Founder(Part):
    """A founder of the specialised organisation: a member, or somebody outside."""

    member: Id | None = Field(None, title="Участник кластера")
    name: Title | None = Field(None, title="Наименование, если это не участник")
    share: Annotated[ShareNumber, Field(gt=0)] = Field(title="Доля в уставном капитале")


class SpecialisedOrganisation(Part):
    """The organisation that leads the cluster's work and files its documents."""

    name: Title = Field(title="Полное наименование")
    inn: Inn | None = Field(None, title="ИНН")
    ogrn: Ogrn | None = Field(None, title="ОГРН")
    form: Title = Field(title="Организационно-правовая форма")
    region: Id = Field(title="Регион регистрации")
    address: Title | None = Field(None, title="Адрес")
    head: Title | None = Field(None, title="Руководитель")
    contacts: Title | None = Field(None, title="Телефон и почта")
    bank: Title | None = Field(None, title="Банковские реквизиты")
    staff: Whole | None = Field(None, title="Численность")
    founders: tuple[Founder, ...] = Field((), title="Учредители", max_length=100)
    functions: tuple[Note, ...] = Field((), title="Функции по уставу", max_length=30)
    charter_clause: Title | None = Field(None, title="Пункт устава с функциями")
