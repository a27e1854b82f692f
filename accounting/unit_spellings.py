"""How people write the units of units.txt, and spellings that are refused because they mean several things.

`SPELLINGS` maps a spelling to a unit name of units.txt (`1` = dimensionless). Case matters everywhere: M is mega,
m is milli or metre. Chinese spellings are those of NBS tables, GB/T 2589 and the bureaux' workbooks.
"""

from unicodedata import normalize

SCALE_WORDS: tuple[tuple[str, int], ...] = (
    ("百亿", 10), ("十亿", 9), ("亿", 8), ("千万", 7), ("百万", 6), ("十万", 5), ("万", 4), ("千", 3), ("百", 2), ("wan ", 4), ("yi ", 8),
)  # fmt: skip
"""longest first; a word counts as scale only where the rest is a known unit, so 千克 and 千瓦时 stay names"""

_NAMES = """
g kg t kt Mt Gt mg tC kgC gC tCO2 kgCO2 gCO2 ktCO2 MtCO2 GtCO2 tCH4 kgCH4 gCH4 tN2O kgN2O gN2O tCO2e kgCO2e gCO2e
tCO2e_SAR tCO2e_AR4 tCO2e_AR5 tCO2e_AR6 kgCO2e_SAR kgCO2e_AR4 kgCO2e_AR5 kgCO2e_AR6
kJ J MJ GJ TJ PJ EJ kWh MWh GWh TWh kcal_IT kcal_20C kcal_th Btu toe kgoe Mtoe kW W MW GW
gce kgce tce Mtce gce_eq kgce_eq tce_eq L mL kL m3_liquid bbl m3 Nm3 m3_20C m3_15C m3_water m2 mu ha km2
s h d a person household head vehicle piece yuan km m percent permille point
""".split()

_GROUPS: dict[str, str] = {
    "1": "1 one 无量纲 dimensionless",
    "percent": "% ％ 百分比 pct",
    "permille": "‰",
    "point": "个百分点 百分点 percentage_points",
    "ug": "μg µg ug 微克",
    "mg": "毫克",
    "g": "克 gram",
    "kg": "千克 公斤 kgs",
    "t": "吨 公吨 tonne tonnes metric_ton metric_tons",
    "tC": "吨碳 tc",
    "kgC": "千克碳",
    "tCO2": "吨二氧化碳 吨CO2 t_CO2 tco2 tonCO2",
    "kgCO2": "千克二氧化碳 公斤二氧化碳 kg_CO2 kgco2 千克CO2",
    "gCO2": "克二氧化碳",
    "MtCO2": "Mt_CO2",
    "tCO2e": "吨二氧化碳当量 吨CO2当量 tCO2eq",
    "kgCO2e": "千克二氧化碳当量 kgCO2eq",
    "tCH4": "吨甲烷",
    "kgCH4": "千克甲烷",
    "tN2O": "吨氧化亚氮",
    "kgN2O": "千克氧化亚氮",
    "J": "焦 焦耳",
    "kJ": "千焦 千焦耳 kj KJ",
    "MJ": "兆焦 兆焦耳",
    "GJ": "吉焦 吉焦耳 百万千焦 百万千焦耳",
    "TJ": "太焦",
    "PJ": "拍焦",
    "kWh": "千瓦时 千瓦小时 度 kwh KWh KWH kW*h kw*h kW.h kW·h",
    "MWh": "兆瓦时 mwh_el",
    "GWh": "吉瓦时",
    "TWh": "太瓦时",
    "kW": "千瓦 kw KW",
    "MW": "兆瓦",
    "GW": "吉瓦",
    "kcal_IT": "千卡_IT 大卡_IT kcalIT",
    "steam_t": "蒸吨 蒸吨/小时 t/h蒸发量",
    "toe": "吨标准油 吨标油 吨油当量",
    "kgoe": "千克标准油",
    "tce": "吨标准煤 吨标煤 吨煤当量 tec tSCE 吨标准煤(当量值) 吨标准煤当量 tce_cal tce(当量值) 吨标准煤当量值",
    "kgce": "千克标准煤 公斤标准煤 千克标煤 公斤标煤 kgec",
    "gce": "克标准煤 克标煤",
    "tce_eq": "吨标准煤(等价值) tce(等价值) 吨标准煤等价值",
    "kgce_eq": "千克标准煤(等价值)",
    "gce_eq": "克标准煤(等价值)",
    "L": "升 liter litre l",
    "kL": "千升",
    "bbl": "桶",
    "m3": "立方米 立方 方 cu.m cum m^3 m**3 立米",
    "Nm3": "标准立方米 标立方米 标方 Nm^3 Nm**3 m3_0C 立方米(0℃) m3(0°C) m3(0C) 标立方",
    "m3_20C": "立方米(20℃) Sm3 m3(20°C) m3(20C) 立方米(20°C)",
    "m3_water": "立方米水",
    "m2": "平方米 m^2 m**2 平米",
    "km2": "平方公里 平方千米 km^2",
    "ha": "公顷 hectare",
    "mu": "亩",
    "s": "秒",
    "h": "小时 hour hours",
    "d": "天 日 day days",
    "a": "年 year years",
    "person": "人 persons people 口",
    "household": "户 households",
    "head": "头 只 羽 heads",
    "vehicle": "辆 vehicles",
    "piece": "个 件 台 套 座",
    "yuan": "元 人民币元 CNY RMB",
    "km": "公里 千米",
    "m": "米",
}

