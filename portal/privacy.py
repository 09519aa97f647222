"""How data is quoted in a message without repeating what could point at a person.

In:  a cell, a sentence, the Problems of a run.
Out: a text that is safe to print. The last defence: whatever a check forgot, no message, report, annotation or log
     repeats an address, a number or a name, nor the cell that another check refuses as identifying.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from portal.identifiers import find_personal, is_nhs_number
from portal.model import Problem

LONGEST = 60
WITHHELD = "[withheld]"
NOT_REPEATED = "this text"
# A count that stands alone is hidden when it is small; a message about its row must not print it.
FEW = "one|two|three|four|five|six|seven|eight|nine"
COUNTED = "children|child|young people|young persons?|people|persons?|pupils?|families|family|cases?"
ROUND_IT = r"[\s*<>≤≥~()\[\].,'\"+-]*"
SMALL = re.compile(
    rf"{ROUND_IT}(?:0*[1-9](?:\.0+)?|{FEW})(?:\s*\([\d.]+ ?%\)|\s*(?:{COUNTED}))?{ROUND_IT}", re.IGNORECASE
)
# Findings whose cell no other message may repeat.
DISCLOSURES = re.compile(
    r"small-number|personal-|record-level|hidden|suppress|recover|running|rate-of-|confidential|secondary"
)
UNDECLARED = "small-number-undeclared"  # a question, and as a warning no secret: the number will be published
# Where it is and how wide, which is no secret.
KEPT = r"(?:rows?|lines?|columns?) (?:\d+|\"[^\"]*\")|[^\s\"]+\.\w+:\d+|\d+ cells?\b|the header has \d+"
REPEATED_TEXT = re.compile(rf"({KEPT})|\"[^\"]*\"")
REPEATED = re.compile(rf"({KEPT})|\"[^\"]*\"|(?<![\w-])[£<>-]?\d[\d,.]*%?(?![\w-])|\b(?:{FEW})\b", re.IGNORECASE)

QUOTED = re.compile(r"column \"[^\"]*\"|\"([^\"]*)\"")


def quote(text: object) -> str:
    """A cell as a message may repeat it: in quotation marks, cut short, on one line; or the words that it is not."""
    plain = " ".join(str(text).split())
    if (
        find_personal(str(text))
        or find_personal(plain)
        or SMALL.fullmatch(plain)
        or is_nhs_number(re.sub(r"\W", "", plain))
    ):
        return NOT_REPEATED
    return f'"{plain if len(plain) <= LONGEST else plain[:LONGEST] + "…"}"'


def withhold_text(text: str) -> str:
    """The text with everything personal in it replaced."""
    kept, end = [], 0
    for _, start, stop in find_personal(text):
        kept += [text[end:start], WITHHELD]
        end = stop
    return "".join([*kept, text[end:]])


def withhold_path(path: str) -> str:
    """In the name of a file an underscore stands for a space."""
    if not find_personal(path.replace("_", " ")):
        return path
    parts = [WITHHELD if find_personal(part.replace("_", " ")) else part for part in path.split("/")]
    return "/".join(parts) if WITHHELD in parts else WITHHELD


def withhold(problem: Problem) -> Problem:
    """The same problem, its words and names without anything personal. Most have nothing, and stay as they are."""
    texts = (problem.message, problem.fix, problem.field, problem.path)
    message, fix, field = (withhold_text(text) for text in texts[:3])
    path = withhold_path(problem.path)
    if problem.path.lower().endswith((".csv", ".tsv", ".txt")):
        message = QUOTED.sub(lambda found: WITHHELD if SMALL.fullmatch(found[1] or "") else found[0], message)
    return (
        problem
        if (message, fix, field, path) == texts
        else replace(problem, message=message, fix=fix, field=field, path=path)
    )


def withhold_all(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """All of a run, in their order: what one of them refuses as identifying, no other on the same line repeats."""
    everything = tuple(problems)
    refused_on = [p for p in everything if p.line and DISCLOSURES.match(p.code) and p.code != UNDECLARED]
    lines = {(p.path, p.line) for p in refused_on}
    files = {p.path for p in everything if p.code == "record-level"}
    counts = {(p.path, p.line) for p in refused_on if not p.code.startswith("personal-")}

    def is_beside(problem: Problem) -> bool:
        refused = problem.path in files or (problem.path, problem.line) in lines
        return refused and not DISCLOSURES.match(problem.code)

    def told(problem: Problem) -> Problem:
        return silence(problem, (problem.path, problem.line) in counts) if is_beside(problem) else problem

    return tuple(withhold(told(problem)) for problem in everything)


def silence(problem: Problem, numbers: bool) -> Problem:
    """Without any quoted text, and without numbers either, but with its place: the reader finds the cell by that."""
    pattern = REPEATED if numbers else REPEATED_TEXT
    message, fix = (pattern.sub(lambda found: found[1] or WITHHELD, text) for text in (problem.message, problem.fix))
    return replace(problem, message=message.replace(f" ({WITHHELD})", ""), fix=fix)
