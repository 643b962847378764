"""How much of a product comes from abroad: in the country's consumption, and in its own price."""

from __future__ import annotations

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
    imported = sum(
        material.quantity.value * material.price.value
        for material in product.materials
        if material.origin == "imported"
    )
    return 1 - imported / product.price.value
