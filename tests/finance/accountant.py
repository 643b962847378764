"""The small project worked by hand, month by month, as an accountant would: nothing of `course`.

Figures are those of small.yaml; rates are those of 2027 to 2033 as the legislation data have them:
VAT 22 %, profit tax 8 % + 17 %, loss limit 50 %, contributions 30 % and 15.1 % over 2 979 000 ₽ a
year, depreciation bonus 30 % (group 5) and 10 % (group 2).
"""

from __future__ import annotations

MONTHS = 84
Book = dict[str, list[float]]


def work() -> Book:
    """All key rows of the small project, 84 months from January 2027."""
    book: Book = {}
    _business(book)
    _assets(book)
    _loans(book)
    _taxes(book)
    _cash(book)
    _budgets(book)
    return book


def _row(book: Book, name: str) -> list[float]:
    return book.setdefault(name, [0.0] * MONTHS)


def _prices(month: int) -> float:
    return float(1.04 ** (month // 12))  # the project starts in January: years and calendar agree


def _business(book: Book) -> None:
    volume, revenue, used = _row(book, "volume"), _row(book, "revenue"), _row(book, "used")
    stock, bought = _row(book, "stock"), _row(book, "bought")
    pay, dues = _row(book, "payroll"), _row(book, "contributions")
    rent, energy = _row(book, "rent"), _row(book, "energy")
    before = 0.0
    year_engineer = year_worker = 0.0
    for m in range(MONTHS):
        works = m >= 6
        share = 0.0 if not works else [0.3, 0.6][m - 6] if m - 6 < 2 else 1.0
        volume[m] = 4000 * 0.8 * share
        _row(book, "volume_inside")[m] = 0.7 * volume[m]
        _row(book, "volume_outside")[m] = 0.3 * volume[m]
        revenue[m] = volume[m] * 5000 * _prices(m)
        used[m] = volume[m] * 2 * 900
        stock[m] = max(before - used[m], used[m] * 30 / 30)
        bought[m] = used[m] + stock[m] - before
        before = stock[m]
        if m % 12 == 0:
            year_engineer = year_worker = 0.0
        engineer = 290000 * _prices(m)
        worker = 90000.0 if works else 0.0
        pay[m] = 3 * engineer + 20 * worker
        dues[m] = 3 * _dues(engineer, year_engineer) + 20 * _dues(worker, year_worker)
        year_engineer += engineer
        year_worker += worker
        rent[m] = 200000 * _prices(m)
        energy[m] = 500000.0 if works else 0.0
    billed = [r * 1.22 for r in revenue]
    invoices = [b * 1.22 for b in bought]
    receipts, paid = _row(book, "receipts"), _row(book, "materials_paid")
    for m in range(MONTHS):
        # 40 days: two thirds of a bill are paid after one month, one third after two
        receipts[m] = 2 / 3 * _at(billed, m - 1) + 1 / 3 * _at(billed, m - 2)
        # 50 days: a third is paid after one month, two thirds after two
        paid[m] = 1 / 3 * _at(invoices, m - 1) + 2 / 3 * _at(invoices, m - 2)


def _at(row: list[float], month: int) -> float:
    return row[month] if month >= 0 else 0.0


def _dues(pay: float, year: float) -> float:
    """30 % up to 2 979 000 ₽ since January, 15.1 % above."""
    low = min(pay, max(0.0, 2_979_000 - year))
    return low * 0.30 + (pay - low) * 0.151


def _assets(book: Book) -> None:
    capex, book_write, tax_write = _row(book, "capex"), _row(book, "book"), _row(book, "tax_write")
    capex[2] += 120e6  # the line, with VAT, in use from month 6: 54 months, bonus 30 %
    capex[13] += 7e6  # the tools, without VAT, in use at once: 30 months, bonus 10 %
    tax_write[6] += 0.30 * 120e6
    tax_write[13] += 0.10 * 7e6
    for m in range(MONTHS):
        if 7 <= m < 7 + 54:
            book_write[m] += 120e6 / 54
            tax_write[m] += 0.70 * 120e6 / 54
        if 14 <= m < 14 + 30:
            book_write[m] += 7e6 / 30
            tax_write[m] += 0.90 * 7e6 / 30


def _loans(book: Book) -> None:
    drawn, repaid = _row(book, "drawn"), _row(book, "repaid")
    interest, paid, debt = _row(book, "interest"), _row(book, "interest_paid"), _row(book, "debt")
    opening = _row(book, "opening")
    fund = bank = unpaid = 0.0
    rate = 0.21 / 12
    payment = 20e6 * rate / (1 - (1 + rate) ** -24)  # 24 equal payments after 6 months of grace
    for m in range(MONTHS):
        fund_interest, bank_interest = fund * 0.05 / 12, bank * rate
        interest[m] = fund_interest + bank_interest
        unpaid += fund_interest
        paid[m] = bank_interest
        fund_age, bank_age = m - 1, m - 2
        if fund_age > 0 and fund_age % 3 == 0:
            paid[m] += unpaid
            unpaid = 0.0
        if 24 < fund_age <= 60 and fund_age % 3 == 0:
            repaid[m] += 100e6 / 12
            fund -= 100e6 / 12
        if 6 < bank_age <= 30:
            repaid[m] += payment - bank_interest
            bank -= payment - bank_interest
        if m == 1:
            drawn[m] += 100e6
            fund += 100e6
        if m == 2:
            drawn[m] += 20e6
            bank += 20e6
        opening[m] = debt[m - 1] if m else 0.0
        debt[m] = fund + bank


def _taxes(book: Book) -> None:
    inputs = [
        0.22 * (b + e + (120e6 if m == 2 else 0.0))
        for m, (b, e) in enumerate(zip(book["bought"], book["energy"], strict=True))
    ]
    net = [0.22 * r - i for r, i in zip(book["revenue"], inputs, strict=True)]
    book["vat_paid"] = [max(0.0, n) for n in net]
    book["vat_refunded"] = [max(0.0, -_at(net, m - 3)) for m in range(MONTHS)]
    without = [
        book["revenue"][m] - book["used"][m] - book["payroll"][m] - book["contributions"][m]
        - book["rent"][m] - book["energy"][m] - book["tax_write"][m]
        for m in range(MONTHS)
    ]  # fmt: skip
    book["unlevered_tax"] = _profit_tax(without)
    book["tax"] = _profit_tax([w - i for w, i in zip(without, book["interest"], strict=True)])


def _profit_tax(profit: list[float]) -> list[float]:
    """25 % of the profit since January, after old losses of at most half of it."""
    tax, losses = [], 0.0
    for start in range(0, MONTHS, 12):
        year, before, used = 0.0, 0.0, 0.0
        for m in range(start, start + 12):
            year += profit[m]
            used = min(losses, 0.5 * max(0.0, year))
            due = 0.25 * (max(0.0, year) - used)
            tax.append(due - before)
            before = due
        losses = losses - used + max(0.0, -year)
    return tax


def _cash(book: Book) -> None:
    cash, project, equity = _row(book, "cash"), _row(book, "project"), _row(book, "equity")
    balance = 0.0
    for m in range(MONTHS):
        common = (
            book["receipts"][m] - book["materials_paid"][m] - book["payroll"][m]
            - book["contributions"][m] - book["rent"][m] - 1.22 * book["energy"][m]
            - book["vat_paid"][m] + book["vat_refunded"][m]
            - book["capex"][m] - (0.22 * 120e6 if m == 2 else 0.0)
        )  # fmt: skip
        project[m] = common - book["unlevered_tax"][m]
        own = 46.4e6 if m == 0 else 0.0
        grant = 9e6 if m == 4 else 0.0
        equity[m] = (
            common - book["tax"][m] + grant
            + book["drawn"][m] - book["repaid"][m] - book["interest_paid"][m]
        )  # fmt: skip
        # the plant starts in July 2027: debt is covered from 2028 on, without refunds of VAT
        running = common + book["capex"][m] + (0.22 * 120e6 if m == 2 else 0.0)
        later = 1.0 if m >= 12 else 0.0
        _row(book, "coverage_cash")[m] = later * (
            running - book["tax"][m] - book["vat_refunded"][m]
        )
        _row(book, "coverage_service")[m] = later * (book["repaid"][m] + book["interest_paid"][m])
        balance += equity[m] + own
        cash[m] = balance
        _row(book, "shortage")[m] = round(max(0.0, -balance), 2)


def _budgets(book: Book) -> None:
    book["federal"] = [
        book["vat_paid"][m] - book["vat_refunded"][m] + book["tax"][m] * 8 / 25
        for m in range(MONTHS)
    ]
    book["regional"] = [book["tax"][m] * 17 / 25 - (9e6 if m == 4 else 0.0) for m in range(MONTHS)]
    book["budget"] = [
        book["federal"][m] + book["regional"][m] + book["contributions"][m] for m in range(MONTHS)
    ]


def npv(flow: list[float], yearly: float) -> float:
    """Step 0 is not discounted; a month's rate compounds to the yearly one."""
    monthly = (1 + yearly) ** (1 / 12) - 1
    return sum(value / (1 + monthly) ** m for m, value in enumerate(flow))


def discounted(flow: list[float], yearly: float) -> list[float]:
    """The flow in money of step 0."""
    monthly = (1 + yearly) ** (1 / 12) - 1
    return [value / (1 + monthly) ** m for m, value in enumerate(flow)]


def payback(flow: list[float]) -> float:
    """Months until the sum becomes and stays non-negative; −1 if it does not."""
    total, sums = 0.0, []
    for value in flow:
        total += value
        sums.append(total)
    below = [m for m, value in enumerate(sums) if value < 0]
    if not below:
        return 0.0
    last = below[-1]
    return -1.0 if last == len(flow) - 1 else last - sums[last] / flow[last + 1]
