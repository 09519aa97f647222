"""Problems as text: for a person, for a program, for GitHub's annotations.

In:  Problems, and the format asked for.
Out: text. The repeated count comes last, where somebody who scrolled sees it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from portal.model import Problem

JSON_FIELDS = ("path", "line", "column", "field", "severity", "code", "message", "fix")


def render_problems(problems: Sequence[Problem], style: str) -> str:
    """`style`: text, json or github."""
    return RENDERERS[style](problems)


def render_text(problems: Sequence[Problem]) -> str:
    return "".join(
        f"{place(p)}  {p.severity}  {p.code}\n  {p.message}\n{f'  {p.fix}' + chr(10) if p.fix else ''}\n"
        for p in problems
    ) + count(problems)


def place(problem: Problem) -> str:
    """path:line:column, as far as they are known: editors jump to it."""
    return ":".join(str(part) for part in (problem.path, problem.line, problem.column) if part)


def count(problems: Sequence[Problem]) -> str:
    errors = sum(p.severity == "error" for p in problems)
    warnings = len(problems) - errors
    return f"{errors} error{'' if errors == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}"


def render_json(problems: Sequence[Problem]) -> str:
    return json.dumps([{name: asdict(p)[name] for name in JSON_FIELDS} for p in problems], indent=2, ensure_ascii=False)


def render_github(problems: Sequence[Problem]) -> str:
    return "".join(f"{annotation(p)}\n" for p in problems) + count(problems)


def annotation(problem: Problem) -> str:
    properties = {"file": problem.path, "line": problem.line, "col": problem.column, "title": problem.code}
    named = ",".join(f"{k}={escape(str(v), ',:')}" for k, v in properties.items() if v)
    return f"::{problem.severity} {named}::{escape(f'{problem.message} {problem.fix}'.strip())}"


def escape(text: str, more: str = "") -> str:
    """As GitHub's workflow commands want it: a cell's line break must not start a command of its own."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


RENDERERS = {"text": render_text, "json": render_json, "github": render_github}
