"""A screen's picture as it is kept: no font from elsewhere, and a fifth of the size."""

from __future__ import annotations

import re
from collections import Counter

_FONTS = re.compile(r"\s*@font-face\s*\{[^}]*\}")
_LINES = re.compile(r'\s*<clipPath id="[^"]*-line-\d+">.*?</clipPath>', re.DOTALL)
_CLIPPED = re.compile(r' clip-path="url\(#[^)]*-line-\d+\)"')
_COMMENTS = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_PREFIX = re.compile(r"terminal-\d+-")
_TEXTS = re.compile(r"(<text[^>]*>)(.*?)(</text>)", re.DOTALL)
_BLANK = re.compile(r"\n\s*")
_EMPTY = re.compile(r"<text[^>]*>\s*</text>")
_RECT = re.compile(
    r'<rect fill="(?P<fill>#[0-9a-f]+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" '
    r'width="(?P<width>[\d.]+)" height="24\.65" shape-rendering="crispEdges"/>'
)
MONOSPACE = "'DejaVu Sans Mono', Consolas, Menlo, 'Liberation Mono', monospace"
"""Fonts that a reader's machine has. The picture as Textual writes it would fetch one from the
network each time somebody opens it, which tells a stranger who reads this manual."""


def kept(svg: str, title: str) -> str:
    """The picture without what its frame does not need; ``title`` is read out in its place.

    Every character that was drawn is still there, as text. Each is held to its width by
    ``textLength``, so that it stands in its column in whatever font there is.
    """
    found = _FONTS.sub("", svg)
    found = _LINES.sub("", found)
    found = _CLIPPED.sub("", found)
    found = _COMMENTS.sub("", found)
    found = _PREFIX.sub("", found)
    found = found.replace("Fira Code, monospace", MONOSPACE).replace("arial", "sans-serif")
    found = _EMPTY.sub("", found).replace("&#160;", "\u00a0")
    found = _backgrounds(found)
    found = _BLANK.sub("\n", found)
    head, tag, rest = found.partition(">")
    named = title.replace("&", "&amp;").replace("<", "&lt;")
    return f'{head} role="img"{tag}\n<title>{named}</title>{rest.rstrip()}\n'


def _backgrounds(svg: str) -> str:
    """One rectangle for the colour that most of the screen has, one path for each other colour."""
    cells: dict[tuple[float, str], list[tuple[float, float]]] = {}
    area: Counter[str] = Counter()
    for rect in _RECT.finditer(svg):
        x, y, width = (float(rect[name]) for name in ("x", "y", "width"))
        row = cells.setdefault((y, rect["fill"]), [])
        area[rect["fill"]] += round(width)
        if row and abs(sum(row[-1]) - x) < 0.05:
            row[-1] = (row[-1][0], row[-1][1] + width)
        else:
            row.append((x, width))
    first = _RECT.search(svg)
    if first is None:
        return svg
    most = area.most_common(1)[0][0]
    lines: dict[str, list[str]] = {}
    for (y, fill), row in cells.items():
        if fill != most:
            lines.setdefault(fill, []).extend(
                f"M{x:g} {y:g}h{width:g}v24.65h-{width:g}z" for x, width in row
            )
    drawn = f'<rect fill="{most}" width="1464" height="976"/>' + "".join(
        f'<path fill="{fill}" shape-rendering="crispEdges" d="{"".join(parts)}"/>'
        for fill, parts in lines.items()
    )
    return _RECT.sub("", svg[: first.start()] + drawn + svg[first.start() :])


def words_of(svg: str) -> str:
    """What the picture says, for comparing: its texts in the order in which they are drawn."""
    return "\n".join(text for _open, text, _close in _TEXTS.findall(svg))
