"""Message catalogue of the inventories folder: workspaces, files, cells, names, values.

Names of the parameters beside `found` and `expected` stand in the templates. A test demands both languages and a
folder under tests/bad_input for every code.
"""

from ..accounting.problems import Catalogue, Level, Message

ERROR, WARNING, HINT = Level.ERROR, Level.WARNING, Level.HINT

_WORKSPACE = (
    Message(
        "WORKSPACE-MISSING", ERROR,
        "“{found}”不是工作区，也不是自带示例的名称。", "'{found}' is neither a workspace nor the name of a bundled example.",
        "工作区须有 {expected}；用 carbonpeak init 新建。", "A workspace holds {expected}; make one with carbonpeak init.",
    ),
    Message(
        "SOURCE-ID", ERROR,
        "来源编号“{found}”出现两次。", "Source id '{found}' stands twice.",
        "给每个来源一个不同的编号。", "Give each source an id of its own.",
    ),
    Message(
        "SOURCE-OVERLAP", ERROR,
        "来源“{found}”与“{expected}”读取同一文件、工作表、单位和时期，数据会重复计算。",
        "Sources '{found}' and '{expected}' read the same file and sheet for the same entity and period.",
        "删去其中一个，或用 options.only 分开。", "Delete one of them, or tell them apart with options.only.",
    ),
    Message(
        "DECLARED-OVERLAP", ERROR,
        "{label} 有两条作用于同一部分：{found} 与 {expected}，份额会连乘。",
        "Two entries of {label} act on the same rows, {found} and {expected}; their shares would compound.",
        "删去一条，或用 year、sector 分开；不写年份的一条管所有年份，不写地区即本地区，上级行业包括下级。",
        "Delete one, or tell them apart by year or sector; an entry without a year holds for all, one without a place for the inventory's own, a sector holds all below it.",
    ),
    Message(
        "ENTITY-UNKNOWN", ERROR,
        "不认识的单位或地区“{found}”。{expected}", "Unknown entity '{found}'. {expected}",
        "写行政区划代码、地区名称，或在 inventory.yaml 的 entities 中声明。",
        "Write a GB/T 2260 code or a region's name, or declare it under entities in inventory.yaml.",
    ),
    Message(
        "ENTITY-BLANK", ERROR,
        "没有写明核算哪个单位或地区。", "It is not said whose account this is.",
        "在 entity 后写行政区划代码，如 \"410000\"（河南省）。", "Write a GB/T 2260 code after entity, such as \"410000\" (Henan).",
    ),
    Message(
        "ENTITY-PARENT", ERROR,
        "单位的上级“{found}”没有声明。", "Parent '{found}' of the entity is not declared.",
        "在 entities 中声明该上级，或改用行政区划代码。", "Declare the parent under entities or use a region code.",
    ),
)  # fmt: skip

