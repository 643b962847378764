"""What a region is strong in: location quotient and shift-share, each with its cautions.

The results carry `cautions` in Russian, to be printed where the number is printed: both measures
are easy to compute and easy to read wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

from course.errors import ClusterError, Fault

LOCATION_CAUTIONS = (
    "По занятым и по выпуску коэффициент разный: назовите, по чему считали",
    "Один крупный завод может дать весь результат",
    "Часть данных закрыта: пустая ячейка — не ноль",
    "На малой базе коэффициент прыгает от года к году",
)
SHIFT_CAUTIONS = (
    "Берите занятых или постоянные цены: рост цен выглядит как рост отрасли",
    "На переходе с ОКВЭД на ОКВЭД2 (2016/17) ряды не сопоставимы",
    "Региональная часть называет остаток, а не причину",
)


@dataclass(frozen=True)
class LocationQuotient:
    """How many times the industry's share in the region exceeds its share in the country."""

    value: float
    regional_share: float
    national_share: float
    cautions: tuple[str, ...] = LOCATION_CAUTIONS


@dataclass(frozen=True)
class ShiftShare:
    """A change of an industry in a region, parted in three; the parts add up to `total`."""

    national: float
    industrial: float
    regional: float
    total: float
    cautions: tuple[str, ...] = SHIFT_CAUTIONS


def location_quotient(
    industry_region: float, region: float, industry_country: float, country: float
) -> LocationQuotient:
    """The location quotient (e_ir / e_r) / (e_i / e), of jobs or of output in one year.

    `ClusterError` when a part exceeds its whole, a number is negative, or a divisor is zero.
    """
    parts = ((industry_region, region), (industry_country, country),
             (industry_region, industry_country), (region, country))  # fmt: skip
    if any(not 0 <= part <= whole for part, whole in parts) or industry_country <= 0 or region <= 0:
        what = "коэффициент локализации не считается: часть больше целого или числа не больше нуля"
        raise ClusterError(
            Fault("", "", what, "Проверьте единицы: регион и страна в одних и тех же")
        )
    regional, national = industry_region / region, industry_country / country
    return LocationQuotient(regional / national, regional, national)


def shift_share(
    start: float, end: float, national_growth: float, industry_growth: float
) -> ShiftShare:
    """The change of an industry in a region as national, industrial and regional parts.

    Growths are shares over the whole period: of the whole economy, and of the industry in the
    country. `ClusterError` when `start` is not positive, `end` is negative or a growth is below −1.
    """
    if start <= 0 or end < 0 or min(national_growth, industry_growth) < -1:
        what = "сдвиг не считается: начальное значение не больше нуля или рост меньше −100 %"
        raise ClusterError(Fault("", "", what, "Запишите рост долей: 0.02 для 2 %"))
    growth = end / start - 1
    return ShiftShare(
        national=start * national_growth,
        industrial=start * (industry_growth - national_growth),
        regional=start * (growth - industry_growth),
        total=end - start,
    )
