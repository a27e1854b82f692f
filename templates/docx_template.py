"""The default Word template, made from code: 公文 layout after GB/T 9704-2012 with fonts by name.

Margins 37/35/28/26 mm, title 二号 方正小标宋简体, body 三号 仿宋_GB2312 at 28 pt, headings 黑体 and 楷体_GB2312.
A bureau's own template replaces it; style names below that are in it are used, others fall back to its Normal.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .figure import Lang

if TYPE_CHECKING:
    from docx.document import Document

TITLE, SUBTITLE, BODY, CAPTION, CELL, NOTE = "公文标题", "公文副标题", "公文正文", "公文表题", "公文表格", "公文注"
REMARK = "公文说明"
"""definitions and remarks in the text: read once, so set smaller than the text"""
HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
CONTENTS = ("公文目录", "toc 1", "toc 2")
"""styles of the title of the contents and of their levels"""
BODY_SIZE, LINE = 16.0, 28.0
LEFT, RIGHT = 28, 26
TEXT_WIDTH = 210 - LEFT - RIGHT
"""millimetres"""

SONG, HEI, KAI, FANG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
LATIN = "Times New Roman"


@dataclass(frozen=True)
class Look:
    """Font, size in points, alignment, line distance (points; 0 = single), first-line indent in characters."""

    font: str
    size: float
    align: str = "both"
    line: float = LINE
    indent: float = 0.0
    bold: bool = False
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    leader: bool = False
    """dots to the right edge, as in contents"""


STYLES = {
    TITLE: Look(SONG, 22, "center", 36, after=8),
    SUBTITLE: Look(KAI, 16, "center"),
    BODY: Look(FANG, BODY_SIZE, indent=2),
    HEADINGS[0]: Look(HEI, 16, "left", indent=2, keep=True),
    HEADINGS[1]: Look(KAI, 16, "left", indent=2, keep=True),
    HEADINGS[2]: Look(FANG, 16, "left", indent=2, bold=True, keep=True),
    CAPTION: Look(HEI, 12, "center", 20, before=6, after=2, keep=True),
    CELL: Look(FANG, 10.5, "left", 0),
    NOTE: Look(KAI, 10.5, "left", 16),
    REMARK: Look(FANG, 12, line=20, indent=2),
    CONTENTS[0]: Look(HEI, 16, "center", before=6, after=6),
    CONTENTS[1]: Look(FANG, 12, "left", 16.5, leader=True),
    CONTENTS[2]: Look(FANG, 10.5, "left", 17, indent=2, leader=True),
}


@lru_cache(maxsize=2)
def default_template(lang: Lang) -> bytes:
    """Return the default template as the bytes of a .docx."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    _page(document)
    for name, look in STYLES.items():
        _style(document, name, look if lang == "zh" else _english(name, look))
    _style(document, "Normal", Look(FANG, BODY_SIZE, line=0))
    for placeholder, style in (
        ("{{ 标题 }}", TITLE),
        ("{{ 副标题 }}", SUBTITLE),
        ("{{ 发文单位 }}", SUBTITLE),
        ("{{ 日期 }}", SUBTITLE),
        ("{{ 目录 }}", BODY),
        ("{{ 正文 }}", BODY),
    ):
        last = document.add_paragraph(placeholder, style)
        last.paragraph_format.space_after = Pt(14) if "日期" in placeholder else None
    _page_number(document)
    _running_head(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _english(name: str, look: Look) -> Look:
    """Latin letters all come in one face, so headings are bold; lines are not stretched and not indented."""
    small = replace(look, indent=0, align="left" if look.align == "both" else look.align)
    if name == BODY:
        return replace(small, size=12, line=20, after=6)
    if name == REMARK:
        return replace(small, size=10.5, line=16, after=4)
    if name in HEADINGS:
        return replace(small, size=16 - 2 * HEADINGS.index(name), line=22, bold=True, before=10, after=4)
    if name in CONTENTS[1:]:
        return replace(small, size=12 - CONTENTS.index(name), line=18, indent=look.indent)
    return replace(small, bold=name in (TITLE, CAPTION, CONTENTS[0]))


def _page(document: Document) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(28)


def _style(document: Document, name: str, look: Look) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm, Pt, RGBColor

    styles = document.styles
    style: Any = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    set_fonts(style.element.get_or_add_rPr(), look.font)
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    layout = style.paragraph_format
    layout.alignment = {
        "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "left": WD_ALIGN_PARAGRAPH.LEFT,
    }[look.align]
    if look.line:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.first_line_indent = Pt(look.size * look.indent) if look.indent else Pt(0)
    layout.keep_with_next = look.keep
    if look.leader:
        layout.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def set_fonts(properties: Any, font: str) -> None:
    """Name the Chinese font (w:eastAsia) and the Latin one; theme fonts would win, so they are taken off."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), LATIN)
    fonts.set(qn("w:eastAsia"), font)


def _running_head(document: Document) -> None:
    """Write the title small at the head of every page but the first: loose sheets of an annex say where they belong."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = Mm(14)
    paragraph = section.header.paragraphs[0]
    paragraph.style = document.styles[NOTE]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("{{ 标题 }}")
    _number_at(section.first_page_footer.paragraphs[0])


def _page_number(document: Document) -> None:
    """Write — 1 — in 四号 at the foot, as the standard has it (here centred)."""
    _number_at(document.sections[0].footer.paragraphs[0])


def _number_at(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", None, " —"):
        run = paragraph.add_run(text or "")
        run.font.size = Pt(14)
        if text is None:
            for kind in ("begin", "instr", "end"):
                element = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
                if kind == "instr":
                    element.text = "PAGE"
                else:
                    element.set(qn("w:fldCharType"), kind)
                run._element.append(element)
