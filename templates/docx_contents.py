"""The table of contents of the Word file: a field that Word fills with page numbers, with the headings already in it.

Page numbers come from whoever lays out the pages, so none is written here: a guess would be wrong on another machine.
The field is marked as out of date (w:dirty): Word asks once, on opening, whether to update fields, and with Yes builds
the whole list anew with its numbers; after saving it asks no more. w:updateFields in the settings asks the same question
and no more often, but also has page references computed before pages are laid out, so it is not set. Bare page
references instead of the field would be filled by LibreOffice alone, and Word could no longer update the list.
LibreOffice shows the entries with links and no numbers until Tools > Update > Indexes. (LibreOffice was tried; what is
said of Word is from its specification and the reports of others.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from .docx_parts import add_runs
from .docx_template import CONTENTS
from .nodes import HeadingNode, Run

LEVELS = 1
"""chapters and annexes: they fit on the first page, subheadings stand in the navigation pane"""
LEAST = 8
"""a report of fewer headings needs no contents"""


def listed(headings: Sequence[HeadingNode]) -> list[HeadingNode]:
    """Return the headings that the contents list; none for a short report."""
    return [node for node in headings if node.level <= LEVELS] if len(headings) >= LEAST else []


def bookmark(node: HeadingNode) -> str:
    """Return the name that an entry leads to."""
    return f"_Toc{int(node.anchor.removeprefix('s')):06d}"


def mark(paragraph: Any, node: HeadingNode) -> None:
    """Set the bookmark of a heading around its text."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    number = node.anchor.removeprefix("s")
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{bookmark(node)}"/>')
    properties = paragraph._p.find(qn("w:pPr"))
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))


def add_contents(
    word: Any, marker: Any, title: str, headings: Sequence[HeadingNode], styles: Mapping[str, str]
) -> None:
    """Write title and entries in place of the marker's paragraph; `styles` are the template's, name -> id.

    The field is marked as out of date: Word puts in the page numbers when the file is opened or fields are updated.
    """
    if not headings:
        marker._p.getparent().remove(marker._p)
        return
    names = [styles.get(name, styles["Normal"]) for name in CONTENTS]
    add_runs(marker, [Run(title)])
    marker._p.style = names[0]
    last = marker
    for number, node in enumerate(headings):
        entry = word.add_paragraph()
        entry._p.style = names[node.level]
        if number == 0:
            _field(entry, f'TOC \\o "1-{LEVELS}" \\h \\z \\u')
        _entry(entry, node)
        last._p.addnext(entry._p)
        last = entry
    last._p.append(_run('<w:fldChar w:fldCharType="end"/>'))
    last._p.append(_run('<w:br w:type="page"/>'))


def _field(paragraph: Any, instruction: str) -> None:
    for part in (
        '<w:fldChar w:fldCharType="begin" w:dirty="true"/>',
        f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
    ):
        paragraph._p.append(_run(part))


def _entry(paragraph: Any, node: HeadingNode) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    text = parse_xml(f'<w:hyperlink {nsdecls("w")} w:anchor="{bookmark(node)}" w:history="1"/>')
    add_runs(paragraph, [Run(node.full)])
    for run in list(paragraph.runs):
        if run.text:
            text.append(run._r)
    for part in (
        "<w:tab/>",
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> PAGEREF {bookmark(node)} \\h </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        '<w:fldChar w:fldCharType="end"/>',
    ):
        text.append(_run(part))
    paragraph._p.append(text)


def _run(content: str) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(f"<w:r {nsdecls('w')}>{content}</w:r>")
