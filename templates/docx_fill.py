"""Fill a Word template: its placeholders by docxtpl in a sandbox, and find the place where the body goes.

Placeholders: 标题 副标题 发文单位 日期 目录 正文 符号 (title subtitle issuer date contents body legend) and
数字("figure id"), the printed number (number("…")). 正文 and 目录 stand in paragraphs of their own; 目录 may be absent.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from ..accounting.problems import InputError, ProblemList
from .dates import long_date
from .figures import printed
from .layout import Document as Report
from .messages import MESSAGES
from .numbers import WITHHELD, bare

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

# stands for the body between filling and building; no text of a report holds it
MARKER = "\ue000body\ue000"
CONTENTS = "\ue000contents\ue000"


def open_filled(template: bytes, name: str, report: Report) -> tuple[Document, Paragraph, Paragraph | None]:
    """Return the filled document, the paragraph where the body goes, and that of the contents where there is one.

    Raises InputError: TPL-FILE, TPL-SYNTAX, TPL-PLACEHOLDER, TPL-FIGURE, TPL-SANDBOX, TPL-BODY.
    """
    word = _opened(template, name)
    _rendered(word, _values(report, name), name)
    found: dict[str, Paragraph] = {}
    for paragraph in word.docx.paragraphs:
        if paragraph.text.strip() in (MARKER, CONTENTS):
            found.setdefault(paragraph.text.strip(), paragraph)
    if MARKER in found:
        return word.docx, found[MARKER], found.get(CONTENTS)
    raise InputError(MESSAGES.problem("TPL-BODY", file=name))


def _opened(template: bytes, name: str) -> Any:
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate

    try:
        word = DocxTemplate(io.BytesIO(template))
        word.init_docx()
    except (BadZipFile, OpcError, KeyError, ValueError) as error:
        raise InputError(MESSAGES.problem("TPL-FILE", found=name)) from error
    return word


def _rendered(word: Any, values: dict[str, Any], name: str) -> None:
    from jinja2.exceptions import SecurityError

    env = sandbox()
    try:
        _check_names(word, env, values, name)
        word.render(values, env, autoescape=True)
    except InputError:
        raise
    except SecurityError as error:
        raise InputError(MESSAGES.problem("TPL-SANDBOX", found=str(error), file=name)) from error
    except Exception as error:  # a template is a user's program: it can fail in any way, and none is our fault
        raise InputError(MESSAGES.problem("TPL-SYNTAX", found=str(error), file=name)) from error


def sandbox() -> Any:
    """Return the Jinja environment of user templates: placeholders and conditions; no attributes, filters, products."""
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Products and powers could fill the memory; a report's template has no need to compute."""

        intercepted_binops = frozenset(["*", "**"])

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            raise SecurityError(f"{left!r} {operator} {right!r}")

        def getattr(self, obj: Any, attribute: str) -> Any:
            raise SecurityError(f".{attribute}")

        def getitem(self, obj: Any, argument: Any) -> Any:
            raise SecurityError(f"[{argument!r}]")

    env = Sandbox(autoescape=True, undefined=StrictUndefined)
    env.globals.clear()
    env.filters.clear()
    return env


def _values(report: Report, name: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": report.text(report.report.title),
        "subtitle": report.text(report.report.subtitle),
        "issuer": report.text(report.report.issuer),
        "date": long_date(report.report.date, report.lang),
        "legend": report.legend,
        "contents": CONTENTS,
        "body": MARKER,
        "number": _number(report, name),
    }
    chinese = {
        "标题": "title",
        "副标题": "subtitle",
        "发文单位": "issuer",
        "日期": "date",
        "符号": "legend",
        "目录": "contents",
        "正文": "body",
        "数字": "number",
    }
    return {**{alias: values[key] for alias, key in chinese.items()}, **values}


def _number(report: Report, name: str) -> Callable[[str], str]:
    figures = {figure.id: figure for figure in printed(report.report, report.edition)}

    def number(figure_id: str) -> str:
        if figure_id not in figures:
            raise InputError(MESSAGES.problem("TPL-FIGURE", found=figure_id, file=name))
        figure = figures[figure_id]
        if figure.withheld(report.edition):
            return WITHHELD.in_(report.lang)
        return bare(figure, report.lang, report.rounding)

    return number


def _check_names(word: Any, env: Any, values: dict[str, Any], name: str) -> None:
    """Report every unknown placeholder at once."""
    problems = ProblemList()
    for found in sorted(word.get_undeclared_template_variables(jinja_env=env, context=values)):
        problems.add(MESSAGES.problem("TPL-PLACEHOLDER", found=found, expected=" ".join(values), file=name))
    problems.raise_errors()