_FILES = (
    Message(
        "FILE-MISSING", ERROR,
        "找不到文件“{found}”。", "File '{found}' is not there.",
        "检查 sources.yaml 中的 file（相对于工作区的路径）。", "Check `file` in sources.yaml (a path relative to the workspace).",
    ),
    Message(
        "FILE-OPEN", ERROR,
        "文件“{found}”被另一个程序占用或没有读取权限。", "File '{found}' is held open by another program or may not be read.",
        "关闭 Excel 或 WPS 后重试。", "Close Excel or WPS and try again.",
    ),
    Message(
        "FILE-FORMAT", ERROR,
        "不支持的文件类型“{found}”，应为 {expected}。", "File type '{found}' is not supported; expected {expected}.",
        "在 Excel 或 WPS 中另存为 .xlsx。", "Save it as .xlsx in Excel or WPS.",
    ),
    Message(
        "FILE-PASSWORD", ERROR,
        "工作簿“{found}”设有打开密码。", "Workbook '{found}' is protected by a password.",
        "在 Excel 或 WPS 中去掉打开密码后另存。", "Remove the password in Excel or WPS and save it.",
    ),
    Message(
        "FILE-BROKEN", ERROR,
        "文件无法读取：{found}。", "The file cannot be read: {found}.",
        "重新导出该文件。", "Export the file again.",
    ),
    Message(
        "PATH-OUTSIDE", ERROR,
        "路径“{found}”在工作区之外。", "Path '{found}' lies outside the workspace.",
        "把文件放进工作区的 data/ 并写相对路径。", "Put the file into data/ of the workspace and write a relative path.",
    ),
    Message(
        "ZIP-BOMB", ERROR,
        "工作簿解压后异常庞大（{found}），拒绝打开。", "The workbook unpacks to an unreasonable size ({found}); it is not opened.",
        "重新导出；上限为 {expected}。", "Export it again; the limit is {expected}.",
    ),
    Message(
        "ENCODING", ERROR,
        "文件编码无法识别（{found}）。", "The encoding of the file cannot be told ({found}).",
        "另存为 UTF-8 或 GBK 编码的 csv。", "Save the csv as UTF-8 or GBK.",
    ),
    Message(
        "ENCODING-GBK", HINT,
        "文件是 GBK 编码，已按 GB18030 读取。", "The file is in GBK; it was read as GB18030.",
        "不必处理；建议另存为 UTF-8。", "Nothing to do; UTF-8 is safer.",
    ),
    Message(
        "SHEET-MISSING", ERROR,
        "没有工作表“{found}”，现有：{expected}。", "There is no sheet '{found}'; the workbook has: {expected}.",
        "改正 sources.yaml 中的 sheet。", "Correct `sheet` in sources.yaml.",
    ),
    Message(
        "SHEET-AMBIGUOUS", ERROR,
        "工作簿有多个有内容的工作表：{found}。", "The workbook has several sheets with content: {found}.",
        "在 sources.yaml 中写明 sheet。", "Name the `sheet` in sources.yaml.",
    ),
    Message(
        "SHEET-HIDDEN", HINT,
        "工作表“{found}”是隐藏的，{expected}。", "Sheet '{found}' is hidden; {expected}.",
        "确认它是否应当读取。", "Make sure that this is meant.",
    ),
    Message(
        "SHEET-EMPTY", ERROR,
        "表中没有内容。", "The table is empty.",
        "填入数据，或删去该来源。", "Enter data or delete the source.",
    ),
    Message(
        "TABLE-EMPTY", WARNING,
        "表头之下没有一行数据。", "There is no row of data below the header.",
        "填入数据，或删去该来源。", "Enter the data or delete the source.",
    ),
    Message(
        "DATA-NONE", ERROR,
        "{found} 中没有任何数据。", "There is not one number in {found}.",
        "填入数据后再检查或运行。", "Enter the data, then check or run again.",
    ),
    Message(
        "CELL-FAR", WARNING,
        "远离表格的单元格没有读取：{found}。", "A cell far from the table is not read: {found}.",
        "属于表格的，移到表格旁；否则删去该单元格。", "Move it to the table if it belongs there; delete it if not.",
    ),
    Message(
        "CELLS-HIDDEN", HINT,
        "有内容的行或列是隐藏的，也已读取：{found}。", "Rows or columns with content are hidden; they are read: {found}.",
        "确认它们应当计入；不应计入的，删去。", "Make sure that they are meant to count; delete them if not.",
    ),
    Message(
        "CSV-ROW", ERROR,
        "该行有 {found} 列，表头只有 {expected} 列，可能是未加引号的千分位逗号。",
        "The row has {found} cells where the header has {expected}: perhaps a thousands comma without quotes.",
        "给含逗号的数加引号，或去掉千分位逗号。", "Quote numbers that hold commas or drop the commas.",
    ),
)  # fmt: skip

_OPTIONS = (
    Message(
        "OPTION-FIELD", ERROR,
        "{name} 中的“{found}”不是该布局的字段。{expected}", "'{found}' under {name} is no field of the layout. {expected}",
        "改正字段名。", "Correct the name of the field.",
    ),
    Message(
        "OPTION-ROW", ERROR,
        "{name} 写作 {found}，表中只有第 {expected} 行。", "{name} is {found}; the table has the rows {expected}.",
        "改正行号（从 1 数起）。", "Correct the number of the row, counted from 1.",
    ),
    Message(
        "OPTION-UNUSED", WARNING,
        "{found} 对 {expected} 不起作用。", "{found} has no effect on {expected}.",
        "删去它，或改用相应的 layout。", "Delete it, or use the layout it belongs to.",
    ),
)  # fmt: skip

