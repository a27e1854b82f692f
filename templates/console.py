"""What the command line prints: tables, trees, problem lists, progress, JSON; and what an error becomes.

Results go to stdout, remarks and progress to stderr. A console that lacks a character (GBK, ASCII) shows `?` for it;
JSON is then written in ASCII escapes, so that nothing is lost. rich is imported when something is printed.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from inspect import cleandoc
from math import isnan
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec

import typer

from .figure import Lang, Text

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from ..accounting.problems import InputError, Problem, ProblemList

P = ParamSpec("P")
DONE, DIFFERENT, WRONG_INPUT, OUR_FAULT, CANNOT_JUDGE, INTERRUPTED = 0, 1, 2, 3, 4, 130
WIDE = 200
"""columns of a table that goes into a file or a pipe"""
LEVEL_STYLE = {"error": "bold red", "warning": "yellow", "hint": "cyan"}


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Wrap a command: a user's mistake ends in its whole problem list (exit 2), ours in one sentence (exit 3)."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        from ..accounting.problems import InputError

        ready()
        lang: Lang = "en" if kwargs.get("lang") == "en" else "zh"
        try:
            command(*args, **kwargs)
        except (typer.Exit, typer.Abort):
            raise
        except InputError as error:
            refuse(error, lang, bool(kwargs.get("as_json")))
        except KeyboardInterrupt:
            leave(INTERRUPTED)
        except BrokenPipeError:
            # the reader (head, less) has seen enough; Python would complain again when it flushes
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            leave(DONE)
        except OSError as error:
            _blame_file(error, lang)
        except Exception as error:
            _apologise(error, lang)

    # \b keeps the line break between the languages in the help
    run.__doc__ = "\b\n" + cleandoc(command.__doc__ or "")
    return run


def ready() -> None:
    """Make the streams replace what they cannot show instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def leave(code: int) -> NoReturn:
    """End the command with an exit code."""
    raise typer.Exit(code)


def refuse(error: InputError, lang: Lang, as_json: bool = False) -> NoReturn:
    """Print the problem list of a wrong input and end with code 2."""
    problems(error.problems, lang, as_json, err=not as_json)
    leave(WRONG_INPUT)


def _blame_file(error: OSError, lang: Lang) -> NoReturn:
    """A file that another program holds, a full disk, no permission: the user can help that."""
    _trace(error)
    from ..accounting.problems import Where
    from .messages import MESSAGES

    name, why = str(error.filename or "-"), error.strerror or type(error).__name__
    problem = MESSAGES.problem("FILE-LOCKED", Where(file=name), name, reason=why)
    _console(err=True).print(problem.text(lang), markup=False, highlight=False, soft_wrap=True)
    leave(WRONG_INPUT)


def _apologise(error: Exception, lang: Lang) -> NoReturn:
    """Say that the fault is ours, and what to send us."""
    _trace(error)
    what = f"{type(error).__name__}: {error}"
    note(Text(
        f"程序内部错误（{what}）。这不是您的输入造成的；请设 CARBONPEAK_DEBUG=1 重做一次，把屏幕输出和 carbonpeak --version 发给维护者。",
        f"Internal error ({what}). Your input is not to blame. Please repeat with CARBONPEAK_DEBUG=1 and send the "
        "output and carbonpeak --version to the maintainers.",
    ), lang)  # fmt: skip
    leave(OUR_FAULT)


def _trace(error: Exception) -> None:
    if os.environ.get("CARBONPEAK_DEBUG", "") not in ("", "0"):
        import traceback

        traceback.print_exception(error)


def _console(err: bool = False) -> Console:
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    # rich would cut tables at 80 columns where nobody looks on
    width = None if stream.isatty() or os.environ.get("COLUMNS") else WIDE
    return Console(file=stream, width=width, highlight=False, emoji=False)


def note(text: Text, lang: Lang) -> None:
    """Print one sentence for the reader on stderr."""
    _console(err=True).print(text.in_(lang), markup=False, soft_wrap=True)


def say(text: str) -> None:
    """Print one line of the result on stdout."""
    _console().print(text, markup=False, soft_wrap=True)


def to_json(data: Any) -> None:
    """Print JSON: readable where the console can show it, ASCII escapes elsewhere. NaN is null."""
    whole = "utf" in (sys.stdout.encoding or "").lower()
    sys.stdout.write(json.dumps(_plain(data), ensure_ascii=not whole, indent=1, allow_nan=False, default=str) + "\n")


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(value) for value in data]
    if isinstance(data, float):
        return None if isnan(data) else data
    return data.item() if hasattr(data, "item") else data


