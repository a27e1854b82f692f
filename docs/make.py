"""Write the reference pages of docs/ from the code: `make docs` writes, `--check` names pages out of date.

A page a table, the message list, the metric list and the YAML formats come from tables.py, the message catalogues,
metrics.yaml and the pydantic models, so that manual and program cannot part. Pages written by hand are not touched.
Chinese texts, and English ones where the code has none, stand in docs/fields.yaml. The numbers in both READMEs come
from a run (excerpt.py).
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import excerpt
from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

import carbonpeak
from carbonpeak.accounting import target_models
from carbonpeak.accounting.problems import Catalogue
from carbonpeak.accounting.tables import TABLES, Column, Table
from carbonpeak.factors import model, profile, yamlfile
from carbonpeak.inventories import codes
from carbonpeak.inventories.workspace import models, source_models

DOCS = Path(__file__).parent
ROOT = DOCS.parent
FOLDERS = ("accounting", "factors", "inventories", "templates")
NOTICE = "<!-- 由 docs/make.py 生成，请勿手改。 Made by docs/make.py; do not edit. -->"
YAML_PAGES: dict[str, tuple[str, str, tuple[type[BaseModel], ...]]] = {
    "inventory-yaml.md": (
        "inventory.yaml, sources.yaml",
        "工作区的两个设置文件。写法见 [手册](manual.zh-CN.md)。\n\nThe two settings files of a workspace; see the [manual](manual.md).",
        (
            models.Inventory, models.Report, models.Signatories, models.Entity, models.Mix, models.CoalRate,
            models.RoadSplit, models.BiogenicShare, models.StoredCarbon, models.Certificate, models.BoilerType, models.VehicleTechnology, models.Leg, models.OfficialResult, models.Room, models.Options,
            source_models.Sources, source_models.Document, source_models.Source, source_models.SourceOptions,
        ),
    ),
    "factor-set.md": (
        "因子集和因子方案 Factor sets and profiles",
        "因子集是 `factors/sets/<编号>.yaml`，方案是 `factors/profiles/<编号>.yaml`，放在工作区的 `factors/` 下即可使用。\n\n"
        "A set is a file `factors/sets/<id>.yaml`, a profile `factors/profiles/<id>.yaml`, in the `factors/` folder of a "
        "workspace. The same as JSON Schema: `carbonpeak factors schema`.",
        (
            model.FactorSet, model.Factor, model.Value, model.Confirmation, profile.Profile, profile.Choice,
            profile.Bridge, profile.Fill, profile.Prescribed, profile.Fixed, profile.Gap, profile.GasVolume,
            profile.Electricity, profile.KindSpan,
        ),
    ),
    "plan-yaml.md": (
        "规划 Plans",
        "规划是一个 YAML 文件，在 `inventory.yaml` 的 `plans` 中写编号或路径。\n\n"
        "A plan is a YAML file, named by id or path under `plans` in inventory.yaml.",
        (target_models.Plan, target_models.Target, target_models.YearTarget, target_models.Resolution),
    ),
}  # fmt: skip
KINDS = {
    "level": ("期末水平", "level at the end"),
    "hold_level": ("不差于基数", "no worse than the base"),
    "cap": ("上限", "cap"),
    "reduction_pct": ("比基年下降 %", "reduction on the base year, %"),
    "cumulative_pct": ("强度累计降低 %，逐年变化率连乘", "cumulative reduction of an intensity, %; yearly rates compound"),
    "reduction_amount": ("比基年削减量", "amount cut from the base year"),
    "cumulative_amount": ("规划期累计量", "amount over the period"),
    "increment_cap": ("增量上限", "cap on the increment"),
    "trend": ("持续提升、稳中向好等，没有数值", "a direction without a number"),
    "qualitative": ("由人凭材料判断的状态", "a state judged by a person"),
    "assigned_by_superior": ("上级下达；下达前不能判定", "set by a superior; cannot be judged before"),
    "lost": ("手头的文本缺此数", "the number is missing in the copy at hand"),
    "not_applicable": ("不涉及", "not applicable"),
}  # fmt: skip
"""kinds of target: the words of accounting/target_models.py, in both languages"""


class Texts:
    """The texts of fields.yaml; remembers which were used, so that a test finds the ones nobody asks for."""

    def __init__(self, path: Path = DOCS / "fields.yaml") -> None:
        self.data: Mapping[str, Any] = yamlfile.load(path).data
        self.used: set[tuple[str, ...]] = set()
        self.missing: list[str] = []

    def title(self, group: str, name: str) -> str:
        """Return the Chinese sentence about a table or model."""
        return str(self.data[group].get(name, {}).get("zh", "")) or self._lack(f"{group}.{name}")

    def pair(self, group: str, owner: str, name: str, own: str) -> tuple[str, str]:
        """Return both texts of a field; `own` is what the code says in English, which goes before fields.yaml."""
        part = "columns" if group == "tables" else "fields"
        entries = self.data[group].get(owner, {}).get(part, {})
        path = (group, owner, part, name) if name in entries else ("common", name)
        entry = entries.get(name) or self.data["common"].get(name, {})
        self.used.add(path)
        if path[0] != "common" and own and "en" in entry:
            self.missing.append(f"{owner}.{name}: English stands in the code; delete it from fields.yaml")
        english = own or entry.get("en", "")
        where = f"{owner}.{name}"
        return str(entry.get("zh") or self._lack(where)), str(english or self._lack(f"{where} (en)"))

    def unused(self) -> list[str]:
        """Return the entries that no table or model asked for."""
        found = {("common", name) for name in self.data["common"]}
        for group, part in (("tables", "columns"), ("models", "fields")):
            for owner, entry in self.data[group].items():
                found |= {(group, owner, part, name) for name in entry.get(part, {})}
        return sorted("/".join(path) for path in found - self.used)

    def _lack(self, where: str) -> str:
        self.missing.append(f"{where}: no text in docs/fields.yaml")
        return ""


def read_all() -> Texts:
    """Return the texts after making every page, with what is missing and what is not used."""
    texts = Texts()
    pages(texts)
    return texts


def pages(texts: Texts | None = None) -> dict[str, str]:
    """Return every generated page by its path below docs/."""
    texts = texts or Texts()
    out = {f"tables/{table.name}.md": table_page(table, texts) for table in TABLES.values()}
    for name, (heading, intro, chosen) in YAML_PAGES.items():
        out[name] = model_page(heading, intro, chosen, texts) + (_kinds() if name == "plan-yaml.md" else "")
    return {**out, "messages.md": message_page(), "metrics.md": metric_page()}


def catalogues() -> dict[str, Catalogue]:
    """Return every message catalogue by its module below the package, e.g. `inventories.messages`."""
    found = {}
    for folder in FOLDERS:
        package = importlib.import_module(f"carbonpeak.{folder}")
        for info in pkgutil.iter_modules(package.__path__):
            if info.name.endswith("messages"):
                module = importlib.import_module(f"carbonpeak.{folder}.{info.name}")
                found[f"{folder}.{info.name}"] = module.MESSAGES
    return found


def table_page(table: Table, texts: Texts) -> str:
    """Return the page of one table: its columns with type, unit and meaning."""
    rows = [(f"`{column.name}`", column.kind, column.unit, *_column(table, column, texts)) for column in table.columns]
    key = ", ".join(f"`{name}`" for name in table.key)
    lines = [
        texts.title("tables", table.name), "", f"{table.doc.capitalize()}.", "",
        f"主键 key: {key}；运行目录 run folder: `results/{table.name}.csv`；文字列空为无，数字列空为缺。"
        " An empty text is “none”, an empty number is missing.", "",
        *markdown(("列 column", "类型 kind", "单位 unit", "说明", "meaning"), rows),
    ]  # fmt: skip
    return page(table.name, lines)


def _column(table: Table, column: Column, texts: Texts) -> tuple[str, str]:
    return texts.pair("tables", table.name, column.name, column.doc)


def model_page(heading: str, intro: str, chosen: Iterable[type[BaseModel]], texts: Texts) -> str:
    """Return the page of YAML models: a table of fields each."""
    chosen = list(chosen)
    names = {one.__name__ for one in chosen}
    lines = [*intro.splitlines()]
    for one in chosen:
        doc = (one.__doc__ or "").split("\n", maxsplit=1)[0]
        lines += ["", f"## {one.__name__}", "", texts.title("models", one.__name__), "", doc, ""]
        rows = [_field(one, name, info, names, texts) for name, info in one.model_fields.items()]
        lines += markdown(("键 key", "类型 type", "缺省 default", "说明", "meaning"), rows)
    return page(heading, lines)


def _field(owner: type[BaseModel], name: str, info: FieldInfo, known: set[str], texts: Texts) -> tuple[str, ...]:
    shown = info.alias or name
    pair = texts.pair("models", owner.__name__, shown, " ".join((info.description or "").split()))
    return (
        f"`{shown}`",
        WORDED if _worded(info.metadata) else type_text(info.annotation, known),
        default_text(info),
        *pair,
    )


def default_text(info: FieldInfo) -> str:
    """Return the default of a field as YAML shows it; 必填 where there is none."""
    if info.is_required():
        return "**必填 required**"
    value = info.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, BaseModel) or value in ("", [], {}) or value is None:
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else getattr(value, 'value', value)}`"


WORDED = "text / map `zh`, `en`"


def _worded(metadata: Iterable[Any]) -> bool:
    """A text that may be given in both languages (accounting/models.py: Worded, Cited)."""
    return any(isinstance(one, WithJsonSchema) for one in metadata)


def type_text(kind: Any, known: set[str]) -> str:
    """Return a type in words a person writing YAML understands."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return WORDED if _worded(arguments[1:]) else type_text(arguments[0], known)
    if origin is Literal:
        return ", ".join(f"`{value!s}`" if value != "" else "''" for value in arguments)
    if origin in (Union, types.UnionType):
        parts = [type_text(part, known) for part in arguments if part is not type(None)]
        return " / ".join(dict.fromkeys(parts))
    if origin in (list, tuple):
        return f"list of {type_text(arguments[0], known)}"
    if origin is dict:
        return f"map {type_text(arguments[0], known)} → {type_text(arguments[1], known)}"
    return _plain(kind, known)


