"""Messages about run folders and what is done with them: signing, comparing, switching factors."""

from ..accounting.problems import Catalogue, Level, Message

ERROR, WARNING, HINT = Level.ERROR, Level.WARNING, Level.HINT

MESSAGES = Catalogue(
    Message(
        "RUN-FROZEN", ERROR,
        "该次运行已由 {expected} 定稿，不得覆盖：{found}。", "The run was signed by {expected} and is never overwritten: {found}.",
        "换一个目录；已定稿的运行只能由保管人整体移走。", "Choose another folder; a signed run can only be moved away as a whole by its keeper.",
    ),
    Message(
        "RUN-ALTERED", ERROR,
        "{found} 与清单（manifest.json）不符：{expected}。", "{found} does not agree with manifest.json: {expected}.",
        "重新运行，或恢复原文件后再定稿。", "Run again, or restore the file before freezing.",
    ),
    Message(
        "RUN-SIGNER", ERROR,
        "定稿须写明签发人和日期：{expected} 为“{found}”。", "A signature needs a name and a date: {expected} is '{found}'.",
        "用 --by 写明姓名，--on 写明日期（YYYY-MM-DD）。", "Give the name with --by and the date with --on (YYYY-MM-DD).",
    ),
    Message(
        "RUN-NONE", HINT,
        "工作区 {found} 还没有运行过（{expected} 下没有运行目录），以下为现场计算的结果。",
        "The workspace {found} has not been run yet (no run below {expected}); this was computed now.",
        "执行 carbonpeak run 可留存结果。", "Do carbonpeak run to keep the results.",
    ),
    Message(
        "RUN-INPUTS-CHANGED", WARNING,
        "这次运行之后，工作区的文件已有改动：{found}。", "Files of the workspace changed after this run: {found}.",
        "如需反映改动，请重新运行。", "Run again to take the changes in.",
    ),
    Message(
        "SWITCH-NONE", ERROR,
        "该工作区的因子方案没有用到“{found}”，换用不会有变化。所用的有：{expected}。",
        "The workspace's profile does not use '{found}'; a switch changes nothing. It uses: {expected}.",
        "换一个所用的因子集，或比较两个方案。", "Name a set it uses, or compare two profiles.",
    ),
)  # fmt: skip
