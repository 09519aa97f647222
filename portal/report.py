"""Problems as text: for a person, for a program, for GitHub's annotations.

In:  Problems, and the format asked for.
Out: text, file by file and line by line. The repeated count comes last, where somebody who scrolled sees it.

Thousands of problems mostly have one cause, so of each kind the first in a file are listed and the others counted.
What stands in a cell or a file's name is shown and never obeyed: by a terminal, by GitHub's runner, by a reader's eye.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from portal.model import Problem

Kind = tuple[str, str, str, str]
JSON_FIELDS = ("path", "line", "column", "field", "severity", "code", "message", "fix")
OF_ONE_KIND = 25  # problems of one code in one column of a file, or in none, that are listed
LISTED = 500  # problems that are listed as text
HELD = 10_000  # problems that are written as JSON
MARKED = 10  # annotations of one severity that GitHub shows for a step; it drops the others without a word

# Control characters can rewrite a terminal, those of direction turn a text round. A line break in a message is ours.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]")
COMMAND = re.compile(r"^([^\S\n]*:)(?=:)|(##)(?=\[)", re.MULTILINE)  # what GitHub's runner obeys in a line of a log


def render_problems(problems: Sequence[Problem], style: str) -> str:
    """`style`: text, json or github."""
    return RENDERERS[style](sort_problems(problems))


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """By file and place in it; what stands at one place keeps the order of the checks."""
    return sorted(problems, key=lambda p: (p.path, p.line or 0, p.column or 0))


def render_text(problems: Sequence[Problem]) -> str:
    return make_list(problems) + count(problems)


def make_list(problems: Sequence[Problem]) -> str:
    listed = choose(problems)
    left = Counter(map(kind, problems)) - Counter(map(kind, listed))
    ends = {kind(problem): number for number, problem in enumerate(listed)}
    entries = []
    for number, problem in enumerate(listed):
        entries.append(entry(problem, same_advice(problem, listed[number - 1] if number else None)))
        if number == ends[kind(problem)]:
            entries.append(more_of(problem, left[kind(problem)]))
    return "".join(entries) + more(sum(number for one, number in left.items() if one not in ends))


def choose(problems: Sequence[Problem]) -> list[Problem]:
    """The first of each kind in each file, errors before warnings when there are too many; in their order."""
    seen: Counter[Kind] = Counter()
    chosen: set[int] = set()
    for number, problem in sorted(enumerate(problems), key=lambda pair: pair[1].severity != "error"):
        seen[kind(problem)] += 1
        if seen[kind(problem)] <= OF_ONE_KIND and len(chosen) < LISTED:
            chosen.add(number)
    return [problem for number, problem in enumerate(problems) if number in chosen]


def kind(problem: Problem) -> Kind:
    return problem.path, problem.severity, problem.code, problem.field if problem.line else ""


def same_advice(problem: Problem, last: Problem | None) -> bool:
    """What was said a line above need not be said again."""
    return last is not None and (problem.path, problem.code, problem.fix) == (last.path, last.code, last.fix)


def entry(problem: Problem, said: bool = False) -> str:
    fix = f"  {problem.fix}\n" if problem.fix and not said else ""
    return make_plain(f"{place(problem)}  {problem.severity}  {problem.code}\n  {problem.message}\n{fix}\n")


def place(problem: Problem) -> str:
    """path:line:column, as far as they are known: editors jump to it. A line break in a file's name starts no line."""
    path = problem.path.replace("\n", "<U+000A>")
    return ":".join(str(part) for part in (path, problem.line, problem.column) if part)


def more_of(problem: Problem, number: int) -> str:
    if not number:
        return ""
    path = place(Problem("", "", problem.path))
    return make_plain(
        f"{path}  {problem.severity}  {problem.code}\n  and {number:,} more of the same kind in this file\n\n"
    )


def more(number: int) -> str:
    return f"and {number:,} more that are not listed; --format json lists up to {HELD:,}\n\n" if number else ""


def make_plain(text: str) -> str:
    """Text that nothing obeys: no terminal, and no runner that reads commands out of a log."""
    text = UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
    return COMMAND.sub(lambda found: f"{found[1] or found[2]} ", text)


def count(problems: Sequence[Problem]) -> str:
    errors = sum(p.severity == "error" for p in problems)
    warnings = len(problems) - errors
    return f"{errors:,} error{'' if errors == 1 else 's'}, {warnings:,} warning{'' if warnings == 1 else 's'}"


def render_json(problems: Sequence[Problem]) -> str:
    """A list, in letters that every terminal has. When it is cut, its last entry says so: code `more-problems`."""
    held = [*problems[:HELD], *name_cut(problems[HELD:])]
    text = json.dumps([{name: asdict(p)[name] for name in JSON_FIELDS} for p in held], indent=2)
    return text.replace("##[", "##\\u005b")


def name_cut(left: Sequence[Problem]) -> list[Problem]:
    if not left:
        return []
    severity = "error" if any(p.severity == "error" for p in left) else "warning"
    fix = "Mend the first ones, then check again: often many have one cause."
    return [Problem("more-problems", f"and {count(left)} that are not listed", "", fix=fix, severity=severity)]


def render_github(problems: Sequence[Problem]) -> str:
    """Annotations of what GitHub will show, then every problem in a part of the log that can be folded away."""
    marked = [p for severity in ("error", "warning") for p in spread(problems, severity)[:MARKED]]
    lines = [annotation(p) for p in marked]
    if len(marked) < len(problems):
        text = f"{len(marked)} of {len(problems):,} problems are marked in the files: all are in the log of this step."
        lines.append(f"::notice title=more problems::{text}")
    group = f"::group::All problems\n{make_list(problems)}::endgroup::\n" if problems else ""
    return "".join(f"{line}\n" for line in lines) + group + count(problems)


def spread(problems: Sequence[Problem], severity: str) -> list[Problem]:
    """One of each file first, then one of each further kind in a file, then the others."""
    seen: Counter[Kind] = Counter()
    kinds: dict[str, list[str]] = {}  # path -> its codes, in order
    ranks: list[tuple[int, int, int]] = []
    chosen = [p for p in problems if p.severity == severity]
    for number, problem in enumerate(chosen):
        codes = kinds.setdefault(problem.path, [])
        if problem.code not in codes:
            codes.append(problem.code)
        ranks.append((seen[kind(problem)], codes.index(problem.code), number))
        seen[kind(problem)] += 1
    return [chosen[number] for _, _, number in sorted(ranks)]


def annotation(problem: Problem) -> str:
    path = from_root(problem.path)
    properties = {"file": path, "line": problem.line, "col": problem.column, "title": problem.code}
    named = ",".join(f"{k}={escape(str(v), ',:')}" for k, v in properties.items() if v)
    told = f"{problem.message}\n{problem.fix}".strip()
    return f"::{problem.severity} {named}::{escape(told)}"


def from_root(path: str) -> str:
    """As GitHub names a file: from the root of the repository, wherever the command stood."""
    full = Path.cwd() / path
    root = next((folder for folder in full.parents if (folder / ".git").exists()), None)
    return full.relative_to(root).as_posix() if path and root else path


def escape(text: str, more: str = "") -> str:
    """As GitHub's workflow commands want it: a cell's line break must not start a command of its own."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


RENDERERS = {"text": render_text, "json": render_json, "github": render_github}
