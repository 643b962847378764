"""The project of whole.yaml worked by hand, month by month: nothing of `course`.

84 months from January 2027: launch in month 6, no production in months 82 and 83. Rates as in
accountant.py; quarterly VAT, property tax 2 %, НДФЛ 13 %, a currency, three loans, refunds of
interest, grants that are income, a subsidy to the buyer, dividends, a sale of all assets.
"""

from __future__ import annotations

MONTHS, LAUNCH, STOP, LAST = 84, 6, 82, 83
VAT = 0.22
BOUGHT = 19  # the month of the tools, with their price by then: the index and the currency
TOOLS = 7e6 * 1.04 * 15 / 12
Book = dict[str, list[float]]


def work() -> Book:
    """All key rows of the project."""
    book: Book = {}
    _business(book)
    _assets(book)
    _loans(book)
    _vat(book)
    _taxes(book)
    _owner(book)
    _flows(book)
    _budgets(book)
    return book


def _row(book: Book, name: str) -> list[float]:
    return book.setdefault(name, [0.0] * MONTHS)


def _at(row: list[float], month: int) -> float:
    return row[month] if month >= 0 else 0.0


def _prices(month: int) -> float:
    """4 % in January 2028, 6 % in every January from 2029 on."""
    year = month // 12
    return 1.0 if year == 0 else 1.04 * 1.06 ** (year - 1)


def _key(month: int) -> float:
    return 0.15 if month < 12 else 0.12


def _paid(billed: list[float], whole: int) -> list[float]:
    """Bills paid after so many months and a third (or two thirds); the last month pays the rest."""
    months, thirds = divmod(whole, 3)
    row = [
        (3 - thirds) / 3 * _at(billed, m - months) + thirds / 3 * _at(billed, m - months - 1)
        for m in range(MONTHS)
    ]
    row[LAST] += sum(billed) - sum(row)
    return row


def _business(book: Book) -> None:
    revenue, volume = _row(book, "revenue"), _row(book, "volume")
    used = {who: [0.0] * MONTHS for who in ("cluster", "imported", "russian")}
    for m in range(LAUNCH, STOP):
        volume[m] = 4000 * 0.8 * ([0.3, 0.6][m - 6] if m < 8 else 1.0)
        revenue[m] = volume[m] * 5000 * _prices(m)
        used["cluster"][m] = volume[m] * 2 * 900
        used["imported"][m] = volume[m] * 300 * (1.0 if m < 18 else 15 / 12)
        used["russian"][m] = volume[m] * 100
    bought = {who: [0.0] * MONTHS for who in used}
    stocks = _row(book, "stock")
    for who, row in used.items():
        stock = 0.0
        for m in range(MONTHS):
            days = min(45, max(0, STOP - 1 - m) * 30)  # for what is still to be made
            left = max(stock - row[m], row[m] * days / 30)
            bought[who][m] = row[m] + left - stock
            stock = left
            stocks[m] += stock
        book[f"used_{who}"] = row
    book["used"] = [sum(row[m] for row in used.values()) for m in range(MONTHS)]
    book["bought"] = [sum(row[m] for row in bought.values()) for m in range(MONTHS)]
    bills = [r * (1 + VAT) for r in revenue]
    book["receipts"] = _paid(bills, 10)  # 100 days: three months and a third
    book["materials_paid"] = _paid([b * (1 + VAT) for b in book["bought"]], 11)  # 110 days
    book["inside"] = [0.7 * r for r in revenue]
    book["outside"] = [0.3 * r for r in revenue]
    book["volume_inside"] = [0.7 * v for v in volume]
    book["volume_outside"] = [0.3 * v for v in volume]
    book["local"] = [r - i for r, i in zip(revenue, used["imported"], strict=True)]
    _people(book)


def _people(book: Book) -> None:
    pay, dues = _row(book, "payroll"), _row(book, "contributions")
    rent, energy = _row(book, "rent"), _row(book, "energy")
    engineer_year = 0.0
    for m in range(MONTHS):
        engineer = 290000 * _prices(m)
        worker = 90000.0 if LAUNCH <= m < STOP else 0.0
        guard = 60000 * 1.05**6 if m >= STOP else 0.0  # in the seventh calendar year
        engineer_year = (0.0 if m % 12 == 0 else engineer_year) + engineer
        low = min(engineer, max(0.0, 2_979_000 - engineer_year + engineer))
        pay[m] = 3 * engineer + 20 * worker + 5 * guard
        dues[m] = 3 * (low * 0.30 + (engineer - low) * 0.151) + (20 * worker + 5 * guard) * 0.30
        rent[m] = 200000 * _prices(m)
        energy[m] = 500000.0 if LAUNCH <= m < STOP else 0.0
    book["ndfl"] = [0.13 * p for p in pay]
    book["in_hand"] = [0.87 * p for p in pay]