_TABLES = (
    Message(
        "HEADER-MISSING", ERROR,
        "前 {found} 行找不到表头，应含：{expected}。", "No header in the first {found} rows; it should hold: {expected}.",
        "检查 layout，或在 options.header_row 写明表头所在行。", "Check `layout`, or state options.header_row.",
    ),
    Message(
        "HEADER-MERGED", ERROR,
        "表头“{found}”是合并单元格，跨 {expected}，无法知道各列是什么。",
        "Header '{found}' is a merged cell over {expected}; the columns cannot be told apart.",
        "取消合并，给每一列写上名称。", "Unmerge it and name each column.",
    ),
    Message(
        "COLUMN-TWICE", ERROR,
        "“{found}”出现在两列：{expected}。", "'{found}' stands in two columns: {expected}.",
        "删去一列，或改正列名。", "Delete one or correct its name.",
    ),
    Message(
        "COLUMN-MISSING", ERROR,
        "缺少列“{found}”。", "Column '{found}' is missing.",
        "加上该列，或在 sources.yaml 中给出。可用列名：{expected}。", "Add it, or state it in sources.yaml. Names: {expected}.",
    ),
    Message(
        "COLUMN-UNKNOWN", HINT,
        "没有读取列“{found}”。{expected}", "Column '{found}' is not read. {expected}",
        "如有需要，改正列名。", "Correct its name if it is needed.",
    ),
    Message(
        "UNIT-MISSING", ERROR,
        "“{found}”没有单位。", "'{found}' has no unit.",
        "在表中加单位行，或在 sources.yaml 写 unit 或 unit_row。", "Add a row of units, or `unit` or `unit_row` in sources.yaml.",
    ),
    Message(
        "UNIT-CUSTOM", WARNING,
        "{label} 的单位写作 {found}，统计表中惯用 {expected}，相差 {times} 倍。",
        "{label} is given in {found} where the statistics print {expected}, {times} times apart.",
        "核对该列的单位；数据确是这个单位的，不必处理。", "Check the unit of the column; there is nothing to do where the numbers are in it.",
    ),
    Message(
        "REMARK-NUMBER", HINT,
        "“{expected}”列按备注保存，其中的数 {found} 没有作为数据读取。", "Column '{expected}' is kept as remarks; its number {found} is not read as data.",
        "确认这些数不是数据；是数据的，改正列名。", "Make sure that these are no data; correct the header if they are.",
    ),
    Message(
        "ROW-UNKNOWN", ERROR,
        "不认识的平衡表行“{found}”。{expected}", "Unknown balance row '{found}'. {expected}",
        "改正行名，或在 options.skip_rows 中列出。", "Correct the name, or list it under options.skip_rows.",
    ),
    Message(
        "ITEM-UNKNOWN", ERROR,
        "不认识的能源品种“{found}”。{expected}", "Unknown energy carrier '{found}'. {expected}",
        "改正名称；品种表见 carbonpeak factors list。", "Correct the name; carbonpeak factors list prints the carriers.",
    ),
    Message(
        "FLOW-UNKNOWN", ERROR,
        "不认识的流向“{found}”。{expected}", "Unknown flow '{found}'. {expected}",
        "改正名称。", "Correct the name.",
    ),
    Message(
        "SECTOR-UNKNOWN", ERROR,
        "不认识的行业“{found}”。{expected}", "Unknown sector '{found}'. {expected}",
        "按国民经济行业分类（GB/T 4754）改正。", "Correct it by GB/T 4754.",
    ),
    Message(
        "METRIC-UNKNOWN", ERROR,
        "不认识的指标“{found}”。{expected}", "Unknown metric '{found}'. {expected}",
        "改正名称；指标表见 inventories/data/metrics.yaml。", "Correct the name; see inventories/data/metrics.yaml.",
    ),
    Message(
        "PERIOD", ERROR,
        "时期“{found}”无法识别。", "Period '{found}' cannot be read.",
        "写 2019、2019-H1、2019-Q3 或 2019-05。", "Write 2019, 2019-H1, 2019-Q3 or 2019-05.",
    ),
    Message(
        "CHOICE", ERROR,
        "“{found}”不在允许的取值之内：{expected}。", "'{found}' is not one of: {expected}.",
        "改为其中之一。", "Use one of them.",
    ),
    Message(
        "ATTRIBUTE", ERROR,
        "属性“{found}”应写成 key=value;key=value。", "Attributes '{found}' should read key=value;key=value.",
        "改正写法。", "Correct it.",
    ),
)  # fmt: skip

