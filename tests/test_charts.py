from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections.abc import Callable

import matplotlib
import networkx
import pandas
import pytest

from course import charts
from tests import figures
from tests.figures import texts, words

SOURCE = "реестр договоров кластера, 2026 год"
YEARS = ["2026", "2027", "2028", "2029"]
TITLES = {
    f"m{place}": name
    for place, name in enumerate(
        [
            "НПО «Созвучие»", "Воронежский завод силовых модулей", "«Контакт-Разъём»", "«Плата»",
            "«Кристалл»", "«Магнитопровод»", "«Корпус-Сервис»", "«Светодар»", "«Датчик»",
            "Испытательный центр «Эталон»", "«Кабельная линия»", "«Гальваник»", "НИИ «Вектор»",
            "«Одинокий завод»",
        ]
    )
}  # fmt: skip
GROUPS = {
    name: ("Воронежская область", "Курская область", "Орловская область")[place // 5]
    for place, name in enumerate(TITLES)
}


def network(contracts: int = 20) -> networkx.MultiDiGraph:
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(TITLES)
    pairs = list(itertools.permutations(list(TITLES)[:-1], 2))
    for place, (supplier, buyer) in enumerate(pairs[:: len(pairs) // contracts][:contracts]):
        status = "planned" if place % 4 == 0 else "signed"
        graph.add_edge(supplier, buyer, value=(place + 1) * 7.3e6, status=status)
    return graph


def graph_figure() -> charts.Picture:
    return charts.cooperation_graph(
        network(), titles=TITLES, groups=GROUPS, title="Кто кому поставляет", source=SOURCE
    )


FIGURES: dict[str, Callable[[], charts.Picture]] = {
    "graph": graph_figure,
    "matrix": lambda: charts.matrix(
        pandas.DataFrame({"m0": [0.0, 4e6], "m1": [25e6, 0.0]}, index=["m0", "m1"]),
        titles=TITLES,
        source=SOURCE,
    ),
    "cash": lambda: charts.cash_flow(
        YEARS, [-160e6, -20e6, 90e6, 120e6], [-160e6, -180e6, -90e6, 30e6], source=SOURCE
    ),
    "rouble": lambda: charts.where_money_goes(
        10e6, [("Материалы", 6e6), ("Оплата труда", 5e6), ("Убыток", -1e6)], source=SOURCE
    ),
    "tornado": lambda: charts.tornado(
        [("Цена", "−10 %", -3e6, "+10 %", 9e6), ("Материалы", "−10 %", 5e6, "+10 %", 1e6)],
        3e6,
        source=SOURCE,
    ),
    "ramp": lambda: charts.ramp_up(
        YEARS, [("Модули", [0, 1, 2, 3]), ("Датчики", [0, 0, 1, 1])], unit="тыс. шт.", source=SOURCE
    ),
    "loan": lambda: charts.loan(
        YEARS,
        [0, 5e6, 5e6, 0],
        [1e6, 1e6, 5e5, 0],
        [10e6, 5e6, 0, 0],
        [None, 0.8, 1.4, None],
        source=SOURCE,
    ),
    "readings": lambda: charts.readings([("А", 0.5), ("Б", 0.1)], 0.2, source=SOURCE),
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_russian_inside_the_page_and_names_its_unit(name: str) -> None:
    picture = FIGURES[name]()
    figures.check(picture, SOURCE)
    assert re.search("млн ₽|копеек|тыс. шт.|%", " ".join(words(picture)))


@pytest.mark.parametrize("name", FIGURES)
def test_every_letter_has_a_glyph_in_the_packaged_font(name: str) -> None:
    picture = FIGURES[name]()
    assert {text.get_fontname() for text in texts(picture)} == {"PT Sans"}
    picture.png(40)  # a missing glyph is a warning, and warnings are errors


@pytest.mark.parametrize("name", FIGURES)
def test_same_values_give_the_same_picture(name: str) -> None:
    assert FIGURES[name]().svg() == FIGURES[name]().svg()
    assert FIGURES[name]().png(40) == FIGURES[name]().png(40)


def test_names_in_the_graph_do_not_touch_each_other() -> None:
    picture = graph_figure()
    names = {" ".join(title.split()) for title in TITLES.values()}
    boxes = [
        text.get_window_extent()
        for text in texts(picture)
        if " ".join(text.get_text().split()) in names
    ]
    assert len(boxes) == len(TITLES)
    for first, second in itertools.combinations(boxes, 2):
        assert not first.overlaps(second)


def test_sums_in_the_graph_do_not_touch_each_other() -> None:
    picture = graph_figure()
    boxes = [
        text.get_window_extent()
        for text in texts(picture)
        if re.fullmatch(r"[\d,]+", text.get_text())
    ]
    assert len(boxes) == 20
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


def test_graph_marks_the_member_without_contracts_and_both_kinds_of_contract() -> None:
    words = [text.get_text() for text in texts(graph_figure())]
    assert {"нет договоров в кластере", "договор подписан", "договор в плане"} <= set(words)


def test_contracts_of_a_pair_are_one_arrow_with_their_sum() -> None:
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(["m0", "m1"])
    graph.add_edge("m0", "m1", value=30e6, status="signed")
    graph.add_edge("m0", "m1", value=12e6, status="signed")
    groups = {name: GROUPS[name] for name in graph}
    picture = charts.cooperation_graph(graph, titles=TITLES, groups=groups, source=SOURCE)
    assert "42" in [text.get_text() for text in texts(picture)]


def test_drawing_leaves_the_settings_of_matplotlib_alone() -> None:
    before = dict(matplotlib.rcParams)
    FIGURES["cash"]().svg()
    assert dict(matplotlib.rcParams) == before


def test_drawing_needs_no_pyplot() -> None:
    script = "import sys; from course import charts; print('matplotlib.pyplot' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_notebook_shows_a_figure_by_itself() -> None:
    bundle = graph_figure()._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg")
    assert bundle["text/plain"] == "Кто кому поставляет"
    assert "<script" not in bundle["image/svg+xml"]


def test_a_name_with_markup_stays_text() -> None:
    titles = {**TITLES, "m0": "ООО <b>&amp; $x_1$ «Ёлка»"}
    picture = charts.cooperation_graph(network(), titles=titles, groups=GROUPS, source=SOURCE)
    assert "<b>" not in picture.svg()
    assert "&lt;b&gt;&amp;amp;" in picture.svg()
    assert "$x_1$" in picture.svg()


def test_labels_of_a_tornado_stand_beside_the_names_not_on_them() -> None:
    rows = [
        ("Узел ступичный: цена без НДС, с доставкой", "1 400 ₽/комплект", -235e6, "1 640", -132e6),
        ("Кольца: расход на единицу", "1,122", -171e6, "0,918 комплекта в месяц", -138e6),
    ]
    picture = charts.tornado(rows, -154e6, source=SOURCE)
    picture.draw_without_rendering()
    (axes,) = picture.axes
    frame = axes.get_window_extent()
    boxes = [text.get_window_extent() for text in axes.texts]
    assert len(boxes) == 5
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 + 1 for box in boxes)
