"""Print a report as a Word file, from the default template or a bureau's own."""

from __future__ import annotations

import io
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..accounting.problems import InputError, ProblemList
from . import words
from .dates import document_date
from .docx_contents import add_contents, listed, mark
from .docx_fill import open_filled
from .docx_parts import add_runs, end_section
from .docx_table import add_sign_off, add_table
from .docx_template import BODY, CAPTION, CELL, HEADINGS, NOTE, REMARK, SUBTITLE, TITLE, default_template
from .figure import Edition, Lang, Rounding
from .layout import Document, lay_out
from .messages import MESSAGES
from .nodes import ChartNode, HeadingNode, Line, Node, ParagraphNode, Run, TableNode
from .sign_off import sign_off_rows
from .zipfile_stable import repack

if TYPE_CHECKING:
    from .report import Report

WHOLE_WIDTH = 700
"""a chart of so many units takes the width of the text"""


def render(
    report: Report, lang: Lang, edition: Edition, rounding: Rounding, template: Path | None, problems: ProblemList
) -> bytes:
    """Return the .docx. Hints go to `problems`; raises InputError for a template that is wrong."""
    document = lay_out(report, lang, edition, rounding)
    content, name = _template(template, lang)
    word, marker, contents = open_filled(content, name, document)
    writer = _Writer(word, document, problems)
    if contents is not None:
        for run in contents.runs:
            run._r.getparent().remove(run._r)
        add_contents(word, contents, document.text(words.CONTENTS), writer.listed, writer.styles)
    writer.write(marker)
    _properties(word, document)
    out = io.BytesIO()
    word.save(out)
    return repack(out.getvalue())


def _template(path: Path | None, lang: Lang) -> tuple[bytes, str]:
    if path is None:
        return default_template(lang), "default"
    try:
        return path.read_bytes(), str(path)
    except OSError as error:
        raise InputError(MESSAGES.problem("TPL-FILE", found=str(path))) from error


def _properties(word: Any, document: Document) -> None:
    """Date the document by the report, not by the clock."""
    properties = word.core_properties
    when = document_date(document.report.date)
    properties.created = properties.modified = when
    properties.title = document.text(document.report.title)
    properties.author = properties.last_modified_by = document.text(document.report.issuer)
    properties.language = "zh-CN" if document.lang == "zh" else "en"
    properties.comments, properties.revision = "", 1