_CELLS = (
    Message(
        "CELL-ERROR", ERROR,
        "单元格是错误值 {found}。", "The cell holds the error {found}.",
        "改正公式后保存。", "Repair the formula and save.",
    ),
    Message(
        "CELL-FORMULA", ERROR,
        "单元格的公式没有计算结果。", "The cell holds a formula without a computed value.",
        "用 Excel 或 WPS 打开并保存一次，或粘贴为数值。", "Open and save it once in Excel or WPS, or paste as values.",
    ),
    Message(
        "CELL-NUMBER", ERROR,
        "“{found}”不是数。", "'{found}' is not a number.",
        "只写数；没有数据写 NO、NE、NA、IE、C。", "Write a number only, or NO, NE, NA, IE, C where there is none.",
    ),
    Message(
        "CELL-MERGED", ERROR,
        "数“{found}”所在的单元格合并了 {expected}，会在每一格各计一次。", "'{found}' stands in a cell merged over {expected}; it would count once for each of them.",
        "取消合并，在每一格写它自己的数。", "Unmerge it and write each cell's own number.",
    ),
    Message(
        "SCALE-TWICE", ERROR,
        "数“{found}”带有万或亿，单位 {expected} 也已按万或亿计，说不清是哪一个。",
        "'{found}' counts in ten thousands or hundred millions, and so does its unit {expected}: one of them is too much.",
        "只写数，单位写在单位栏。", "Write the number alone and its unit in the unit's place.",
    ),
    Message(
        "CELL-MISSING", ERROR,
        "“{expected}”没有填。", "'{expected}' is blank.",
        "补上，或删去该行。", "Fill it in or delete the row.",
    ),
    Message(
        "QUANTITY-BLANK", WARNING,
        "“{found}”一行没有数量，未计入。", "The row of '{found}' has no quantity and is not counted.",
        "填数；没有消费填 0，没有数据填 NE 等填报符号并说明理由。", "Enter it: 0 for none used, a notation key such as NE with its reason where there are no data.",
    ),
    Message(
        "NOTATION-REASON", WARNING,
        "填报符号 {found} 没有说明理由。", "Notation key {found} has no reason beside it.",
        "在备注列，或在 options.notation_reason 中写明理由。", "State the reason in the note column or in options.notation_reason.",
    ),
    Message(
        "NOTATION-QUANTITY", ERROR,
        "填报符号 {found} 与数量 {expected} 同时出现。", "Notation key {found} stands beside the quantity {expected}.",
        "只留其一。", "Keep one of them.",
    ),
)  # fmt: skip

