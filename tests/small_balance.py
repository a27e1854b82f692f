"""A tiny balance that can be computed by hand: one coal, one electricity column, gas recovered without a row."""

from pathlib import Path

HEADER = "sector,flow,item,quantity,unit,attributes\n"
ROWS = """\
,production,raw_coal,100,10^4 t,
,production,electricity,5,10^8 kWh,
,tr_power,raw_coal,-40,10^4 t,
,tr_power,electricity,10,10^8 kWh,
,loss,electricity,1,10^8 kWh,
A,final,raw_coal,10,10^4 t,
C31,final,raw_coal,50,10^4 t,
C31,final,coke,20,10^4 t,
C31,final,blast_furnace_gas,3,10^8 m3,
C31,final,diesel,2,10^4 t,
G,final,diesel,8,10^4 t,
RES_U,final,electricity,14,10^8 kWh,
"""
INVENTORY = """\
schema: 1
id: small
kind: region
title: {{zh: 小平衡, en: small balance}}
entity: "410000"
years: [2019]
standards: [{standards}]
report: {{date: 2020-06-30}}
coal_mix:
- {{year: 2019, of: {{bituminous: 1.0}}, basis: heat, source: 测试 test, evidence: assumed}}
{more}
"""
SOURCES = """\
schema: 1
sources:
- {id: balance, file: balance.csv, layout: tidy, period: 2019}
"""


def write(folder: Path, rows: str = ROWS, standards: str = "provincial_2011", more: str = "") -> Path:
    """Write the workspace into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "inventory.yaml").write_text(INVENTORY.format(standards=standards, more=more), encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "balance.csv").write_text(HEADER + rows, encoding="utf-8")
    return folder
