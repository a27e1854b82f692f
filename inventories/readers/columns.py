"""Long tables: a header of field names, one record a row. The names people give to the fields, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from ...accounting.problems import Problem, Where
from ..codes import plain
from ..messages import MESSAGES
from . import options
from .grid import Grid, letters
from .matrix import SEARCH
from .part import NOTES, REMARKS, Context, Part

NAMES: dict[str, str] = {
    "entity": "entity 地区 省份 省 城市 单位 单位名称 企业 企业名称 地区代码 region province city place 填报单位",
    "period": "period 时期 期间 年份 年 年度 报告期 月份 日期 year month date",
    "sector": "sector 行业 部门 行业代码 行业名称 industry",
    "flow": "flow 流向 流向代码 用途",
    "row": "row row_code row_zh row_en 平衡表行 行名 项目",
    "item": "item 品种 能源品种 能源名称 品名 product carrier fuel 燃料 燃料品种 能源",
    "attributes": "attributes 属性",
    "quantity": "quantity 数量 消费量 实物量 value amount 活动水平 活动数据",
    "value": "value 数值 数据 值 指标值 amount",
    "unit": "unit 计量单位 单位 数量单位",
    "notation": "notation 填报符号 notation_key 注释代码",
    "ncv": "ncv 低位发热量 平均低位发热量 热值",
    "carbon_content": "carbon_content 单位热值含碳量",
    "oxidation": "oxidation 碳氧化率 氧化率",
    "tce_factor": "tce_factor 折标系数 折标准煤系数 采用折标系数",
    "quality": "quality 数据质量 数据来源类型",
    "evidence": "evidence 证据级别",
    "note": REMARKS,
    "metric": "metric 指标 指标名称 指标代码 indicator",
    "category": "category 类别 排放类别",
    "scenario": "scenario 情景",
    "gas": "gas 气体 温室气体",
    "basis": "basis 折算方法 计算方法 当量等价",
    "price_year": "price_year 价格年 不变价年份 基年",
    "gwp": "gwp GWP",
    "vintage": "vintage 数据版本 数据性质",
    "definition": "definition 口径 口径代码",
    "status": "status 状态",
    "source": "source 来源 资料来源 文件 document",
    "source_en": "source_en 来源（英文）",
    "note_en": "note_en 备注（英文）",
}
"""field -> its spellings; a spelling may stand under several fields, the layout's own fields decide"""
MOST_WORDS = 20
"""texts of a column that a message lists, and columns that are listed one by one"""
_BRACKET = re.compile(r"^(.*?)\s*[(（]([^()（）]*)[)）]\s*$")


@dataclass(frozen=True)
class Long:
    """The records of a long table as text, by row of the grid."""

    frame: pd.DataFrame
    """index: row of the grid; columns: the fields that are there"""
    columns: dict[str, int]
    """field -> column of the grid"""
    header: int
    unit_in: dict[str, str]
    """field -> unit in brackets behind its name"""
    stated: dict[str, Where]
    """field that sources.yaml gives for all rows -> where it does"""


def spellings(fields: Collection[str]) -> dict[str, str]:
    """Return plain spelling -> field for the fields of a layout; a field's own name stands before others' aliases."""
    own = {plain(field): field for field in fields}
    return {plain(word): field for field in fields for word in NAMES[field].split()} | own


def known_names(fields: Collection[str], context: Context) -> dict[str, str]:
    """Return plain spelling -> field; a column that sources.yaml names is the field's only one."""
    own = context.source.options.columns
    names = {word: field for word, field in spellings(fields).items() if field not in own}
    return names | {plain(name): field for field, name in own.items()}


def long_table(grid: Grid, context: Context, fields: Collection[str], part: Part) -> Long | None:
    """Find the header and return the records; None with problems where there is none or sources.yaml names others."""
    part.problems.extend(options.fields(context, fields))
    constants = context.source.options.constants
    names = known_names(fields, context)
    header = None if part.problems else _header(grid, names, context, part)
    if header is None:
        return None
    columns, unit_in = _columns(grid, header, names, context, part)
    settings = [*_named(grid, header, context), *_given(columns, context)]
    part.problems.extend(settings)
    if settings:
        return None
    body = pd.DataFrame(grid.cells[header + 1 :], index=pd.RangeIndex(header + 1, grid.shape[0]))
    filled = body.apply(lambda column: column.str.strip()) != ""
    remark = (filled.sum(axis=1) == 1) & body.iloc[:, 0].str.strip().str.lower().str.startswith(NOTES)
    body = _only(grid, header, body[~remark], context, part)
    frame = pd.DataFrame({field: body[column].str.strip() for field, column in columns.items()}, index=body.index)
    frame = frame[(frame != "").any(axis=1)].assign(**{field: text.strip() for field, text in constants.items()})
    stated = {field: context.where(f"options.constants.{field}") for field in constants}
    return Long(frame, columns, header, unit_in, stated)