def _plain(kind: Any, known: set[str]) -> str:
    if issubclass(kind, Enum):
        return "[evidence](../README.md#evidence-levels)"
    if issubclass(kind, BaseModel):
        name = kind.__name__
        return f"[{name}](#{name.lower()})" if name in known else "map `zh`, `en`"
    return {str: "text", int: "integer", float: "number", bool: "true / false"}[kind]


def message_page() -> str:
    """Return the list of messages, a table a catalogue."""
    total = sum(len(book) for book in catalogues().values())
    lines = [
        f"{total} 条。级别：错误停止运行；警告、提示印在报告里。`{{found}}`、`{{expected}}` 等处填实际内容。", "",
        f"{total} messages. An error stops a run; warnings and hints are printed in the report.",
    ]  # fmt: skip
    for name, book in catalogues().items():
        rows = [
            (
                f"`{one.code}`",
                f"{one.level.label('zh')} {one.level.value}",
                one.zh,
                one.remedy_zh,
                one.en,
                one.remedy_en,
            )
            for one in book.values()
        ]
        heads = ("编号 code", "级别 level", "中文", "处理", "English", "remedy")
        lines += ["", f"## {name.partition('.')[0]}: {name.partition('.')[2]}", "", *markdown(heads, rows)]
    return page("问题清单 Messages", lines)