class _Writer:
    """Writes nodes at the end of the document, then moves them to where the template wants the body."""

    def __init__(self, word: Any, document: Document, problems: ProblemList) -> None:
        self.word = word
        self.document = document
        self.problems = problems
        self.styles: dict[str, str] = {style.name: style.style_id for style in word.styles}
        self.listed = listed([node for node in document.nodes if isinstance(node, HeadingNode)])

    def write(self, marker: Any) -> None:
        """Write the whole body in place of the marker."""
        body = self.word.element.body
        self._drop_blank_titles()
        before = set(body)
        for turned, nodes in groupby(_turned(self.document.nodes), key=lambda pair: pair[0]):
            if turned:
                end_section(self.word, landscape=False)
            for _, node in nodes:
                self._node(node, turned)
            if turned:
                end_section(self.word, landscape=True)
        self._last_page()
        for made in [item for item in body if item not in before]:
            marker._p.addprevious(made)
        body.remove(marker._p)

    def paragraph(self, style: str, line: Line, bold: bool = False) -> Any:
        """Append a paragraph in a style of the template, or in its Normal when it has no such style."""
        names = self.styles
        # the style itself: by its name the library would search through all of them each time
        paragraph = self.word.add_paragraph()
        paragraph._p.style = names[style if style in names else "Normal"]
        add_runs(paragraph, line, bold or (style in HEADINGS and style not in names))
        return paragraph

    def _node(self, node: Node, turned: bool) -> None:
        match node:
            case HeadingNode():
                self._heading(node, turned)
            case ParagraphNode():
                self.paragraph(REMARK if node.kind and REMARK in self.styles else BODY, node.line)
            case TableNode():
                self._table(node, node.caption, turned)
            case ChartNode():
                self._chart(node)

    def _heading(self, node: HeadingNode, turned: bool) -> None:
        paragraph = self.paragraph(HEADINGS[node.level - 1], [Run(node.full)])
        if node in self.listed:
            mark(paragraph, node)
        if node.number.startswith(self.document.text(words.ANNEX)) and not turned:
            paragraph.paragraph_format.page_break_before = True

    def _table(self, node: TableNode, caption: str, turned: bool = False) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        self.paragraph(CAPTION, [Run(caption)]).paragraph_format.keep_with_next = True
        if node.unit:
            unit = self.paragraph(NOTE, [Run(node.unit)])
            unit.alignment, unit.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.RIGHT, True
        add_table(self.word, node, self._width(turned))
        for line in node.notes:
            # one line of a note does not stand alone on the next page
            self.paragraph(NOTE, line).paragraph_format.keep_with_next = line is not node.notes[-1]

    def _width(self, turned: bool = False) -> int:
        """Return the width of the text in EMU."""
        page = self.word.sections[-1]
        if turned:
            return int(page.page_height - page.top_margin - page.bottom_margin)
        return int(page.page_width - page.left_margin - page.right_margin)

    def _chart(self, node: ChartNode) -> None:
        """Draw the picture, or give its table where no Chinese font can draw it."""
        from .charts.alt import alt
        from .charts.render import png

        picture = png(node.chart, self.document.lang, self.document.edition, self.document.rounding)
        if picture is None:
            self.problems.add(MESSAGES.problem("FONT-NONE", found=node.caption))
            self._table(node.table, node.caption)
            hint = words.NOTE_KINDS["hint"].in_(self.document.lang) + self.document.text(words.FONT_HINT)
            self.paragraph(NOTE, [Run(hint)])
        else:
            said = alt(node.chart, self.document.lang, self.document.edition, self.document.rounding)
            self._picture(picture, node.title, said)
            self.paragraph(CAPTION, [Run(node.caption)]).paragraph_format.keep_with_next = False
        for line in node.notes:
            self.paragraph(NOTE, line)

    def _picture(self, picture: bytes, title: str, said: str) -> None:
        from .charts.render import PNG_SCALE

        paragraph = self.paragraph(CELL, [])
        layout = paragraph.paragraph_format
        # an exact line distance would cut the picture off
        layout.line_spacing, layout.first_line_indent, layout.keep_with_next = 1.0, 0, True
        # letters of one size in all charts: a narrow one is not blown up to the whole width
        pixels = int.from_bytes(picture[16:20], "big")
        width = min(1.0, pixels / (PNG_SCALE * WHOLE_WIDTH)) * self._width()
        shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=int(width))
        shape._inline.docPr.set("title", title)
        shape._inline.docPr.set("descr", said)

    def _last_page(self) -> None:
        """Explain the marks and leave the lines to sign on."""
        if self.document.legend:
            self.paragraph(NOTE, [Run(self.document.legend)])
        rows = sign_off_rows(self.document.report.sign_off, self.document.lang)
        if rows:
            title = self.paragraph(CAPTION, [Run(self.document.text(words.SIGN_OFF_PAGE))])
            title.paragraph_format.page_break_before = True
            add_sign_off(self.word, rows, self.document.text(words.STAMP), CELL, self._width())

    def _drop_blank_titles(self) -> None:
        """A report without subtitle or issuer leaves no empty line."""
        for paragraph in self.word.paragraphs:
            if paragraph.style.name in (TITLE, SUBTITLE) and not paragraph.text.strip():
                paragraph._p.getparent().remove(paragraph._p)


def _turned(nodes: list[Node]) -> list[tuple[bool, Node]]:
    """Say of each node whether it stands on a turned page: wide tables with the headings right above them."""
    turned = [isinstance(node, TableNode) and node.table.wide for node in nodes]
    for index in range(len(nodes) - 2, -1, -1):
        if isinstance(nodes[index], HeadingNode) and turned[index + 1]:
            turned[index] = True
    return list(zip(turned, nodes, strict=True))
