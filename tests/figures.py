"""What every figure must be: read as text, measured against its own page."""

from __future__ import annotations

import re

from matplotlib.patches import Rectangle
from matplotlib.text import Text

from course import charts


def texts(picture: charts.Picture) -> list[Text]:
    """All that can be read on a figure."""
    picture.draw_without_rendering()
    found = [text for text in picture.findobj(Text) if isinstance(text, Text)]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def words(picture: charts.Picture) -> list[str]:
    """The words of a figure, piece by piece."""
    return [text.get_text() for text in texts(picture)]


def bars(picture: charts.Picture) -> list[Rectangle]:
    """The bars of the first axes."""
    return [patch for patch in picture.axes[0].patches if isinstance(patch, Rectangle)]


def check(picture: charts.Picture, source: str) -> None:
    """A figure is Russian, names its source and stands inside its page."""
    told = " ".join(words(picture))
    assert f"Источник: {source}" in told
    assert not re.search("[A-Za-z]", told)
    drawn = picture.get_tightbbox()
    width, height = picture.get_size_inches()
    assert min(drawn.x0, drawn.y0) >= -0.02
    assert drawn.x1 <= width + 0.02
    assert drawn.y1 <= height + 0.02