# What is inferred from other numbers is a warning: published tables hold such oddities, and a user who has checked one
# must be able to go on. What is wrong whatever the other numbers say is an error.
_VALUES = (
    Message(
        "NEGATIVE", ERROR,
        "{label} 不能为负：{found}。", "{label} cannot be negative: {found}.",
        "检查符号；投入、调出、出口、期末库存才为负。", "Check the sign: only inputs, outflow, export and closing stock are negative.",
    ),
    Message(
        "SIGN-EXPECTED", WARNING,
        "{label} 的符号不合惯例：{found}，应 {expected}。", "{label}: {found} has an unusual sign; {expected} is expected.",
        "平衡表中调出、出口、期末库存为负，期初库存为正。", "In a balance outflow, export and closing stock are negative, opening stock is positive.",
    ),
    Message(
        "DUPLICATE-ROW", ERROR,
        "{label} 已在 {expected} 出现过，会重复计算。", "{label} already stands at {expected}; it would be counted twice.",
        "删去其中一个，或用属性区分。", "Delete one of them or tell them apart by an attribute.",
    ),
    Message(
        "TOTAL-AS-DATA", ERROR,
        "“{found}”是合计行，会与各分项重复计算。", "'{found}' is a total; it would be counted beside its parts.",
        "删去合计行，或写明它是哪一级合计（如 终端消费量、煤合计）。", "Delete it, or name what it totals (final consumption, coal total).",
    ),
    Message(
        "TOTAL-SUSPECT", WARNING,
        "{label} 的 {found} 恰等于同表其余 {expected} 行之和，像是合计。",
        "{label}: {found} is exactly the sum of the other {expected} rows: a total perhaps.",
        "若是合计行，请删去。", "Delete it if it is a total.",
    ),
    Message(
        "SCALE-SLIP", WARNING,
        "{label} 的数 {found} 看来大了 {times} 倍，应约为 {expected}。",
        "{label}: {found} looks {times} times too large; about {expected} would fit.",
        "核对单位（万、亿）和小数点。", "Check the unit (10^4, 10^8) and the decimal point.",
    ),
    Message(
        "SCALE-SLIP-SMALL", WARNING,
        "{label} 的数 {found} 看来小了 {times} 倍，应约为 {expected}。",
        "{label}: {found} looks {times} times too small; about {expected} would fit.",
        "核对单位（万、亿）和小数点。", "Check the unit (10^4, 10^8) and the decimal point.",
    ),
    Message(
        "SIGN-SLIP", WARNING,
        "{label} 的符号看来反了：{found}，改为 {expected} 后分项之和等于合计。",
        "{label}: the sign of {found} looks turned; with {expected} the parts sum to the total.",
        "核对该单元格的符号。", "Check the sign of the cell.",
    ),
    Message(
        "SUM-MISMATCH", WARNING,
        "{label} 的合计 {found} 与分项之和 {expected} 不等。", "{label}: the total {found} differs from the sum of its parts {expected}.",
        "核对合计与分项：能源消费总量按终端消费量、损失量、加工转换的合计行计算，分行业数和排放按分项计算。",
        "Check the total and its parts: energy totals are computed from the printed rows of final consumption, loss and transformation, sectors and emissions from the parts.",
    ),
    Message(
        "FEEDSTOCK-ORPHAN", WARNING,
        "{label} 有“用作原料、材料”{found}，但工业终端消费只有 {expected}。",
        "{label} is used as feedstock ({found}), but industry's final consumption is {expected}.",
        "“用作原料、材料”是工业终端消费的其中项，两行须一致。", "Feedstock is a part of industry's final consumption; both rows must agree.",
    ),
    Message(
        "PRICE-YEAR", ERROR,
        "可比价 {label} 没有写明价格年。", "{label} at constant prices has no price year.",
        "在 price_year 列，或在单位中写明，如 亿元（2015年价）。", "State price_year, or write it in the unit.",
    ),
    Message(
        "CURRENT-PRICE", ERROR,
        "{label} 写作 {expected} 年价的可比价，却等于当年价 {found}。",
        "{label} is given at {expected} prices but equals the current-price value {found}.",
        "改填可比价数，或把指标改为 gdp_current。", "Enter the constant-price value or change the metric to gdp_current.",
    ),
    Message(
        "PRICE-GROWTH", WARNING,
        "{label} 隐含的增速 {found}% 与公布的可比价增速 {expected}% 不符，可能是当年价。",
        "{label} implies growth of {found} % where {expected} % is given: current prices perhaps.",
        "核对价格年与口径。", "Check the price year and the coverage.",
    ),
)  # fmt: skip

MESSAGES = Catalogue(*_WORKSPACE, *_FILES, *_OPTIONS, *_TABLES, *_CELLS, *_VALUES)
