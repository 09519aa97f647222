"""The classes of words that look like a quantity and are none: declared here, few, each with the reason why.

In:  nothing.
Out: `CLASSES`, and what data counts: a number before one of those words is always a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# What data counts: a number before one of these is no year, no section of a law and no class at school.
COUNTED = (
    "children|child|young|people|persons?|families|adopters|carers|placements|days|boys|girls|babies|cases|referrals"
    "|contacts|assessments|pupils|calls|visits|posts|workers|hours|weeks|months|years|homes|beds|nights|absences|staff"
    "|episodes|complaints|places"
)
NOT_COUNTED = rf"(?! (?:{COUNTED})\b)"


@dataclass(frozen=True, slots=True)
class Class:
    """Words that look like a quantity and are none, wherever they stand."""

    name: str
    reason: str
    pattern: re.Pattern[str]


def class_of(name: str, reason: str, pattern: str) -> Class:
    return Class(name, reason, re.compile(pattern, re.IGNORECASE))


CLASSES = (
    class_of(
        "ordinal",
        "It says which, not how many.",
        r"\b(?:(?:the|a|on|at|her|his|their|your|this) )?(?:first|second)\b"
        r"|\b(?:(?:the|on|at|her|his|their|your|this) )?(?:fourth|sixth|seventh|eighth|ninth|twentieth|hundredth)\b"
        r"|\b(?:an?|one) (?:fourth|sixth|seventh|eighth|ninth)\b(?! (?:of|were|are|was|is|had|have|waited)\b)(?! part)"
        r"|\b(?:the|one) (?:third|fifth|tenth)\b(?! of\b)(?! part)|\bthird[- ](?:stage|party|parties|report|time)\b"
        r"|\b\d{1,2}(?:st|nd|rd|th)\b",
    ),
    class_of(
        "one",
        "The word stands for a thing, not for a count.",
        r"\b(?:no|any|every|each|some)?one\b"
        r"(?![- ](?:in|out of|hundred|thousand|million|third|half|quarter|fifth|tenth)\b)"
        r"(?! (?:[a-z]+ )?(?:child|baby|boy|girl|young person|person|pupil|family)\b)"
        r"(?! of (?:the|these|those|our|its) (?:[a-z]+ )?"
        r"(?:children|babies|boys|girls|young people|pupils|families)\b)",
    ),
    class_of(
        "school-year",
        "It is the name of a class or of a stage of school.",
        r"\b(?-i:[Kk]ey [Ss]tages?|KS) ?[1-5]\b|\b(?-i:Years?) ?(?:1[0-3]|[1-9])\b",
    ),
    class_of(
        "half-term",
        "It is the name of a part of the school year.",
        r"\b(?:(?:the|an?|each|every|this) )?half[- ](?:terms?|termly|year(?:ly)?)\b",
    ),
    class_of(
        "quarter",
        "It is the name of a part of the year.",
        r"\b(?:each|every|this|last|next|per) quarter\b(?! of\b)",
    ),
    class_of(
        "age-band",
        "It is the name of a group of people of an age.",
        r"\b(?:\d|1\d|2[0-5]|65)(?:[- ]plus\b|\+(?! [a-z]))",
    ),
    class_of(
        "rate-base",
        "A rate says how many there are among so many; the base is a rule and not a count.",
        r"\b(?:per|every) (?:100|1,?000|10,?000|100,?000|(?:(?:ten |hundred )?thousand)|hundred)\b(?![,.]?\d)",
    ),
    class_of(
        "rounding",
        "It says how a publisher rounds.",
        r"\bnearest (?:5|10|100|1,?000|five|ten|hundred|thousand|million)\b(?![,.]?\d)",
    ),
    class_of(
        "true-zero",
        "It is the name of a kind of nothing, beside those that have a sign.",
        r"\b(?:true|to) zero\b|\b(?:an?|printed|true|in|from|to|for|at|not) nought\b",
    ),
    class_of(
        "version",
        "It says which text of a licence or of a rule book, not how many.",
        rf"\b(?:version |v|CC BY(?:-SA)? |Attribution |WCAG )\d{{1,2}}(?:\.\d+)*(?![\d%]){NOT_COUNTED}|\bsha-?256\b",
    ),
    class_of(
        "place",
        "It says where in a document a figure is printed.",
        rf"(?:§\s?|\b(?:sections?|paragraphs?) )\d{{1,3}}(?:\.\d+)*\b(?![\d,]\d){NOT_COUNTED}",
    ),
)
