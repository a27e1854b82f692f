"""Message catalogue of the templates folder."""

from ..accounting.problems import Catalogue, Level, Message

ERROR, WARNING, HINT = Level.ERROR, Level.WARNING, Level.HINT

MESSAGES = Catalogue(
    Message(
        "TPL-SUFFIX", ERROR,
        "不能按后缀“{found}”输出报告，可用：{expected}。", "Cannot write a report with suffix '{found}'; possible: {expected}.",
        "改用上述后缀之一。", "Use one of these suffixes.",
    ),
    Message(
        "TPL-FILE", ERROR,
        "模板“{found}”不存在，或不是 Word 文档（.docx）。", "Template '{found}' does not exist or is not a Word document (.docx).",
        "检查路径；.doc 或 .wps 模板请先另存为 .docx。", "Check the path; save a .doc or .wps template as .docx first.",
    ),
    Message(
        "TPL-SYNTAX", ERROR,
        "模板“{file}”中的标记写错：{found}。", "A tag in template '{file}' is malformed: {found}.",
        "检查花括号是否成对，标记写法见手册。", "Check that braces come in pairs; the manual shows the tags.",
    ),
    Message(
        "TPL-PLACEHOLDER", ERROR,
        "模板“{file}”用了不认识的占位符“{found}”，可用：{expected}。",
        "Template '{file}' uses the unknown placeholder '{found}'; possible: {expected}.",
        "改为可用的占位符，或从模板中删去。", "Use a placeholder of the list or delete it from the template.",
    ),
    Message(
        "TPL-BODY", ERROR,
        "模板“{file}”中没有单独成段的占位符 {{{{ 正文 }}}}。",
        "Template '{file}' has no placeholder {{{{ 正文 }}}} (or {{{{ body }}}}) in a paragraph of its own.",
        "在正文应在的位置单独写一段 {{{{ 正文 }}}}。", "Write {{{{ 正文 }}}} alone in the paragraph where the text shall stand.",
    ),
    Message(
        "TPL-FIGURE", ERROR,
        "模板“{file}”引用的数字“{found}”不在本报告中。", "Template '{file}' asks for figure '{found}', which this report does not hold.",
        "到 figures.json 中核对数字编号。", "Look up the figure id in figures.json.",
    ),
    Message(
        "TPL-SANDBOX", ERROR,
        "模板“{file}”试图执行不允许的操作：{found}。", "Template '{file}' tries something that is not allowed: {found}.",
        "模板只能用占位符，不能调用程序内部对象；请勿使用来历不明的模板。",
        "A template may use placeholders only, no inner objects; do not use templates of unknown origin.",
    ),
    Message(
        "FONT-NONE", HINT,
        "本机没有找到中文字体，图“{found}”以数据表代替。", "No Chinese font was found; chart '{found}' is given as its table.",
        "安装可选组件 carbonpeak[fonts]，或安装任一中文字体后重新输出。",
        "Install the extra carbonpeak[fonts] or any Chinese font, then write the report again.",
    ),
    Message(
        "FILE-LOCKED", ERROR,
        "无法写入“{found}”（{reason}）。", "Cannot write '{found}' ({reason}).",
        "文件可能正在 Excel、Word 或 WPS 中打开：关闭后重试，并检查写入权限和磁盘空间。",
        "Excel, Word or WPS may hold the file open: close it and try again; check permissions and disk space.",
    ),
)  # fmt: skip