def metric_page() -> str:
    """Return the list of metrics: the only ids that tables, plans and reports know."""
    rows = [
        (f"`{one.id}`", one.zh, one.en, one.unit, one.kind, one.over_places, one.over_periods, one.good, str(one.decimals))
        for one in codes.metrics().codes.values()
    ]  # fmt: skip
    lines = [
        "`series` 表式和规划里只能用这些编号。“地区”“时期”说明怎样跨地区、跨时期汇总。", "",
        "The only ids that series tables and plans may use. “places” and “periods” say how a metric adds up.", "",
        *markdown(("编号 id", "名称", "name", "单位 unit", "种类 kind", "地区 places", "时期 periods", "方向 good", "小数 decimals"), rows),
    ]  # fmt: skip
    return page("指标 Metrics", lines)


def _kinds() -> str:
    rows = [(f"`{name}`", zh, en) for name, (zh, en) in KINDS.items()]
    return "\n## 目标的表述方式 kinds\n\n" + "\n".join(markdown(("kind", "说明", "meaning"), rows)) + "\n"


def markdown(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines of a Markdown table; bars and line ends inside cells are kept from ending them."""
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in row)} |"


def page(heading: str, lines: Iterable[str]) -> str:
    """Return a page with its heading and the notice that it is generated."""
    return "\n".join([NOTICE, "", f"# {heading}", "", *lines]) + "\n"


def stale(wanted: Mapping[str, str]) -> list[str]:
    """Return the paths below the root that differ from what the code says, and table pages of tables that are gone."""
    old = [
        name for name, text in wanted.items() if not (ROOT / name).is_file() or (ROOT / name).read_text("utf-8") != text
    ]
    gone = [f"docs/tables/{path.name}" for path in (DOCS / "tables").glob("*.md")]
    return sorted([*old, *(name for name in gone if name not in wanted)])


def everything() -> dict[str, str]:
    """Return every generated page and both READMEs by their path below the root."""
    return {**{f"docs/{name}": text for name, text in pages().items()}, **excerpt.pages()}


def main(arguments: list[str]) -> int:
    """Write the pages, or check them with `--check` (exit 1 where one is out of date)."""
    wanted = everything()
    names = stale(wanted)
    if "--check" in arguments:
        print("\n".join(names) or f"docs of carbonpeak {carbonpeak.__version__} agree with the code")
        return 1 if names else 0
    for name in names:
        if name not in wanted:
            (ROOT / name).unlink()
            continue
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(wanted[name], "utf-8")
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