def _assets(book: Book) -> None:
    capex = _row(book, "capex")
    capex[2], capex[3], capex[BOUGHT] = 120e6, 60e6, TOOLS  # the line, the building, the tools
    books, tax = _row(book, "book"), _row(book, "tax_write")
    value, due = _row(book, "property_value"), _row(book, "property_tax")
    tax[6] += 36e6  # a bonus of 30 % on the line
    tax[BOUGHT] += 0.1 * TOOLS  # and of 10 % on the tools
    for m in range(MONTHS):
        if 7 <= m < 61:
            books[m] += 120e6 / 54
            tax[m] += 84e6 / 54
        if BOUGHT < m <= BOUGHT + 30:
            books[m] += TOOLS / 30
            tax[m] += 0.9 * TOOLS / 30
        if m >= 7:
            books[m] += 60e6 / 120
            tax[m] += 60e6 / 120
        value[m] = max(0.0, 60e6 - 0.5e6 * (m - 6)) if m >= 6 else 0.0
        due[m] = _at(value, m - 1) * 0.02 / 12
    for name, written in (("off", books), ("tax_off", tax)):
        _row(book, name)[LAST] = 180e6 + TOOLS - sum(written)
    book["assets"] = [
        sum(capex[: m + 1]) - sum(books[: m + 1]) - (book["off"][m]) for m in range(MONTHS)
    ]
    _row(book, "sale")[LAST] = 40e6
    _row(book, "costs")[LAST] = 3e6


def _loans(book: Book) -> None:
    names = ("drawn", "repaid", "interest", "interest_paid", "debt", "owed", "co_lender", "due")
    drawn, repaid, interest, paid, debts, owed, co, due = [_row(book, name) for name in names]
    fund = bank = platform = unpaid = 0.0
    for m in range(MONTHS):
        rate = (0.21 if m < 17 else 0.18) / 12
        soft = (0.3 * _key(m) + 0.03 if m - 3 < 12 else _key(m) + 0.04) / 12
        fund_interest, bank_interest, soft_interest = fund * 0.05 / 12, bank * rate, platform * soft
        interest[m] = fund_interest + bank_interest + soft_interest
        due[m] = bank * 0.5 * _key(m) / 12
        unpaid += fund_interest
        paid[m] = bank_interest + soft_interest
        age = m - 1
        if age > 0 and age % 3 == 0:
            paid[m] += unpaid
            co[m] -= 0.3 * unpaid
            unpaid = 0.0
        if 24 < age <= 60 and age % 3 == 0:
            repaid[m] += 100e6 / 12
            co[m] -= 0.3 * 100e6 / 12
            fund -= 100e6 / 12
        if 6 < m - 2 <= 30:
            part = bank * rate / ((1 + rate) ** (30 - (m - 2) + 1) - 1)
            repaid[m] += part
            bank -= part
        if 12 < m - 3 <= 36:
            repaid[m] += 30e6 / 24
            platform -= 30e6 / 24
        for month, sum_, name in ((1, 100e6, "fund"), (2, 12e6, "bank"), (4, 8e6, "bank"),
                                  (3, 30e6, "platform")):  # fmt: skip
            if m != month:
                continue
            drawn[m] += sum_
            fund += sum_ if name == "fund" else 0.0
            bank += sum_ if name == "bank" else 0.0
            platform += sum_ if name == "platform" else 0.0
            co[m] += 0.3 * sum_ if name == "fund" else 0.0
        _row(book, "opening")[m] = debts[m - 1] if m else 0.0
        debts[m] = fund + bank + platform
        owed[m] = unpaid
    book["refund"] = [_at(due, m - 2) for m in range(MONTHS)]


def _vat(book: Book) -> None:
    """Calendar quarters; thirds in the three months after; over-paid VAT comes back in three."""
    bought = {2: 120e6, 3: 60e6}  # the line and the building; the tools come without VAT
    net = [
        VAT * (book["revenue"][m] + book["sale"][m] - book["bought"][m] - book["energy"][m]
               - bought.get(m, 0.0) - book["costs"][m])
        for m in range(MONTHS)
    ]  # fmt: skip
    paid, refunded, claimed = [0.0] * MONTHS, [0.0] * MONTHS, [0.0] * MONTHS
    for end in range(2, MONTHS, 3):
        quarter = sum(net[end - 2 : end + 1])
        claimed[end] = max(0.0, -quarter)
        for n in (1, 2, 3):
            paid[min(end + n, LAST)] += max(0.0, quarter) / 3
        refunded[min(end + 3, LAST)] += claimed[end]
    book["vat_paid"], book["vat_refunded"] = paid, refunded
    book["vat_owed"] = [
        sum(net[: m + 1]) + sum(claimed[: m + 1]) - sum(paid[: m + 1]) for m in range(MONTHS)
    ]


