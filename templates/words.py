"""The fixed words of a document: captions, notes, marks, sign-off, in both languages."""

from __future__ import annotations

from .figure import Text

TABLE = Text("表", "Table ")
ANNEX_TABLE = Text("附表", "Table A")
CHART = Text("图", "Figure ")
ANNEX_CHART = Text("附图", "Figure A")
ANNEX = Text("附件", "Annex ")
UNIT = Text("单位：", "Unit: ")
NOTE = Text("注：", "Note: ")
SOURCE = Text("资料来源：", "Source: ")
CONTENTS = Text("目录", "Contents")
CHART_DATA = Text("图中数据", "Data of the chart")
TOTAL = Text("（合计）", "(total)")
DATE = Text("日期", "Date")
ISSUER = Text("编制单位", "Issued by")
FIGURE_INDEX = Text("数字索引", "Figure index")
COVER = Text("封面", "Cover")
SIGN_OFF_PAGE = Text("填报和审核", "Sign-off")
STAMP = Text("（盖章）", "(seal)")

NOTE_KINDS = {
    "note": Text("说明：", "Note: "),
    "hint": Text("提示：", "Hint: "),
    "warning": Text("注意：", "Caution: "),
}
SIGN_OFF = {
    "unit": Text("填报单位", "Reporting unit"),
    "filled_by": Text("填表人", "Filled in by"),
    "checked_by": Text("审核人", "Checked by"),
    "head": Text("单位负责人", "Head of unit"),
    "phone": Text("联系电话", "Telephone"),
    "date": Text("填报日期", "Date"),
}
INDEX_COLUMNS = (
    Text("数字编号", "Figure id"),
    Text("工作表", "Sheet"),
    Text("单元格", "Cell"),
    Text("数值", "Value"),
    Text("单位", "Unit"),
    Text("状态", "Status"),
    Text("依据等级", "Evidence"),
)

# the mark behind a number that rests on less than a transcribed source, and what it means
EVIDENCE_MARKS = {"derived": "d", "attributed": "a", "recalled": "r", "assumed": "s"}
STATUS_MARKS = {"projected": "p", "assumed": "s", "incomplete": "i"}
MARK_WORDS = {
    "d": Text("由公开数据推算", "derived from published data"),
    "a": Text("出处待核", "attributed, source to be checked"),
    "r": Text("凭记忆录入，待核", "recalled, to be checked"),
    "s": Text("假定值", "assumed"),
    "p": Text("预测值", "projected"),
    "i": Text("不完整，有未计入的部分", "incomplete: a part is not counted"),
}
MARKS = Text("符号：", "Marks: ")
WHOLE_TABLE = Text("本表全部数据：", "all data of this table: ")
FONT_HINT = Text(
    "生成本文件的计算机没有中文字体，图以数据表代替。",
    "The machine that made this file has no Chinese font; the chart is given as its table.",
)
STATUSES = {
    "reported": Text("填报", "reported"),
    "published": Text("公布", "published"),
    "computed": Text("核算", "computed"),
    "assumed": Text("假定", "assumed"),
    "projected": Text("预测", "projected"),
    "incomplete": Text("不完整", "incomplete"),
}
EVIDENCES = {
    "confirmed": Text("已核原文", "confirmed"),
    "transcribed": Text("公开转录（未核原文）", "transcribed"),
    "derived": Text("推算", "derived"),
    "attributed": Text("出处待核", "attributed"),
    "recalled": Text("凭记忆待核", "recalled"),
    "assumed": Text("假定", "assumed"),
}


def marks(status: str, evidence: str) -> str:
    """Return the marks of a number, e.g. "r" or "s", in the order evidence, status; "" for a sound one."""
    found = [EVIDENCE_MARKS.get(evidence, ""), STATUS_MARKS.get(status, "")]
    return ",".join(dict.fromkeys(mark for mark in found if mark))
