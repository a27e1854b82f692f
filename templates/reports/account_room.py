"""The room an intensity target leaves (排放空间测算): printed where inventory.yaml asks for it under `room`."""

from __future__ import annotations

from ...accounting.target_models import Plan, Target
from ...inventories import plans
from ...inventories.derived_room import Room
from ..figure import Figure, Text
from ..report import Block, Cell, Column, Heading, Note, Ref, Table, para, row
from .account_text import cell, numbered, source
from .lookup import Lookup, same


def sections(look: Lookup) -> list[Block]:
    """Return a heading and a table for every target asked for; one without any number stands in the annex."""
    found = tables(look)
    if not found:
        return []
    open_ = [table for table, known in found if not known]
    pointer = [
        Note(para(zh="排放空间暂不能测算：缺基年强度和地区生产总值，逐年应降率见{t}。",
                  en="The room cannot be worked out yet: base-year intensity and GDP are missing; the falls due stand in {t}.", t=Ref(one.id)))
        for one in open_
    ]  # fmt: skip
    heading = Heading(2, Text("排放空间测算", "Room for emissions"))
    return [heading, *(table for table, known in found if known), *pointer]


def tables(look: Lookup) -> list[tuple[Table, bool]]:
    """Return the tables asked for, each with whether it holds any room."""
    root = look.results.workspace.root
    asked = [plans.room(entry, root) for entry in look.results.workspace.inventory.room]
    made = [table(look, *one) for one in asked]
    return [(one, any(_known(line.cells[-1]) for line in one.rows)) for one in made]


def _known(cell: Cell) -> bool:
    return isinstance(cell, Figure) and cell.value is not None


def table(look: Lookup, plan: Plan, target: Target) -> Table:
    """Return reduction due, highest intensity, GDP and room of every year of the plan's period."""
    room = Room(look.derived, plan, target, look.entity, look.find)
    first, last = plan.period
    span = f"{first}—{last}"
    columns = (
        Column(Text("年份", "Year"), width=0.7),
        Column(Text(f"比{plan.base_year}年累计应下降", f"Fall due since {plan.base_year}"), unit="%"),
        Column(Text("强度上限", "Highest intensity"), unit="tCO2/万元"),
        Column(Text(f"地区生产总值（{room.prices}年价）", f"GDP at {room.prices} prices"), unit="亿元"),
        Column(Text("排放空间", "Room"), unit="万tCO2"),
    )
    rows = [
        row(
            same(str(year.year)), look.figure(year.due, decimals=2), cell(look, year.ceiling, 3), cell(look, year.gdp, 1),
            cell(look, year.room, 1),
        )
        for year in room.years()
    ]  # fmt: skip
    goal = f"{float(target.value or 0):g}"
    owner = f"room_note/{plan.id}/{target.id}"
    notes = tuple(numbered(look, f"{owner}/{n}", text) for n, text in enumerate(_notes(look, room, plan, target), 1))
    return Table(
        f"room-{plan.id}-{target.id}",
        Text(f"{span}年按{target.title.zh} {goal}% 测算的排放空间", f"Room {span}: {target.title.en} of {goal} %"),
        columns, tuple(rows), source=source(look), notes=notes,
    )  # fmt: skip


def _notes(look: Lookup, room: Room, plan: Plan, target: Target) -> list[Text]:
    words = plan.title.zh, plan.title.en
    notes = [
        Text(
            f"目标取自{words[0]}；排放空间 = {plan.base_year}年强度 ×（1 - 累计应降）× 地区生产总值，逐年按等对数进度。",
            f"Target of {words[1]}; room = intensity of {plan.base_year} x (1 - fall due) x GDP, at an even yearly rate.",
        )
    ]
    if plan.entity != look.entity:
        notes.append(
            Text(
                f"这是{look.place(plan.entity).zh}的目标，不是下达给{look.place().zh}的目标，只供参考。",
                f"The target is that of {look.place(plan.entity).en}, not one assigned to {look.place().en}; for reference.",
            )
        )
    if not look.has(room.base()):
        definition = target.definitions[0] if target.definitions else ""
        notes.append(
            Text(
                f"暂缺：{plan.base_year}年单位地区生产总值二氧化碳排放（{definition} 口径、{room.prices}年价）和 {plan.base_year}—{plan.period[1]} 年地区生产总值或增速；录入指标表后自动测算。",
                f"Not available: CO2 per unit of GDP of {plan.base_year} (definition {definition}, {room.prices} prices) and GDP or its growth {plan.base_year}-{plan.period[1]}; worked out once they are entered in a series table.",
            )
        )
    return notes
