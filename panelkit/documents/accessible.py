"""What in a Word file keeps somebody from reading it with a screen reader, or at all.

Looked at in the file as it is written, not in what it was made from: headings, tables, language,
title, reading order, contrast, words for pictures and links. Contrast is that of WCAG 2 (success
criterion 1.4.3, 4.5 to 1 for text of any size here); the rest is what Word's own accessibility
checker and the Public Sector Bodies Accessibility Regulations 2018 ask of a document [V].
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NS: Final = {
    "w": W[1:-1],
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "v": "urn:schemas-microsoft-com:vml",
    "dc": "http://purl.org/dc/elements/1.1/",
    "m": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
READABLE: Final = 4.5
"""The least ratio of a text's colour to what is behind it."""
_HEADING: Final = re.compile(r"heading\s*(\d)", re.IGNORECASE)
_STORIES: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_BARE_ADDRESS: Final = re.compile(r"\s*(https?://|www\.)\S+\s*")
_INK: Final = "000000"
_PAPER: Final = "FFFFFF"


def faults(word: bytes, language: str = "en-GB") -> tuple[str, ...]:
    """Everything that is wrong, a sentence each and no words of the document; none is good."""
    with zipfile.ZipFile(BytesIO(word)) as archive:
        parts = {
            name: etree.fromstring(archive.read(name), _parser())
            for name in archive.namelist()
            if name.endswith(".xml")
        }
    styles = _Styles(parts["word/styles.xml"])
    body = parts["word/document.xml"]
    found = [*_title(parts), *_language(parts, styles, language), *_headings(body, styles)]
    for name, story in sorted(parts.items()):
        if match := _STORIES.fullmatch(name):
            where = match[1]
            found += _tables(story, where)
            found += _order(story, where)
            found += _pictures(story, where)
            found += _links(story, where)
            found += _contrast(story, where, styles)
    return tuple(dict.fromkeys(found))


