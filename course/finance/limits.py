"""What a model does not count, or counts in a simple way: told wherever its results are printed."""

from __future__ import annotations

from collections.abc import Iterator

from course.cluster.closing import Terminal
from course.cluster.funding import Accounting
from course.cluster.projects import Basis, Project, later
from course.finance.calendar import ends


def limits(plan: Project) -> tuple[str, ...]:
    """Russian sentences on what the reader of this project's figures has to know."""
    return (*_taxes(plan), *_support(plan), *_prices(plan), *_end(plan), *_late_loans(plan))


def _taxes(plan: Project) -> Iterator[str]:
    terms = plan.taxes.quarterly_vat
    if terms is None:
        yield (
            "НДС считается помесячно: начисленный уплачивается в том же месяце, "
            "превышение вычетов возмещается через указанный срок"
        )
    else:
        parts = "одним платежом" if terms.payments == 1 else "тремя равными платежами"
        yield (
            f"НДС считается по календарным кварталам и уплачивается {parts}; "
            "сроки названы командой, проверьте их по закону"
        )
    yield "Налог на прибыль считается нарастающим итогом с начала года и платится в том же месяце"
    if plan.taxes.property is None:
        yield "Налог на имущество в расчёт не входит: ставка не подтверждена источником"
    else:
        yield (
            "Налог на имущество считается с остаточной стоимости недвижимости и платится "
            "помесячно: сроки уплаты по закону не прочитаны; движимое имущество считается "
            "необлагаемым, это не подтверждено источником"
        )
    if plan.taxes.ndfl is None:
        yield "Оплата труда показана вместе с НДФЛ: его доли по бюджетам в расчёт не входят"
    else:
        yield (
            "НДФЛ считается по средней ставке и долям бюджетов, которые назвала команда, и "
            "платится в том же месяце: это не нормы из реестра, сроки уплаты не прочитаны"
        )


def _support(plan: Project) -> Iterator[str]:
    ways = {grant.accounting for grant in plan.grants}
    if not ways or Accounting.UNTAXED in ways:
        yield "Гранты не входят в базу налога на прибыль и не уменьшают амортизацию"
    if ways - {Accounting.UNTAXED}:
        yield (
            "Часть грантов входит в базу налога на прибыль так, как назвала команда: "
            "порядок учёта подтверждает юрист"
        )
    if plan.start_batches:
        yield (
            "Субсидию на стартовые партии получает покупатель: в потоках проекта её нет, "
            "её налог у покупателя не считается"
        )
    if any(loan.refund for loan in plan.loans):
        yield "Возмещение процентов считается по допущению команды о его доле и сроке выплаты"
    if any(loan.co_lender for loan in plan.loans):
        yield "Долю второго займодавца назвала команда: какие доли допускают фонды, проверьте у них"
    if any(loan.floating or loan.refund for loan in plan.loans) and plan.key_rate:
        yield "Ключевая ставка взята из прогноза команды"


def _prices(plan: Project) -> Iterator[str]:
    if plan.prices is Basis.REAL and plan.loans:
        yield (
            "Цены проекта постоянные, а ставки займов с ростом цен: "
            "проценты в таком расчёте завышены"
        )


def _end(plan: Project) -> Iterator[str]:
    method = plan.closing.method if plan.closing else Terminal.NONE
    if ends(plan):
        yield (
            "В последнем месяце имущество продаётся по ценам команды, покупатели и поставщики "
            "рассчитываются полностью, убыток от продажи сразу уменьшает прибыль"
        )
    elif method is Terminal.NONE:
        yield "Остаточной стоимости в конце горизонта нет: оборотный капитал не возвращается"
    else:
        yield (
            f"Стоимость в конце горизонта ({method.words}) — оценка, а не платёж: "
            "в деньгах проекта и в книге платежей её нет"
        )
    if plan.dividends is not None:
        yield "Налог с дивидендов в расчёт не входит"


def _late_loans(plan: Project) -> Iterator[str]:
    for loan in plan.loans:
        if later(loan.drawn, loan.term_months) >= plan.end:
            yield f"«{loan.title}»: срок займа выходит за горизонт расчёта, долг в конце не погашен"
