"""The answers of `proclusters law`, and the page of the law for people."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest

from course.errors import NormError
from course.norms import load, norms
from course.norms.listing import answer
from course.norms.page import html

from .conftest import tool

DAY = datetime.date(2026, 11, 22)
BEFORE = datetime.date(2025, 6, 1)


@pytest.mark.parametrize(
    ("what", "name", "day", "since", "until"),
    [
        ("list", None, None, None, None),
        ("list", "tax", DAY, None, None),
        ("list", None, datetime.date(2010, 1, 1), None, None),
        ("show", "tax.vat.rate", None, None, None),
        ("show", "tax.profit", DAY, None, None),
        ("open", None, None, None, None),
        ("stale", None, DAY, None, None),
        ("diff", None, None, BEFORE, DAY),
    ],
)
def test_every_answer_is_json_and_russian_lines(what, name, day, since, until):
    found = answer(what, name, day, since, until)
    assert json.loads(json.dumps(found.data, allow_nan=False)) == found.data
    assert found.lines
    assert all(isinstance(line, str) and "\n" not in line for line in found.lines)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("show", None, None, None, None), "не названа норма"),
        (("show", "tax.nothing", None, None, None), "такой нормы нет"),
        (("show", "tax.vat.rate", datetime.date(2010, 1, 1), None, None), "нет редакции"),
        (("stale", None, None, None, None), "--today"),
        (("diff", None, None, None, DAY), "--from"),
        (("diff", None, None, DAY, None), "--to"),
        (("tell", None, None, None, None), "вопрос «tell» неизвестен"),
    ],
)
def test_what_is_missing_is_told(asked, words):
    with pytest.raises(NormError, match=words):
        answer(*asked)


def test_show_gives_value_day_standing_and_source():
    text = "\n".join(answer("show", "tax.vat.rate", DAY, None, None).lines)
    assert "22\u00a0% (по публикации; с 01.01.2026)" in text
    assert "основание: 425-ФЗ от 28.11.2025" in text
    assert "источник: lexviator.ru/tax2026" in text
    assert "проверено: 22.11.2026" in text
    assert "Пониженная" not in text


def test_show_without_a_day_gives_all_editions_and_snapshots():
    data = answer("show", "loan.frp.development.rate.base", None, None, None).data
    assert [entry["value"] for entry in data] == [0.05, 0.05, 0.03, 0.05]
    assert [entry["seen"] is None for entry in data] == [True, False, False, False]


def test_preliminary_figures_say_so():
    found = answer("list", "statistics.orel.industry", datetime.date(2025, 12, 31), None, None)
    year = next(entry for entry in found.data if entry["name"] == "statistics.orel.industry")
    assert year["preliminary"] is True
    assert "предварительно" in "\n".join(found.lines)
    assert not norms["statistics.voronezh.okved26"].editions[0].preliminary


def test_open_lists_what_has_to_be_read_with_file_and_line():
    found = answer("open", None, None, None, None)
    names = {entry["name"] for entry in found.data}
    assert {
        "cluster.members.minimum",
        "cluster.cooperation.share_each",
        "cluster.programme.act",
        "cluster.projects.product_definition",
        "cluster.confirmation.term",
        "cluster.confirmation.transitional_2372",
        "cluster.confirmation.notification_term",
        "cluster.requirements.full_text",
        "measure.decree_41.start_batches.definition",
        "measure.decree_41.start_batches.cap_per_project",
        "measure.decree_41.start_batches.budget",
    } <= names, "the blocking list of the facts, 1.9"
    assert all(entry["open"] and entry["value"] is None for entry in found.data)
    assert all(entry["file"].endswith(".yaml") and entry["line"] for entry in found.data)


def test_stale_grows_as_the_days_go_by():
    now = {entry["name"] for entry in answer("stale", None, DAY, None, None).data}
    later = {
        entry["name"] for entry in answer("stale", None, datetime.date(2028, 1, 1), None, None).data
    }
    assert "key_rate" in now
    assert "tax.vat.rate" not in now
    assert "tax.vat.rate" in later
    assert "registry.clusters" in later


def test_diff_names_what_changed_and_leaves_the_rest():
    found = answer("diff", None, None, datetime.date(2025, 12, 31), datetime.date(2026, 1, 1))
    changed = {entry["name"]: entry for entry in found.data}
    vat = changed["tax.vat.rate"]
    assert (vat["from"]["value"], vat["to"]["value"]) == (0.2, 0.22)
    assert "tax.profit.rate.federal" not in changed
    assert not answer("diff", None, None, DAY, DAY).data


class Page(HTMLParser):
    """Counts the elements of a page and remembers its links."""

    def __init__(self):
        super().__init__()
        self.tags = {}
        self.links = []
        self.text = []

    def handle_starttag(self, tag, attrs):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.links += [value for key, value in attrs if key in ("href", "src")]

    def handle_data(self, data):
        self.text.append(data)


def test_page_holds_every_norm_and_fetches_nothing():
    page = Page()
    page.feed(html(norms, DAY))
    assert page.tags["article"] == len(norms)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert all(link.startswith(("#", "http://", "https://")) for link in page.links)
    text = "".join(page.text)
    for words in ("по тексту акта", "по публикации", "не подтверждено", "не прочитано"):
        assert words in text
    assert "срок истёк 19.03.2026" in text


def test_page_numbers_every_norm_and_lists_it_in_the_index() -> None:
    text = html(norms, DAY)
    index = text[text.index('id="index"') :]
    for norm in norms.values():
        number = re.search(rf'id="{re.escape(norm.name)}"><h3>(\d+\.\d+)\. ', text)
        assert number, norm.name
        assert re.search(rf'href="#{re.escape(norm.name)}">[^<]+</a>, {number[1]}<', index)


def test_page_tells_a_limit_with_its_comparison() -> None:
    text = html(norms, DAY)
    assert '<td class="value">не меньше 20\u00a0%</td>' in text
    assert "не меньше не известно" not in text


@pytest.mark.browser
def test_page_prints_on_few_sheets(tmp_path: Path) -> None:
    browser = tool("browser")
    assert browser
    source, made = tmp_path / "law.html", tmp_path / "law.pdf"
    source.write_text(html(norms, DAY), "utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
               f"--print-to-pdf={made}", source.as_uri()]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert len(pypdf.PdfReader(made).pages) <= 30


def test_page_escapes_what_the_data_say(tmp_path):
    (tmp_path / "x.yaml").write_text(
        "title: <b>Файл</b>\n"
        "norms:\n"
        "  x.rule:\n"
        "    title: <script>alert(1)</script>\n"
        "    unit: text\n"
        "    pace: year\n"
        "    value: «Ёлка & Ко» <i>\n"
        "    since: 2024-01-01\n"
        "    reference: '\"><img src=x>'\n"
        "    note: </table>\n"
        "    address: https://example.org/?a=1&b=2\n"
        "    standing: secondary\n",
        encoding="utf-8",
    )
    text = html(load(tmp_path), DAY)
    assert "&lt;script&gt;" in text
    assert "«Ёлка &amp; Ко» &lt;i&gt;" in text
    assert 'href="https://example.org/?a=1&amp;b=2"' in text
    page = Page()
    page.feed(text)
    assert not {"script", "img", "i"} & set(page.tags)
    assert page.tags["table"] == 1