def contrast(fore: str, back: str) -> float:
    """The ratio of WCAG 2 of two colours as ``1F3864``: 1 for the same, 21 for black on white."""
    darker, lighter = sorted((_luminance(fore), _luminance(back)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _find(node: Any, path: str) -> list[Any]:
    return list(node.xpath(path, namespaces=_NS))


def _val(node: Any, path: str, attribute: str = "val") -> str:
    found = _find(node, f"{path}/@w:{attribute}")
    return str(found[0]) if found else ""


# -- the file as a whole -----------------------------------------------------------------


def _title(parts: dict[str, Any]) -> Iterator[str]:
    core = parts.get("docProps/core.xml")
    if core is None or not "".join(_find(core, "//dc:title/text()")).strip():
        yield "The file has no title in its properties."


def _language(parts: dict[str, Any], styles: _Styles, language: str) -> Iterator[str]:
    said = _val(parts["word/styles.xml"], "./w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    if said != language:
        yield f"The language of the text is {said or 'not said'}, not {language}."
    for name, other in styles.languages():
        if other != language:
            yield f"Style {name} is in {other}."


def _headings(body: Any, styles: _Styles) -> Iterator[str]:
    """Levels go down one at a time; the first is the first."""
    before, any_found = 0, False
    for paragraph in _find(body, "//w:p"):
        own = _val(paragraph, "./w:pPr/w:outlineLvl")
        level = styles.heading_level(_val(paragraph, "./w:pPr/w:pStyle"))
        level = int(own) + 1 if own.isdecimal() and int(own) < 9 else level
        if not level:
            continue
        any_found = True
        if not "".join(_find(paragraph, ".//w:t/text()")).strip():
            yield f"A heading of level {level} has no words."
        if level > before + 1:
            yield f"A heading of level {level} follows one of level {before}."
        before = level
    if not any_found:
        yield "Nothing is marked as a heading."


# -- what stands in it ----------------------------------------------------------------------


def _tables(story: Any, where: str) -> Iterator[str]:
    """Header rows repeat and are marked; a table without has a header column; none lays out."""
    for table in _find(story, "//w:tbl"):
        if where != "document":
            yield f"A table stands in the {where}: it can only be there to lay out."
            continue
        look = _find(table, "./w:tblPr/w:tblLook")
        first_row = bool(look) and look[0].get(f"{W}firstRow") == "1"
        first_column = bool(look) and look[0].get(f"{W}firstColumn") == "1"
        rows = _find(table, "./w:tr")
        heads = [bool(_find(row, "./w:trPr/w:tblHeader")) for row in rows]
        if first_row and not (heads and heads[0]):
            yield "The header row of a table is not marked to repeat on each page."
        if not first_row and not first_column:
            yield "A table has neither a header row nor a header column."
        if any(heads[1:]) and not all(heads[: heads.index(False)]):
            yield "A row below the head of a table is marked as a header row."
        if not _val(table, "./w:tblPr/w:tblDescription") and not _val(table, "./w:tblPr/w:tblCaption"):  # fmt: skip
            yield "A table has no words that say what it holds."
        if _find(table, ".//w:tc//w:tbl"):
            yield "A table stands in a table."
        if _find(table, ".//w:vMerge | .//w:gridSpan"):
            yield "A table has merged cells."


def _order(story: Any, where: str) -> Iterator[str]:
    """Nothing floats, so that what is read is in the order of what is seen."""
    floating = {
        "a floating picture": "//wp:anchor",
        "a text box": "//w:txbxContent",
        "a frame": "//w:framePr",
        "a floating table": "//w:tblpPr",
        "columns of text": "//w:cols[@w:num > 1]",
    }
    for what, path in floating.items():
        if _find(story, path):
            yield f"There is {what} in the {where}: it may be read at another place than it is seen."


def _pictures(story: Any, where: str) -> Iterator[str]:
    for picture in _find(story, "//wp:docPr"):
        if not (picture.get("descr") or "").strip():
            yield f"A picture in the {where} has no words for whoever cannot see it."
    if _find(story, "//w:pict//v:shape[not(@alt)]"):
        yield f"A drawing in the {where} has no words for whoever cannot see it."


def _links(story: Any, where: str) -> Iterator[str]:
    for link in _find(story, "//w:hyperlink"):
        words = "".join(_find(link, ".//w:t/text()"))
        if not words.strip():
            yield f"A link in the {where} has no words."
        elif _BARE_ADDRESS.fullmatch(words):
            yield f"A link in the {where} has its address for words."


def _contrast(story: Any, where: str, styles: _Styles) -> Iterator[str]:
    """Each run of text against the nearest shading behind it."""
    for run in _find(story, "//w:r[w:t[normalize-space()]]"):
        fore, back = styles.colour(run), styles.shading(run)
        ratio = contrast(fore, back)
        if ratio < READABLE:
            yield f"Text of #{fore} on #{back} in the {where} has a contrast of {ratio:.1f} to 1, not {READABLE}."


class _Styles:
    """What a style says, with what it is based on."""

    def __init__(self, root: Any) -> None:
        self._styles = {style.get(f"{W}styleId"): style for style in _find(root, "./w:style")}
        self._defaults = _find(root, "./w:docDefaults/w:rPrDefault")
        self._first = {
            style.get(f"{W}type"): style.get(f"{W}styleId")
            for style in _find(root, "./w:style[@w:default='1']")
        }

    def heading_level(self, style: str) -> int:
        """1 and on; 0 for what is no heading."""
        for each in self._chain(style):
            named = _HEADING.fullmatch(_val(each, "./w:name"))
            if named:
                return int(named[1])
            outline = _val(each, "./w:pPr/w:outlineLvl")
            if outline.isdecimal() and int(outline) < 9:
                return int(outline) + 1
        return 0

    def languages(self) -> Iterator[tuple[str, str]]:
        """Styles that say a language of their own."""
        for style_id, style in self._styles.items():
            if said := _val(style, "./w:rPr/w:lang"):
                yield style_id, said

    def colour(self, run: Any) -> str:
        """Of a run: its own, its style's, its paragraph's, its table's, else black."""
        here = [_val(run, "./w:rPr/w:color")]
        here += [_val(each, "./w:rPr/w:color") for each in self._around(run)]
        return next((c for c in here if _is_colour(c)), _INK)

    def shading(self, run: Any) -> str:
        """What is behind it: the nearest fill, else paper."""
        here = [_val(run, "./w:rPr/w:shd", "fill")]
        paragraph = run.xpath("ancestor::w:p[1]", namespaces=_NS)
        here += [_val(p, "./w:pPr/w:shd", "fill") for p in paragraph]
        for each in self._chain(self._paragraph_style(run)):
            here.append(_val(each, "./w:pPr/w:shd", "fill"))
        for cell in run.xpath("ancestor::w:tc[1]", namespaces=_NS):
            here.append(_val(cell, "./w:tcPr/w:shd", "fill"))
        here += self._table_fills(run)
        return next((c for c in here if _is_colour(c)), _PAPER)

    def _paragraph_style(self, run: Any) -> str:
        found = run.xpath("ancestor::w:p[1]/w:pPr/w:pStyle/@w:val", namespaces=_NS)
        return str(found[0]) if found else str(self._first.get("paragraph", ""))

    def _around(self, run: Any) -> Iterator[Any]:
        yield from self._chain(_val(run, "./w:rPr/w:rStyle"))
        yield from self._chain(self._paragraph_style(run))
        yield from self._table_parts(run)
        yield from self._defaults

    def _table_parts(self, run: Any) -> list[Any]:
        """What the style of its table says for the place that it stands at, and for all of it."""
        tables = run.xpath("ancestor::w:tbl[1]", namespaces=_NS)
        if not tables:
            return []
        table = tables[0]
        look = _find(table, "./w:tblPr/w:tblLook")
        row = run.xpath("ancestor::w:tr[1]", namespaces=_NS)[0]
        cell = run.xpath("ancestor::w:tc[1]", namespaces=_NS)[0]
        first_row = row is next(iter(_find(table, "./w:tr")), None)
        first_cell = cell is next(iter(_find(row, "./w:tc")), None)
        kinds = []
        if look and look[0].get(f"{W}firstRow") == "1" and first_row:
            kinds.append("firstRow")
        if look and look[0].get(f"{W}firstColumn") == "1" and first_cell:
            kinds.append("firstCol")
        parts: list[Any] = []
        for style in self._chain(_val(table, "./w:tblPr/w:tblStyle")):
            for kind in kinds:
                parts += _find(style, f"./w:tblStylePr[@w:type='{kind}']")
            parts.append(style)
        return parts

    def _table_fills(self, run: Any) -> list[str]:
        return [
            fill
            for part in self._table_parts(run)
            for fill in (
                _val(part, "./w:tcPr/w:shd", "fill"),
                _val(part, "./w:tblPr/w:shd", "fill"),
            )
        ]

    def _chain(self, style: str) -> Iterator[Any]:
        seen: set[str] = set()
        while style and style not in seen and style in self._styles:
            seen.add(style)
            yield self._styles[style]
            style = _val(self._styles[style], "./w:basedOn")


def _is_colour(said: str) -> bool:
    return re.fullmatch(r"[0-9A-Fa-f]{6}", said) is not None