def _header(grid: Grid, names: dict[str, str], context: Context, part: Part) -> int | None:
    stated = context.source.options.header_row
    if stated is not None:
        return stated - 1
    counts = [
        len({field_of(text, names) for text in grid.row(row)} - {""}) for row in range(min(SEARCH, grid.shape[0]))
    ]
    best = max(counts, default=0)
    if best < 2:
        expected = ", ".join(dict.fromkeys(names.values()))
        part.problems.add(MESSAGES.problem("HEADER-MISSING", grid.table(), len(counts), expected))
        return None
    return counts.index(best)


def field_of(text: str, names: dict[str, str]) -> str:
    """Return the field that a header names, with or without a unit in brackets; '' for none."""
    found = names.get(plain(text), "")
    match = _BRACKET.match(text)
    return found or (names.get(plain(match[1]), "") if match else "")


def _columns(
    grid: Grid, header: int, names: dict[str, str], context: Context, part: Part
) -> tuple[dict[str, int], dict[str, str]]:
    columns: dict[str, int] = {}
    unit_in: dict[str, str] = {}
    unknown: list[tuple[Where, str]] = []
    ignored = {plain(name) for name in context.source.options.ignore}
    filters = {plain(name) for name in context.source.options.only}
    for column, text in enumerate(grid.row(header)):
        field = field_of(text, names)
        if not text or plain(text) in ignored or (not field and plain(text) in filters):
            continue
        if not field:
            unknown.append((grid.where(header, column), text))
        elif field in columns and field != "row":
            where = grid.where(header, column)
            part.problems.add(
                MESSAGES.problem("COLUMN-TWICE", where, text, f"{letters(columns[field])}, {letters(column)}")
            )
        elif field not in columns:
            columns[field] = column
            match = _BRACKET.match(text)
            unit_in[field] = match[2] if match and plain(text) not in names else ""
    part.problems.extend(_not_read(unknown, names))
    return columns, unit_in


def _named(grid: Grid, header: int, context: Context) -> Iterator[Problem]:
    """Yield a problem for each column that sources.yaml names and the header lacks, or that it names for two fields."""
    titles = [text for text in grid.row(header) if text]
    there, taken = {plain(text) for text in titles}, dict[str, str]()
    for field, name in context.source.options.columns.items():
        where, known = context.where(f"options.columns.{field}"), plain(name)
        if known not in there:
            near = get_close_matches(name, titles, n=3, cutoff=0.5)
            yield MESSAGES.problem("COLUMN-MISSING", where, name, ", ".join(near or titles))
        elif known in taken:
            yield MESSAGES.problem("COLUMN-TWICE", where, name, f"{taken[known]}, {field}")
        taken[known] = field


def _given(columns: dict[str, int], context: Context) -> Iterator[Problem]:
    """Yield a problem for each field that sources.yaml gives for all rows beside a column of the table."""
    for field in context.source.options.constants:
        if field in columns:
            where, both = context.where(f"options.constants.{field}"), f"options.constants, {letters(columns[field])}"
            yield MESSAGES.problem("COLUMN-TWICE", where, field, both)


def _not_read(unknown: list[tuple[Where, str]], names: dict[str, str]) -> Iterator[Problem]:
    """Yield a hint for each column that is no field; one stands for all where there are many."""
    many = len(unknown) > MOST_WORDS
    for where, text in unknown[:1] if many else unknown:
        yield _unknown(where, f"{text} … (×{len(unknown)})" if many else text, names)


def _unknown(where: Where, text: str, names: dict[str, str]) -> Problem:
    near = get_close_matches(plain(text), list(names), n=2, cutoff=0.6)
    hint = " / ".join(dict.fromkeys(names[name] for name in near))
    return MESSAGES.problem("COLUMN-UNKNOWN", where, text, f"是否指 did you mean: {hint}?" if hint else "")


def _only(grid: Grid, header: int, body: pd.DataFrame, context: Context, part: Part) -> pd.DataFrame:
    """Keep the rows in which the named columns hold the wanted texts."""
    names = {plain(text): column for column, text in enumerate(grid.row(header))}
    for name, text in context.source.options.only.items():
        column = names.get(plain(name))
        if column is None:
            part.problems.add(
                MESSAGES.problem(
                    "COLUMN-MISSING", context.where(f"options.only.{name}"), name, ", ".join(grid.row(header))
                )
            )
            continue
        there = body[column].str.strip()
        if len(body) and not (there == text).any():
            known = ", ".join(there.unique()[:MOST_WORDS])
            part.problems.add(MESSAGES.problem("CHOICE", context.where(f"options.only.{name}"), text, known))
        body = body[there == text]
    return body


def need(table: Long, grid: Grid, fields: Collection[str], part: Part) -> bool:
    """Report each field that is missing from the header and from the source; tell whether all are there."""
    missing = [field for field in fields if field not in table.frame]
    for field in missing:
        known = ", ".join(NAMES[field].split())
        part.problems.add(MESSAGES.problem("COLUMN-MISSING", grid.where(table.header, 0), field, known))
    return not missing


def address(table: Long, grid: Grid, field: str) -> Callable[[int], Where]:
    """Return a function from a row to the address of its cell of a field."""
    if field in table.stated:
        return lambda row: table.stated[field]
    column = table.columns.get(field, 0)
    return lambda row: grid.where(int(row), column)
