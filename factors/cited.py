"""How a document is cited in a language: the title in the reader's language, the original in brackets, the place in it."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3400-\u9fff]")
# words of a place in a document; what is not among them is a name and stays
_PLACES = (
    ("6000kW及以上火电供电标准煤耗", "coal rate of supply, thermal plants of 6000 kW and above"), ("引用脚本所列 ", ""),
    ("非常规燃煤机组 (煤矸石/煤泥/水煤浆等)", "unconventional coal units (gangue, slime, coal water slurry and others)"),
    ("常规燃煤机组", "conventional coal units"), ("燃煤未实测高限值", "upper limit for unmeasured coal"),
    ("发电标准煤耗", "coal rate of generation"), ("综合排放因子", "aggregate emission factors"),
    ("化工行业同值", "value of the chemical sectors"), ("补充数据表", "table of supplementary data"),
    ("分部门表", "sectoral table"), ("三年平均", "three-year average"), ("全国平均", "national average"),
    ("省级", "provincial"), ("区域", "regional"), ("缺省", "default"), ("通知", "notice"), ("电煤", "power coal"),
    ("河北省", "Hebei"), ("河南省", "Henan"), ("附录二 ", "annex 2 "), ("附录", "annex "), ("附表", "annexed table "), ("附件", "annex "), ("附注", "note"),
    ("目录", "list"), ("正文", "text"), ("公式", "equation "), ("表", "table "), ("式", "equation "), ("节", " section "),
    ("条", " clause "), ("注", "note "), ("（", " ("), ("）", ")"), ("、", ", "), ("；", "; "), ("，", ", "), ("：", ": "),
)  # fmt: skip


def cited(document: str, english: str, lang: str) -> str:
    """Return a title: the original in Chinese; in English the English one with the original in brackets."""
    if lang == "zh" or not english or english == document:
        return document
    return f"{english} ({document})" if _HAN.search(document) else english


def locator(text: str, lang: str) -> str:
    """Return the table, annex or clause of a document: 表1.5 is table 1.5."""
    if lang == "zh":
        return text
    for zh, en in _PLACES:
        text = text.replace(zh, en)
    return " ".join(text.split()).replace("( ", "(")
