# %% [markdown] role="read" id="title"
r"""
# Вебинар 1. Пробный

В рамке «поле» — обратная черта \ не пропадает, формула $\frac{a}{b}$ тоже.
"""

# %% role="form" id="setup"
from datetime import date

from course import open_form, show, wording

ask = open_form("01_tiny")
firms = ask.data("firms.yaml")
day = date(2026, 10, 5)

# %% role="read" id="firms"
show(f"На {wording.day(day)} в списке фирм: {len(firms)}.")

# %% role="form" id="ask_density"
ask.number(
    "density",
    "Какова плотность сети? Разделите число связей на число пар участников",
    unit="%",
    decimals=1,
)

# %% role="tests" id="check_density" points=2
check = ask.check("density", points=2)
### BEGIN HIDDEN TESTS
check.number(
    0.214,
    tolerance=0.0005,
    mistakes=[(0.428, 0.5, "CANARY-HINT Каждая связь посчитана дважды: разделите на два.")],
    hint="Сколько пар участников возможно?",
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="ask_isolated"
ask.choice(
    "isolated",
    "Кто остался без единого договора внутри кластера?",
    {"luch": "«Луч», Воронеж", "tok": "«Ток», Курск", "nit": "«Нить», Орёл"},
)

# %% role="tests" id="check_isolated" points=1
check = ask.check("isolated", points=1)
### BEGIN HIDDEN TESTS
check.choice("nit", hint="Посмотрите на строку и на столбец каждой фирмы.")
### END HIDDEN TESTS
check.done()

# %% role="form" id="ask_kept"
ask.choices(
    "kept",
    "Какие карточки остаются в матрице? Отметьте все",
    {
        "a": "Поставка между участниками",
        "b": "Давальческое сырьё",
        "c": "Аренда помещения у участника",
        "d": "Производственная услуга участнику",
    },
)

# %% role="tests" id="check_kept" points=3
check = ask.check("kept", points=3)
### BEGIN HIDDEN TESTS
check.choices(
    ["a", "d"],
    hints={
        "b": "Давальческое сырьё остаётся собственностью заказчика.",
        "c": "Аренда не кооперация.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="ask_links"
ask.match(
    "links",
    "Подберите каждому договору вид связи",
    {"one": "Совместная разработка датчика", "two": "Поставка корпусов"},
    {"project": "Совместный проект", "supply": "Поставка продукции", "other": "Не кооперация"},
)

# %% role="tests" id="check_links" points=2
check = ask.check("links", points=2)
### BEGIN HIDDEN TESTS
check.match({"one": "project", "two": "supply"}, hints={"two": "Корпус — готовое изделие."})
### END HIDDEN TESTS
check.done()

# %% role="form" id="ask_matrix"
ask.table(
    "matrix",
    "Заполните матрицу кооперации. Пустая ячейка значит, что договора нет",
    columns={
        "tok": ask.number_column("«Ток»", unit="млн ₽"),
        "nit": ask.number_column("«Нить»", unit="млн ₽"),
        "kind": ask.choice_column("Вид связи", {"supply": "Поставка", "service": "Услуга"}),
    },
    rows={"luch": "«Луч»", "tok": "«Ток»"},
    corner="Поставщик",
)

# %% role="tests" id="check_matrix" points=4
check = ask.check("matrix", points=4)
### BEGIN HIDDEN TESTS
check.table(
    [
        {"row": "luch", "tok": 12_000_000, "nit": None, "kind": "supply"},
        {"row": "tok", "tok": None, "nit": 500_000, "kind": "service"},
    ],
    tolerance=1,
    count="filled",
    hints={"kind": "Вид связи стоит в карточке."},
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="ask_team"
ask.table(
    "team",
    "Договоры вашей команды",
    columns={"supplier": "Поставщик", "value": ask.number_column("Сумма", unit="млн ₽")},
    rows=2,
)

# %% role="form" id="ask_since"
ask.date("since", "С какого дня действует редакция?")

# %% role="tests" id="check_since" points=2
check = ask.check("since", points=2)
### BEGIN HIDDEN TESTS
check.date("2026-01-01", mistakes=[("2025-12-31", 0.5, "Это последний день прежней редакции.")])
### END HIDDEN TESTS
check.done()

# %% role="form" id="memo"
ask.text("memo", "Напишите министру: можно ли подавать заявление? До десяти строк", rows=5)

# %% [markdown] role="task" id="memo_task" points=6
r"""
**Записку читает преподаватель.** До 6 баллов: вывод, расчёт, что проверить.

### BEGIN MARK SCHEME
CANARY-RUBRIC: 2 балла за вывод, 2 за расчёт, 2 за оговорку.
### END MARK SCHEME
"""
