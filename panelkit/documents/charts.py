"""Charts as pictures, drawn by matplotlib, which is loaded when one is drawn and not before.

Readable without colour: bars differ by shade and hatching, and bear their numbers. No word in
them is one that somebody typed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from panelkit.documents.pictures import bare_picture
from panelkit.domain.annual_paper import YearTotals
from panelkit.domain.errors import CannotWrite
from panelkit.domain.quarterly_paper import Bar, Drawing, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INK: Final = "#222222"
_LOOKS: Final = (
    {"color": "#d9d9d9", "edgecolor": _INK},
    {"color": "white", "edgecolor": _INK, "hatch": "////"},
    {"color": "#404040", "edgecolor": _INK},
)
"""Of the first, second and third series of a drawing; the last is that of one alone."""
_DOTS: Final = 200
_LETTERS: Final = 9
_SMALL: Final = 7.5
"""Letters under and over bars where so many drawings stand beside each other."""
_MANY: Final = 3
_WIDTH: Final = 0.6
_HIGH: Final = 2.9


def side_by_side(*drawings: Drawing, high: float = _HIGH) -> bytes:
    """Drawings beside each other as a PNG, of the same bytes each time; ``high`` in inches.

    Raises CannotWrite, with a sentence for the page, where matplotlib is not there.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        msg = "The chart could not be drawn: matplotlib is not installed here."
        raise CannotWrite(msg, remedy="Its numbers are in the table.") from None
    figure = Figure(figsize=(6.6, high), layout="constrained")
    FigureCanvasAgg(figure)
    for axes, drawing in zip(figure.subplots(1, len(drawings), squeeze=False)[0], drawings, strict=True):  # fmt: skip
        _draw(axes, drawing, _LETTERS if len(drawings) < _MANY else _SMALL)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=_DOTS)
    return bare_picture(out.getvalue())


def comparison(years: Sequence[YearTotals]) -> bytes:
    """The totals of T1 and T2 over the years. Raises as :func:`side_by_side` does."""
    names = tuple(one.year for one in years)
    eligible = Series("", tuple(_counted(one.eligible) for one in years))
    levels = (
        Series("Level 2", tuple(_counted(one.level_two) for one in years)),
        Series("Level 3", tuple(_counted(one.level_three) for one in years)),
    )
    return side_by_side(
        Drawing("T1: individuals on 31 March", names, (eligible,)),
        Drawing(
            "T2: managed in the year", names, levels, sums=tuple(_counted(one.total) for one in years)
        ),
    )  # fmt: skip


def _counted(number: int | None) -> Bar:
    return Bar(number, _said(number))


def in_words(years: Sequence[YearTotals]) -> str:
    """What the chart shows, for whoever cannot see it: every number that is drawn."""
    first = "; ".join(f"{one.year} {_said(one.eligible)}" for one in years)
    second = "; ".join(
        f"{one.year} {_said(one.total)}, of them {_said(one.level_two)} at Level 2 and "
        f"{_said(one.level_three)} at Level 3"
        for one in years
    )
    return (
        f"Two bar charts. Individuals on 31 March, table T1: {first}. "
        f"Individuals managed in the year, table T2: {second}."
    )


def _said(number: int | None) -> str:
    return "not supplied" if number is None else str(number)


def _draw(axes: Axes, drawing: Drawing, letters: float) -> None:
    _plain(axes, drawing, letters)
    count = len(drawing.series)
    places = range(len(drawing.labels))
    floor = [0.0] * len(places)
    for number, series in enumerate(drawing.series):
        look: Any = _LOOKS[number if count > 1 else -1]
        heights = [bar.height or 0 for bar in series.bars]
        axes.bar(places, heights, width=_WIDTH, bottom=list(floor), label=series.name, **look)
        floor = [under + height for under, height in zip(floor, heights, strict=True)]
    over = drawing.sums or drawing.series[0].bars
    _numbers(axes, over, letters)
    broken = any("\n" in _broken(bar) for bar in over)
    axes.set_ylim(0, (1.34 if broken else 1.18) * max([*floor, *(bar.height or 0 for bar in over), 1]))  # fmt: skip
    if count > 1:
        below = -0.12 if not any("\n" in _under(label) for label in drawing.labels) else -0.32
        axes.legend(
            fontsize=_LETTERS, frameon=False, loc="upper left", bbox_to_anchor=(0, below), ncols=2
        )


def _under(label: str) -> str:
    year, quarter, number = label.partition("-Q")
    return f"Q{number}\n{year}" if quarter else year


def _plain(axes: Axes, drawing: Drawing, letters: float) -> None:
    axes.set_title(drawing.title, fontsize=_LETTERS + 1, loc="left", color=_INK)
    # A quarter's label is wide: its number stands under its bar, and its year below that.
    labels = [_under(label) for label in drawing.labels]
    axes.set_xticks(range(len(labels)), labels)
    axes.tick_params(axis="both", length=0, labelsize=letters, colors=_INK)
    axes.set_yticks([])
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _broken(bar: Bar) -> str:
    """Its words; where they stand for a number that there is not, one under the other."""
    return bar.words if bar.height is not None else bar.words.replace(" ", "\n")


def _numbers(axes: Any, bars: Sequence[Bar], letters: float) -> None:
    for place, bar in enumerate(bars):
        axes.annotate(
            _broken(bar), (place, bar.height or 0), xytext=(0, 2), textcoords="offset points",
            ha="center", va="bottom", fontsize=letters, color=_INK,
        )  # fmt: skip