SPELLINGS: dict[str, str] = {name: name for name in _NAMES}
for _unit, _words in _GROUPS.items():
    # texts are compared in the compatibility form (℃ -> °C, ％ -> %, µ -> μ)
    SPELLINGS.update(dict.fromkeys(normalize("NFKC", _words).split(), _unit))

CHINESE: dict[str, str] = {
    unit: next(word for word in words.split() if not word.isascii())
    for unit, words in _GROUPS.items()
    if not words.isascii() and unit not in ("1", "percent")
}
"""unit name -> how a Chinese sentence writes it"""

TRAPS: dict[str, str] = {
    "ton": "吨写 t；短吨（907 kg）和长吨（1016 kg）不收。Write t for tonnes; short and long tons are not accepted.",
    "tons": "吨写 t；短吨（907 kg）和长吨（1016 kg）不收。Write t for tonnes; short and long tons are not accepted.",
    "MT": "公吨写 t，百万吨写 Mt。Write t for metric tons, Mt for million tonnes.",
    "mt": "公吨写 t，百万吨写 Mt。Write t for metric tons, Mt for million tonnes.",
    "T": "吨写 t，太焦写 TJ。Write t for tonnes, TJ for terajoules.",
    "KT": "千吨写 kt。Write kt for thousand tonnes.",
    "kcal": "请注明卡的种类：kcal_IT（4.1868 kJ，GB/T 2589-2020）、kcal_20C（4.1816 kJ，GB/T 2589-2008）、kcal_th（4.184 kJ）。State which calorie.",
    "cal": "请注明卡的种类：kcal_IT、kcal_20C 或 kcal_th。State which calorie.",
    "大卡": "请注明卡的种类：kcal_IT（4.1868 kJ）、kcal_20C（4.1816 kJ）或 kcal_th（4.184 kJ）。State which calorie.",
    "千卡": "请注明卡的种类：kcal_IT（4.1868 kJ）、kcal_20C（4.1816 kJ）或 kcal_th（4.184 kJ）。State which calorie.",
    "CO2": "请写质量单位，例如 tCO2、万吨二氧化碳。Write a mass, e.g. tCO2.",
    "CO2e": "请写质量单位和 GWP 版本，例如 tCO2e_AR5。Write a mass and the GWP set, e.g. tCO2e_AR5.",
    "mWh": "兆瓦时写 MWh。Write MWh for megawatt hours.",
    "Gj": "吉焦写 GJ。Write GJ for gigajoules.",
    "gj": "吉焦写 GJ。Write GJ for gigajoules.",
    "mj": "兆焦写 MJ。Write MJ for megajoules.",
    "w": "瓦写 W，万写 万 或 10^4。Write W for watt, 10^4 for 万.",
    "M3": "立方米写 m3。Write m3 for cubic metres.",
    "Kg": "千克写 kg。Write kg for kilograms.",
    "KG": "千克写 kg。Write kg for kilograms.",
    "标煤": "请写质量单位，例如 吨标准煤、tce。Write a mass, e.g. tce.",
}
"""spelling -> what to write instead"""
