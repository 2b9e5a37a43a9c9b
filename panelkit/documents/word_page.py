"""What stands on every page: marking and reference above; form, page number and marking below."""

from __future__ import annotations

from typing import Final

from lxml import etree
from lxml.etree import _Element

from panelkit.documents.gate import one_line
from panelkit.documents.tree import FICTIONAL_RECORD, Document
from panelkit.documents.word_xml import W_URI, field, paragraph, run

_WATERMARK: Final = f"""
<w:r xmlns:w="{W_URI}" xmlns:v="urn:schemas-microsoft-com:vml"
     xmlns:o="urn:schemas-microsoft-com:office:office"><w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
             path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>
<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>
<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>
<v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom"
        o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>
<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/>
</v:handles><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt="Draft"
         style="position:absolute;margin-left:0;margin-top:0;width:420pt;height:168pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
         o:allowincell="f" fillcolor="#d5dae0" stroked="f"><v:fill opacity=".5"/>
<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt;font-weight:bold" string="DRAFT"/>
</v:shape></w:pict></w:r>"""
"""The word DRAFT as Word's own "Watermark" button draws it, so that its "Remove watermark"
finds it. The shape lies in the header, behind the text."""

_TIDY: Final = etree.XMLParser(remove_blank_text=True)


def write_header(root: _Element, document: Document) -> None:
    """Append the marking and the reference to the header; keep what the house put there."""
    marking = paragraph(root, one_line(document.marking), "Marking")
    if document.draft:
        marking.append(etree.fromstring(_WATERMARK, _TIDY))
    line = paragraph(root, one_line(document.reference), "Header")
    if document.fiction:
        run(line, f"{' · ' if document.reference else ''}{FICTIONAL_RECORD}", strong=True)


def write_footer(root: _Element, document: Document) -> None:
    """Append form, reference, meeting, status, page number, the lines below, and the marking."""
    line = paragraph(root, f"{one_line(document.footer_line)} · Page ", "Footer")
    field(line, "PAGE", "1")
    run(line, " of ")
    field(line, "NUMPAGES", "1")
    for under in (document.footer_note, document.head_line):
        if under:
            # A break, not a second paragraph: the rule above the footer stays one rule.
            run(line, "\n" + one_line(under))
    if document.marking:
        paragraph(root, one_line(document.marking), "Marking")
