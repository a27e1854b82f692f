"""Messages of the enterprise forms: audit rules of forms 205-1 and 205-2 (E = error, Q = query)."""

from ..accounting.problems import Catalogue, Level, Message

MESSAGES = Catalogue(
    Message(
        "EF-PARTS", Level.ERROR,
        "消费量合计 {found} 不等于工业生产消费加非工业生产消费 {expected}。", "Consumption {found} is not the sum of production and other use, {expected}.",
        "核对该行三栏。", "Check the three columns of this line.",
    ),
    Message(
        "EF-KINDS", Level.ERROR,
        "{found} 不等于其中各品种之和 {expected}。", "{found} is not the sum of its kinds, {expected}.",
        "核对“其中”各行。", "Check the rows of its kinds.",
    ),
    Message(
        "EF-TOTAL", Level.ERROR,
        "能源合计 {found} 吨标准煤不等于各品种折标之和 {expected}。", "The total of {found} tce is not the sum over carriers, {expected}.",
        "核对采用折标系数和各品种消费量。", "Check the coefficients and the consumption of each carrier.",
    ),
    Message(
        "EF-OPENING", Level.ERROR,
        "{found} 的年初库存量在年内变化：{expected}。", "The opening stock of {found} changes within the year: {expected}.",
        "年初库存量全年不变，等于上年末库存。", "The opening stock is that of the year's first day in every month.",
    ),
    Message(
        "EF-FALLS", Level.ERROR,
        "累计数下降：{found}，上期 {expected}。", "A year-to-date figure falls: {found} after {expected}.",
        "核对两期报表；累计数不能减少。", "Check both months; year-to-date figures do not fall.",
    ),
    Message(
        "EF-STOCK", Level.ERROR,
        "{found} 没有库存，却填了库存量。", "{found} has no stock, but a stock is given.",
        "删去该数。", "Delete the number.",
    ),
    Message(
        "EF-COEFFICIENT", Level.WARNING,
        "采用折标系数 {found} 超出 {expected}。", "The coefficient {found} lies outside {expected}.",
        "核对实测热值或单位。", "Check the measured heat value or the unit.",
    ),
    Message(
        "EF-MONTHS", Level.WARNING,
        "{found} 的各月之和不等于全年数 {expected}，取全年数。", "The months of {found} do not add up to the year, {expected}; the year is taken.",
        "核对月报与年报。", "Check months against the year.",
    ),
)  # fmt: skip
