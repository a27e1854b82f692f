"""Which Chinese font can draw a chart on this machine. No font is shipped: the optional wheel or the system's own.

Searched in order: the package `pylopdf_fonts_zh_cn` (extra `fonts`), then the usual folders of Windows, macOS, Linux.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

# names for files that are only read elsewhere: a browser or Word takes the first it has
STACK = ("Noto Sans SC", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "SimHei")
GENERIC = "sans-serif"
# numbers alone: measuring a digit in a Chinese font takes ten times as long
DIGITS = "Liberation Sans, Arial, Helvetica, sans-serif"

_WHEEL = "pylopdf_fonts_zh_cn"
# file name -> family, best first
_FILES = {
    "NotoSansSC-Regular.otf": "Noto Sans SC",
    "msyh.ttc": "Microsoft YaHei",
    "Deng.ttf": "DengXian",
    "simhei.ttf": "SimHei",
    "simsun.ttc": "SimSun",
    "PingFang.ttc": "PingFang SC",
    "Hiragino Sans GB.ttc": "Hiragino Sans GB",
    "STHeiti Light.ttc": "Heiti SC",
    "NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
    "SourceHanSansSC-Regular.otf": "Source Han Sans SC",
    "SourceHanSansCN-Regular.otf": "Source Han Sans CN",
    "wqy-microhei.ttc": "WenQuanYi Micro Hei",
    "wqy-zenhei.ttc": "WenQuanYi Zen Hei",
    "uming.ttc": "AR PL UMing CN",
}


@dataclass(frozen=True)
class Font:
    """A font file and the family name it answers to."""

    family: str
    path: Path


def _folders() -> list[Path]:
    home = Path.home()
    folders = [
        Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
        home / "AppData/Local/Microsoft/Windows/Fonts",
        Path("/System/Library/Fonts"),
        Path("/Library/Fonts"),
        home / "Library/Fonts",
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    ]
    return [folder for folder in folders if folder.is_dir()]


def _wheel_folder() -> list[Path]:
    spec = find_spec(_WHEEL)
    return [Path(place) for place in spec.submodule_search_locations or ()] if spec else []


@lru_cache(maxsize=1)
def cjk_font() -> Font | None:
    """Return the Chinese font to draw with, or None. The first call looks through the font folders."""
    for folder in (*_wheel_folder(), *_folders()):
        present = {name: Path(place) / name for place, _, names in os.walk(folder) for name in names if name in _FILES}
        for name, family in _FILES.items():
            if name in present:
                return Font(family, present[name])
    return None


def families() -> str:
    """Return the font list for charts, the font that is here first."""
    font = cjk_font()
    names = [font.family] if font else []
    return ", ".join([*names, *(name for name in STACK if name not in names), GENERIC])


@lru_cache(maxsize=1)
def register() -> Font | None:
    """Make the font known to vl-convert (once a process) and return it."""
    import vl_convert

    font = cjk_font()
    if font:
        vl_convert.register_font_directory(str(font.path.parent))
    return font