def table(frame: pd.DataFrame, columns: Sequence[tuple[str, Text]], lang: Lang, as_json: bool, title: str = "") -> None:
    """Print columns of a frame as a table with headings, or all of it as JSON records."""
    if as_json:
        to_json(frame.to_dict("records"))
        return
    from rich.table import Table
    from rich.text import Text as Cell

    printed = Table(title=title or None, title_justify="left", header_style="bold")
    for name, heading in columns:
        number = frame[name].dtype.kind in "fi"
        printed.add_column(heading.in_(lang), justify="right" if number else "left", overflow="fold")
    for row in frame[[name for name, _ in columns]].to_dict("records"):
        printed.add_row(*(Cell(shown(value)) for value in row.values()))
    _console().print(printed)


def tables(found: Mapping[str, tuple[pd.DataFrame, Sequence[tuple[str, Text]]]], lang: Lang, as_json: bool) -> None:
    """Print several tables, or one JSON object that holds their records by name."""
    if as_json:
        to_json({name: frame.to_dict("records") for name, (frame, _) in found.items()})
        return
    for frame, columns in found.values():
        if frame.empty:
            say(Text("没有变化。", "No change.").in_(lang))
        else:
            table(frame, columns, lang, False)


def unit(name: str, lang: Lang) -> str:
    """Return a unit of a table as a console prints it: 万吨标准煤, 10^4 tce; blank for a pure number."""
    from ..accounting.unit_names import chinese

    return "" if name == "1" else chinese(name) if lang == "zh" else name


def shown(value: Any) -> str:
    """Return a cell's text: six significant digits, blank for a missing number."""
    if isinstance(value, float):
        return "" if isnan(value) else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return "" if value is None else str(value)


def problems(found: ProblemList, lang: Lang, as_json: bool = False, err: bool = False) -> None:
    """Print a problem list: every one with its address and remedy, then the count of each level."""
    if as_json:
        to_json({"problems": [problem.record() for problem in _named(found)]})
        return
    remarks(found, lang, err)
    counts = [(level, len(found.at(level))) for level in _levels()]
    words = Text("，", ", ").in_(lang).join(f"{level.label(lang)} {count}" for level, count in counts if count)
    none = Text("没有发现问题。", "No problem found.").in_(lang)
    _console(err).print(
        Text(f"共 {len(found)} 条：{words}", f"{len(found)} in all: {words}").in_(lang) if found else none
    )


def checked(found: ProblemList, checks: pd.DataFrame, lang: Lang, as_json: bool) -> None:
    """Print the problems of `check`, then what came of the reviewer's checks where there are any."""
    if as_json:
        records = [problem.record() for problem in _named(found)]
        to_json({"problems": records, "checks": checks.to_dict("records")})
        return
    problems(found, lang)
    if len(checks):
        passed, outside, open_ = ((checks["status"] == one).sum() for one in ("passed", "found", "not_possible"))
        say(Text(
            f"一致性检查 {len(checks)} 项：通过 {passed}，发现问题 {outside}，不能检查 {open_}（逐项见 --json 或报告）",
            f"Consistency checks, {len(checks)}: {passed} passed, {outside} found something, {open_} not possible "
            "(each in --json and in the report)",
        ).in_(lang))  # fmt: skip


def remarks(found: Iterable[Problem], lang: Lang, err: bool = True) -> None:
    """Print problems one a line, coloured by level."""
    console = _console(err)
    for problem in _named(found):
        console.print(problem.text(lang), style=LEVEL_STYLE[problem.level.value], markup=False, soft_wrap=True)


def _named(found: Iterable[Problem]) -> Iterable[Problem]:
    """Problems with the names of codes; those of a run have them already."""
    waiting = list(found)
    if not any("⟨" in one.zh or "⟨" in one.en for one in waiting):
        return waiting
    from ..inventories.names import Names

    return Names.bundled().problems(waiting)


def _levels() -> list[Any]:
    from ..accounting.problems import Level

    return list(Level)


def tree(lines: Iterable[str]) -> None:
    """Print indented lines as they are."""
    console = _console()
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)


@contextmanager
def progress(lang: Lang) -> Iterator[Callable[[str], None]]:
    """Show what is being done and for how long, on a terminal only; yields the function to tell it."""
    console = _console(err=True)
    if not console.is_terminal:
        yield lambda text: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(Text("准备", "starting").in_(lang))
        yield lambda text: bar.update(task, description=text)