def _taxes(book: Book) -> None:
    known = [0.0] * MONTHS
    written = bought = received = before = 0.0
    for m in range(MONTHS):
        received += 9e6 if m == 4 else 0.0
        written += book["tax_write"][m] + book["tax_off"][m]
        bought += book["capex"][m]
        so_far = received * min(1.0, written / bought if bought else 0.0)
        known[m], before = so_far - before, so_far
    book["with_costs"] = known
    without = [
        book["revenue"][m] - book["used"][m] - book["payroll"][m] - book["contributions"][m]
        - book["rent"][m] - book["energy"][m] - book["tax_write"][m] - book["property_tax"][m]
        + known[m] + (4e6 if m == 14 else 0.0) + book["sale"][m] - book["costs"][m]
        - book["tax_off"][m]
        for m in range(MONTHS)
    ]  # fmt: skip
    book["unlevered_tax"] = _profit_tax(without)
    book["tax"] = _profit_tax(
        [without[m] - book["interest"][m] + book["due"][m] for m in range(MONTHS)]
    )
    book["net"] = [
        book["revenue"][m] - book["used"][m] - book["payroll"][m] - book["contributions"][m]
        - book["rent"][m] - book["energy"][m] - book["property_tax"][m] - book["book"][m]
        - book["interest"][m] + book["due"][m] + book["sale"][m] - book["costs"][m]
        - book["off"][m] - book["tax"][m]
        for m in range(MONTHS)
    ]  # fmt: skip


def _profit_tax(profit: list[float]) -> list[float]:
    """25 % of the profit since January, after old losses of at most half of it."""
    tax, losses = [], 0.0
    for start in range(0, MONTHS, 12):
        year = due = used = 0.0
        for m in range(start, start + 12):
            year += profit[m]
            used = min(losses, 0.5 * max(0.0, year))
            tax.append(0.25 * (max(0.0, year) - used) - due)
            due = 0.25 * (max(0.0, year) - used)
        losses = losses - used + max(0.0, -year)
    return tax


def _owner(book: Book) -> None:
    """Cash, and every April from 2029 half of last year's profit above 45 million of money."""
    running = [
        book["receipts"][m] - book["materials_paid"][m] - book["payroll"][m]
        - book["contributions"][m] - book["rent"][m] - 1.22 * book["energy"][m]
        - book["vat_paid"][m] + book["vat_refunded"][m] - book["property_tax"][m]
        for m in range(MONTHS)
    ]  # fmt: skip
    invested = [
        1.22 * (book["sale"][m] - book["costs"][m])
        - (TOOLS if m == BOUGHT else 1.22 * book["capex"][m])  # the tools come without VAT
        for m in range(MONTHS)
    ]
    book["running"], book["invested"] = running, invested
    dividends, cash = _row(book, "dividends"), _row(book, "cash")
    money = 0.0
    for m in range(MONTHS):
        grants = {4: 9e6, 14: 4e6}.get(m, 0.0)
        own = 80e6 if m == 0 else 0.0
        money += (
            running[m] + invested[m] - book["tax"][m] + own + grants + book["drawn"][m]
            - book["repaid"][m] - book["interest_paid"][m] + book["refund"][m]
        )  # fmt: skip
        if m % 12 == 3 and m >= 24:
            profit = sum(book["net"][m - 15 : m - 3])
            dividends[m] = min(0.5 * max(0.0, profit), max(0.0, money - 45e6))
            money -= dividends[m]
        cash[m] = money
        _row(book, "shortage")[m] = round(max(0.0, -money), 2)
        least = 45e6 if m >= LAUNCH else 0.0
        _row(book, "below_minimum")[m] = round(max(0.0, least - money), 2)


def _flows(book: Book) -> None:
    for m in range(MONTHS):
        own = 80e6 if m == 0 else 0.0
        change = book["cash"][m] - _at(book["cash"], m - 1)
        common = book["running"][m] + book["invested"][m]
        _row(book, "project")[m] = common - book["unlevered_tax"][m]
        _row(book, "equity")[m] = change - own + book["dividends"][m]
        left = book["cash"][m] if m == LAST else 0.0
        _row(book, "owner")[m] = book["dividends"][m] - own + left
        later = 1.0 if m >= 12 else 0.0
        _row(book, "coverage_cash")[m] = later * (
            book["running"][m] - book["tax"][m] - book["vat_refunded"][m]
        )
        _row(book, "coverage_service")[m] = later * (book["repaid"][m] + book["interest_paid"][m])


def _budgets(book: Book) -> None:
    bought, paid = 0.0, 0.0
    batches = _row(book, "batches")
    for m in range(MONTHS - 1):
        bought += book["inside"][m] if 8 <= m <= 17 else 0.0
        batches[m + 1] = min(20e6, 0.3 * bought) - paid
        paid += batches[m + 1]
    for m in range(MONTHS):
        _row(book, "federal")[m] = (
            book["vat_paid"][m] - book["vat_refunded"][m] + book["tax"][m] * 8 / 25
            + 0.05 * book["ndfl"][m] - (4e6 if m == 14 else 0.0) - book["refund"][m] - batches[m]
        )  # fmt: skip
        _row(book, "regional")[m] = (
            book["tax"][m] * 17 / 25 + book["property_tax"][m] + 0.8 * book["ndfl"][m]
            - (9e6 if m == 4 else 0.0)
        )  # fmt: skip
        _row(book, "municipal")[m] = 0.15 * book["ndfl"][m]
        _row(book, "budget")[m] = (
            book["federal"][m] + book["regional"][m] + book["municipal"][m]
            + book["contributions"][m]
        )  # fmt: skip
