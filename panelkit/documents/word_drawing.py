"""A picture in the text of a Word file: as wide as the page, with its words for whoever cannot see it.

First it is drawn where it stands in the text; once the text is whole, the pictures of the tree
are put among the files in the same order.
"""

from __future__ import annotations

import struct
from typing import Final

from lxml.etree import SubElement, _Element

from panelkit.documents.gate import one_line
from panelkit.documents.pictures import bare_picture, kind_of, picture_problem
from panelkit.documents.tree import Document, Picture
from panelkit.documents.word_files import WordFiles
from panelkit.documents.word_xml import W_URI, paragraph

_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BLIP: Final = f"{{{_A}}}blip"
_EMBED: Final = f"{{{_R}}}embed"
_EMU_PER_TWIP: Final = 635


def draw_picture(parent: _Element, picture: Picture, width: int) -> None:
    """Append a paragraph with the picture, ``width`` twips wide and as high as it is in shape.

    Raises ValueError for what is no PNG: nobody's pictures but the program's own are drawn here.
    """
    problem = picture_problem(picture.png)
    if problem or kind_of(picture.png)[0] != "png":
        msg = f"the drawing is {problem or 'no PNG'}"
        raise ValueError(msg)
    across, down = struct.unpack_from(">II", picture.png, 16)
    wide = width * _EMU_PER_TWIP
    size = {"cx": str(wide), "cy": str(round(wide * down / across))}
    number = str(sum(1 for _ in parent.iter(f"{{{_WP}}}docPr")) + 1)
    words = one_line(picture.alt)
    p = paragraph(parent, "", "Normal")
    run = p[-1]
    run.remove(run[-1])
    inline = SubElement(
        SubElement(run, f"{{{W_URI}}}drawing"), f"{{{_WP}}}inline",
        dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
        nsmap={"wp": _WP, "a": _A, "pic": _PIC, "r": _R},
    )  # fmt: skip
    SubElement(inline, f"{{{_WP}}}extent", size)
    SubElement(
        inline, f"{{{_WP}}}docPr", {"id": number, "name": f"Picture {number}", "descr": words}
    )
    graphic = SubElement(inline, f"{{{_A}}}graphic")
    data = SubElement(graphic, f"{{{_A}}}graphicData", {"uri": _PIC})
    pic = SubElement(data, f"{{{_PIC}}}pic")
    about = SubElement(pic, f"{{{_PIC}}}nvPicPr")
    SubElement(
        about, f"{{{_PIC}}}cNvPr", {"id": number, "name": f"Picture {number}", "descr": words}
    )
    SubElement(about, f"{{{_PIC}}}cNvPicPr")
    fill = SubElement(pic, f"{{{_PIC}}}blipFill")
    SubElement(fill, _BLIP)
    SubElement(SubElement(fill, f"{{{_A}}}stretch"), f"{{{_A}}}fillRect")
    shape = SubElement(pic, f"{{{_PIC}}}spPr")
    frame = SubElement(shape, f"{{{_A}}}xfrm")
    SubElement(frame, f"{{{_A}}}off", {"x": "0", "y": "0"})
    SubElement(frame, f"{{{_A}}}ext", size)
    SubElement(SubElement(shape, f"{{{_A}}}prstGeom", {"prst": "rect"}), f"{{{_A}}}avLst")


def place_pictures(root: _Element, document: Document, files: WordFiles) -> None:
    """Put every picture of the tree among the files, nothing in them but the picture."""
    blocks = (block for section in document.sections for block in section.blocks)
    pictures = [block for block in blocks if isinstance(block, Picture)]
    for number, (picture, blip) in enumerate(zip(pictures, root.iter(_BLIP), strict=True), 1):
        blip.set(_EMBED, files.put_picture(f"drawn{number}", bare_picture(picture.png)))
