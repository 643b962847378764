"""The law as one page for people: values, sources, standing, a timeline of editions.

The page needs nothing but itself (no script, no font, no address is fetched) and prints well. All
text of the data is escaped; only addresses that begin with http become links.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from html import escape

from course import wording
from course.norms.edition import Edition, Standing
from course.norms.listing import expiry, period
from course.norms.registry import Norm, Norms

_FIRST = datetime.date(2014, 1, 1)
_LAST = datetime.date(2029, 1, 1)
_WIDTH = 960
_LEGEND = (
    (Standing.ACT, "значение прочитано в тексте акта"),
    (Standing.SECONDARY, "значение напечатано в публикации"),
    (Standing.RECALLED, "вывод или память: учить и печатать как закон нельзя"),
    (Standing.PROPOSED, "предложено курсом"),
)
_STYLE = """
@page { size: A4; margin: 12mm 11mm; }
* { box-sizing: border-box; }
body { font: 15px/1.45 "PT Sans", "Segoe UI", Arial, sans-serif; color: #1c1c1c; margin: 0 auto;
  max-width: 1040px; padding: 24px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 8px; }
h2 { font-size: 20px; margin: 40px 0 8px; padding-top: 8px; border-top: 2px solid #1c1c1c; }
h3 { font-size: 16px; margin: 20px 0 2px; }
code { font: 12px Consolas, "DejaVu Sans Mono", monospace; color: #555; overflow-wrap: anywhere; }
nav ol { columns: 2; column-gap: 32px; padding-left: 22px; } nav li { break-inside: avoid; }
a { color: #1f4e8c; overflow-wrap: anywhere; }
article { break-inside: avoid; margin-bottom: 14px; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin-top: 4px; }
td { border-top: 1px solid #d0d0d0; padding: 5px 10px 5px 0; vertical-align: top;
  overflow-wrap: anywhere; }
td.value { width: 27%; font-weight: bold; } td.when { width: 22%; }
.mark { display: inline-block; font-size: 12px; padding: 0 6px; border: 1px solid;
  border-radius: 3px; font-weight: normal; }
.act { color: #14532d; background: #e3f3e8; } .secondary { color: #173f73; background: #e4edf9; }
.inferred, .recalled { color: #7a3e00; background: #fdf0dc; }
.proposed, .synthetic { color: #55307a; background: #f1e8f9; }
.unread { color: #8a1c1c; background: #fbe6e6; } .late { color: #8a1c1c; border-style: dashed; }
q, .small { font-size: 13px; color: #444; } q { display: block; quotes: "«" "»"; }
svg { display: block; width: 100%; height: auto; margin: 4px 0; }
svg text { font: 15px "PT Sans", Arial, sans-serif; fill: #1c1c1c; } svg .year { fill: #666; }
.bar-act { fill: #bfe3cb; stroke: #14532d; } .bar-secondary { fill: #c8dbf4; stroke: #173f73; }
.bar-inferred, .bar-recalled { fill: #f8ddb2; stroke: #7a3e00; }
.bar-proposed, .bar-synthetic { fill: #dfcdf0; stroke: #55307a; }
.bar-unread { fill: #fff; stroke: #8a1c1c; stroke-dasharray: 4 3; }
.index { columns: 3; column-gap: 20px; font-size: 13px; }
.index p { margin: 0 0 2px; break-inside: avoid; }
@media print {
  body { font-size: 7pt; line-height: 1.22; padding: 0; max-width: none; }
  a { color: inherit; text-decoration: none; }
  h1 { font-size: 15pt; } h2 { font-size: 10.5pt; margin: 8pt 0 3pt; padding-top: 3pt; }
  h3 { font-size: 7.6pt; margin: 3pt 0 0; } h2, h3 { break-after: avoid; break-inside: avoid; }
  section { columns: 2; column-gap: 5mm; } section h2 { column-span: all; }
  article { margin-bottom: 3pt; break-inside: auto; } article code, svg { display: none; }
  table { margin-top: 1pt; } tr { break-inside: avoid; } td { padding: 1pt 3pt 1pt 0; }
  td.value { width: 26%; } td.when { width: 25%; }
  .mark { font-size: 5.8pt; padding: 0 2pt; border-radius: 2pt; }
  q, .small { font-size: 6pt; line-height: 1.15; } nav ol { columns: 2; margin: 2pt 0; }
  .index { columns: 3; font-size: 6.4pt; column-gap: 4mm; } .index p { margin: 0; }
  .mark, rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def html(norms: Norms, as_of: datetime.date) -> str:
    """The whole page as it stood on `as_of`: what is expired on that day is marked."""
    sections = [
        (file, title, [norm for norm in norms.values() if norm.file == file])
        for file, title in norms.files.items()
    ]
    sections = [section for section in sections if section[2]]
    contents = "".join(
        f'<li><a href="#{escape(file)}">{escape(title)}</a></li>' for file, title, _ in sections
    )
    numbers = {
        norm.name: f"{first}.{second}"
        for first, (_, _, found) in enumerate(sections, 1)
        for second, norm in enumerate(found, 1)
    }
    legend = "".join(f"<p>{_mark(standing)} — {words}.</p>" for standing, words in _LEGEND)
    body = "".join(
        _section(file, f"{place}. {title}", found, as_of, numbers)
        for place, (file, title, found) in enumerate(sections, 1)
    )
    total = wording.count(len(norms), "норма", "нормы", "норм")
    return (
        '<!DOCTYPE html>\n<html lang="ru"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Нормы на {wording.day(as_of)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>Нормы и их источники</h1><p>На {wording.day(as_of)}. {total}. "
        "Соответствие кластера подтверждает только приказ Минпромторга.</p>"
        f'{legend}<p><span class="mark unread">не прочитано</span> — значения нет: сказано, что '
        'нужно прочесть.</p><p><span class="mark late">срок истёк</span> — последнее известное '
        f"значение, его нужно перепроверить.</p><nav><h2>Содержание</h2><ol>{contents}"
        '<li><a href="#index">Указатель</a></li></ol></nav>'
        f"{body}{_index(norms, numbers)}</body></html>\n"
    )


def _index(norms: Norms, numbers: Mapping[str, str]) -> str:
    """All norms by their titles, each with the number under which it stands on the page."""
    ordered = sorted(norms.values(), key=lambda norm: norm.title.lower().replace("ё", "е"))
    rows = "".join(
        f'<p><a href="#{escape(norm.name)}">{escape(norm.title)}</a>, {numbers[norm.name]}</p>'
        for norm in ordered
    )
    return f'<h2 id="index">Указатель</h2><div class="index">{rows}</div>'


def _section(
    file: str, title: str, found: Iterable[Norm], as_of: datetime.date, numbers: Mapping[str, str]
) -> str:
    articles = "".join(_article(norm, as_of, numbers[norm.name]) for norm in found)
    return f'<section id="{escape(file)}"><h2>{escape(title)}</h2>{articles}</section>'


def _article(norm: Norm, as_of: datetime.date, number: str) -> str:
    """One norm: its name, timeline and editions, the latest first, then the snapshots."""
    timeline = _timeline(norm, as_of) if len(norm.editions) > 1 else ""
    newest = reversed(norm.editions)
    rows = "".join(_row(edition, as_of) for edition in (*newest, *norm.snapshots))
    return (
        f'<article id="{escape(norm.name)}"><h3>{number}. {escape(norm.title)}</h3>'
        f"<code>{escape(norm.name)}</code>{timeline}<table>{rows}</table></article>"
    )


def _row(edition: Edition, as_of: datetime.date) -> str:
    marks = _mark(edition.standing) if edition.known else _unread()
    if edition.preliminary:
        marks += ' <span class="mark late">предварительно</span>'
    late = expiry(edition, as_of) if edition.known and _current(edition, as_of) else ""
    if late:
        marks += f' <span class="mark late">{escape(late)}</span>'
    checked = f"Проверено {wording.day(edition.checked)}." if edition.checked else "Не проверялось."
    published = f" Опубликовано {wording.day(edition.published)}." if edition.published else ""
    parts = [f"<div>{escape(edition.reference)}</div>"]
    if edition.open:
        parts.append(f"<div><b>{escape(edition.open)}</b></div>")
    if edition.quotation:
        parts.append(f"<q>{escape(edition.quotation)}</q>")
    if edition.note:
        parts.append(f'<div class="small">{escape(edition.note)}</div>')
    links = ", ".join(_link(address) for address in edition.addresses)
    parts.append(f'<div class="small">{links + ". " if links else ""}{checked}{published}</div>')
    return (
        f'<tr><td class="value">{escape(edition.limit)}</td>'
        f'<td class="when">{escape(period(edition))}<br>{marks}</td><td>{"".join(parts)}</td></tr>'
    )


def _current(edition: Edition, as_of: datetime.date) -> bool:
    """Whether a reader might take the edition for today's: history needs no mark of expiry."""
    return edition.until is None or (as_of - edition.until).days < 366


def _mark(standing: Standing) -> str:
    return f'<span class="mark {standing}">{standing.words}</span>'


def _unread() -> str:
    return '<span class="mark unread">не прочитано</span>'


def _link(address: str) -> str:
    shown = escape(address.removeprefix("https://").removeprefix("http://").rstrip("/"))
    shown = shown if len(shown) <= 60 else f"{shown[:57]}…"
    if address.startswith(("http://", "https://")):
        return f'<a href="{escape(address)}" rel="noreferrer">{shown}</a>'
    return shown


def _place(day: datetime.date) -> float:
    share = (day - _FIRST).days / (_LAST - _FIRST).days
    return round(min(max(share, 0.0), 1.0) * _WIDTH, 1)


def _timeline(norm: Norm, as_of: datetime.date) -> str:
    """The dated editions of a norm as bars over the years, with the day of the page."""
    bars = []
    for edition in norm.editions:
        if edition.since is None:
            continue
        left = _place(edition.since)
        width = max(_place(edition.until or _LAST) - left, 3.0)
        kind = str(edition.standing) if edition.known else "unread"
        room = int(width / 9)
        words = edition.words if edition.known else "?"
        shown = words if len(words) <= room else f"{words[: room - 1]}…" if room > 4 else ""
        bars.append(
            f'<rect x="{left}" y="2" width="{width}" height="24" class="bar-{kind}"/>'
            f'<text x="{left + 4}" y="19">{escape(shown)}</text>'
        )
    years = "".join(
        f'<text class="year" x="{_place(datetime.date(year, 1, 1))}" y="44">{year}</text>'
        for year in range(_FIRST.year, _LAST.year, 2)
    )
    now = _place(as_of)
    line = f'<line x1="{now}" x2="{now}" y1="0" y2="28" stroke="#1c1c1c" stroke-width="1.5"/>'
    return (
        f'<svg viewBox="0 0 {_WIDTH} 48" role="img" aria-label="Редакции по годам">'
        f"{''.join(bars)}{line}{years}</svg>"
    )
