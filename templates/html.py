"""Print a report as one html file that needs no network: style and charts lie inside, every number is an anchor."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..accounting.problems import ProblemList
from . import words
from .dates import long_date
from .figure import Edition, Figure, Lang, Rounding
from .layout import Document, lay_out
from .nodes import ChartNode, Line, TableNode
from .numbers import split_formulas, unit_label
from .sign_off import sign_off_rows

if TYPE_CHECKING:
    from jinja2 import Template

    from .report import Report

_HERE = Path(__file__).parent
MORE_THAN_ONE = 2


def render(
    report: Report, lang: Lang, edition: Edition, rounding: Rounding, template: Path | None, problems: ProblemList
) -> bytes:
    """Return the html file. `template` and `problems` are not used: it has one form, and a chart is drawn as SVG."""
    document = lay_out(report, lang, edition, rounding)
    css = (_HERE / "report.css").read_text(encoding="utf-8").strip()
    line = _lines(_anchors(), _hover(document))
    text = _template().render(
        d=document,
        r=report,
        words=words,
        css=_safe(css),
        date=long_date(report.date, lang),
        sign_off=sign_off_rows(report.sign_off, lang),
        formulas=_formulas,
        line=line,
        rows=_rows(line),
        share=_share,
        svg=_drawing(document),
    )
    return (text + "\n").encode("utf-8")


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    env = Environment(autoescape=True, undefined=StrictUndefined)
    return env.from_string((_HERE / "report.html.j2").read_text(encoding="utf-8"))


def _safe(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _formulas(text: str) -> Any:
    """Return escaped text with subscripts in CO2, CH4, N2O."""
    from markupsafe import Markup, escape

    pieces = split_formulas(text)
    if len(pieces) < MORE_THAN_ONE:
        return escape(text)
    return Markup("").join(Markup(f"<sub>{piece}</sub>") if low else escape(piece) for piece, low in pieces)


def _share(width: float, widths: list[float]) -> str:
    return f"{100 * width / sum(widths):.1f}%"


def _lines(anchor: Callable[[Figure], str], hover: Callable[[Figure], str]) -> Callable[[Line], Any]:
    """Print the runs of a line. In Python, as an account has thousands of cells."""
    from markupsafe import Markup, escape

    def line(runs: Line) -> Any:
        out = []
        for run in runs:
            if run.figure:
                out.append(
                    f'<span class="n"{anchor(run.figure)} data-figure="{escape(run.figure.id)}"'
                    f' title="{escape(hover(run.figure))}">{_formulas(run.text)}</span>'
                )
                if run.mark:
                    out.append(f'<sup class="mark">{escape(run.mark)}</sup>')
            elif run.link:
                out.append(f'<a href="#t-{escape(run.link)}">{escape(run.text)}</a>')
            else:
                out.append(str(_formulas(run.text)))
        return Markup("".join(out))

    return line


def _rows(line: Callable[[Line], Any]) -> Callable[[TableNode], Any]:
    """Print the body of a table; the last cell of a subheading takes the rest of the columns."""
    from markupsafe import Markup

    def rows(table: TableNode) -> Any:
        out = []
        for row in table.rows:
            kind = f' class="{row.kind}"' if row.kind else ""
            cells, last = "", len(row.cells) - 1
            for index, cell in enumerate(row.cells):
                indent = f" in{row.indent}" if index == 0 and row.indent else ""
                rest = len(table.widths) - index
                span = f' colspan="{rest}"' if row.kind == "group" and index == last and rest > 1 else ""
                cells += f'<td class="{cell.align}{indent}"{span}>{line(cell.line)}</td>'
            out.append(f"<tr{kind}>{cells}</tr>\n")
        return Markup("".join(out))

    return rows


def _anchors() -> Callable[[Figure], str]:
    """Give the id of a figure to its first printed place."""
    from markupsafe import escape

    seen: set[str] = set()

    def anchor(figure: Figure) -> str:
        if figure.id in seen:
            return ""
        seen.add(figure.id)
        return f' id="{escape(figure.id)}"'

    return anchor


def _hover(document: Document) -> Callable[[Figure], str]:
    """Say what a number is when the pointer rests on it: id, unit, evidence, why it is missing."""

    def hover(figure: Figure) -> str:
        evidence = words.EVIDENCES.get(figure.evidence)
        reason = figure.missing if figure.value is None and not figure.withheld(document.edition) else None
        parts = [figure.id, unit_label(figure.unit, document.lang)]
        parts += [document.text(text) for text in (evidence, reason) if text]
        return " | ".join(part for part in parts if part)

    return hover


def _drawing(document: Document) -> Callable[[ChartNode], Any]:
    from markupsafe import Markup, escape

    from .charts.render import svg

    def drawing(node: ChartNode) -> Any:
        text = svg(node.chart, document.lang, document.edition, document.rounding)
        return Markup(text.replace("<svg ", f'<svg role="img" aria-label="{escape(node.caption)}" ', 1))

    return drawing
