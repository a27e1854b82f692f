"""Messages of the commands that make a workspace or bring tables into it."""

from ..accounting.problems import Catalogue, Level, Message

ERROR = Level.ERROR

MESSAGES = Catalogue(
    Message(
        "IMPORT-ENTITY", ERROR,
        "从“{found}”看不出是哪个地区的表。", "'{found}' does not say which place the table is of.",
        "用 --region 写明，如 --region 410000。", "State it with --region, e.g. --region 410000.",
    ),
    Message(
        "IMPORT-PERIOD", ERROR,
        "从“{found}”看不出是哪一年的表。", "'{found}' does not say which year the table is of.",
        "用 --year 写明，如 --year 2019。", "State it with --year, e.g. --year 2019.",
    ),
    Message(
        "IMPORT-PLACES", ERROR,
        "工作簿里有 {found} 个地区的表：{expected}。一个工作区只核算一个地区。",
        "The workbook has tables of {found} places: {expected}. A workspace is about one place.",
        "用 --region 写明其中一个，每个地区用各自的 --into 目录。", "Name one of them with --region; give each place a folder of its own with --into.",
    ),
    Message(
        "IMPORT-SHEET", ERROR,
        "没有“{found}”的工作表，现有：{expected}。", "No sheet is '{found}'; there are: {expected}.",
        "改正 --region、--year 或 --sheet；工作表名与内容不符时用 --sheet 写明。",
        "Correct --region, --year or --sheet; where a sheet's name does not say what it holds, state it with --sheet.",
    ),
    Message(
        "IMPORT-TWICE", ERROR,
        "工作表 {found} 都是 {expected} 的表，会重复计算。", "Sheets {found} are all of {expected}; they would be counted twice.",
        "用 --sheet 写明其中一个，或给工作表名加上年份。", "Name one of them with --sheet, or put the year into the sheets' names.",
    ),
    Message(
        "IMPORT-EXISTS", ERROR,
        "工作区里已有另一个文件“{found}”，内容不同。", "The workspace already holds another file '{found}' with other content.",
        "改文件名后再导入。", "Rename the file and import it again.",
    ),
    Message(
        "IMPORT-LIST", ERROR,
        "sources.yaml 的 sources 不是逐行列表，无法自动添加。", "`sources` in sources.yaml is not a list of lines; nothing was added.",
        "手工加上：{expected}", "Add by hand: {expected}",
    ),
    Message(
        "INIT-EXISTS", ERROR,
        "“{found}”已存在且不为空。", "'{found}' exists and is not empty.",
        "换一个目录。", "Choose another folder.",
    ),
    Message(
        "EXAMPLE-UNKNOWN", ERROR,
        "没有示例“{found}”，现有：{expected}。", "There is no example '{found}'; there are: {expected}.",
        "改正名称。", "Correct the name.",
    ),
)  # fmt: skip
