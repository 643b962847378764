"""How much of a product comes from abroad: in the country's consumption, and in its own price."""

from __future__ import annotations

from collections.abc import Iterable

from course.cluster import Product
from course.errors import ClusterError, Fault

IMPORT_CAUTIONS = (
    "Импорт считают по таможенной стоимости, выпуск — по ценам производителя",
    "Коды ОКПД2 и ТН ВЭД не переводятся один в один",
    "Параллельный импорт и реэкспорт искажают обе величины",
    "Подробные таможенные данные с 2022 года закрыты",
)


def import_dependence(production: float, exports: float, imports: float) -> float:
    """The share of imports in consumption: M / (Q − X + M); see `IMPORT_CAUTIONS`.

    All three in one unit for one year. `ClusterError` when one is negative, exports exceed
    production and imports, or there is no consumption.
    """
    if min(production, exports, imports) < 0 or production - exports + imports <= 0:
        what = "импортозависимость не считается: величины отрицательны или потребления нет"
        raise ClusterError(Fault("", "", what, "Проверьте выпуск, экспорт и импорт за один год"))
    return imports / (production - exports + imports)


def localisation(product: Product) -> float:
    """One less the share of imported materials in the product's price; no points of ПП № 719."""
    return unimported(
        product.price.value,
        (
            material.quantity.value * material.price.value
            for material in product.materials
            if material.origin == "imported"
        ),
    )


def unimported(price: float, imported: Iterable[float]) -> float:
    """One less the share of imported parts in the price; `ClusterError` without a price."""
    if price <= 0:
        raise ClusterError(Fault("", "", "цена изделия должна быть больше нуля"))
    return 1 - sum(imported) / price
