"""Whose privacy could a number touch?

In:  what a measure, a register or page.yaml says of a number, and the portal's policy.
Out: whether a small number of it is refused. What is not known to be harmless is looked at: a mistyped or missing
     word must not open the door.

Targets, forecasts and plans are nobody yet; homes, teams and scores are not people. Staff follow the publisher's own
policy, but who is disciplined or ill is nobody's business, so such counts are treated like those of children. Since a
measure says of itself what it counts, its words are read too: a count in "children" is one of children, and a count of
staff that speaks of discipline or sickness is one of those, whatever its `subject` says.
"""

from __future__ import annotations

import re

from portal.model import Measure, Observation
from portal.policy import LIKE_CHILDREN, Policy

NOT_ACTUAL = {"target", "forecast", "plan"}
NO_COUNTS = {"share", "mean", "rate", "maximum", "median"}
# Of a change, units that are not people: it may be that of a share, of a time or of money.
MEASURED = {"percent", "percentage-points", "days", "weeks", "months", "years", "hours", "GBP"}
CHILD = re.compile(
    r"\b(?:child(?:ren)?|young.(?:people|persons?)|pupils?|babies|baby|infants?|teenagers?|siblings?|families|family"
    r"|parents?|mothers?|fathers?|adopters?|care.leavers?|victims?)\b",
    re.IGNORECASE,
)
PERSON = re.compile(r"\b(?:people|persons?|adults?|residents?)\b", re.IGNORECASE)
PEOPLE_ALONE = re.compile(
    r"(?:number of |looked.after )?(?:child(?:ren)?|young.(?:people|persons?)|pupils?|bab(?:ies|y)|boys?|girls?"
    r"|siblings?|famil(?:ies|y)|parents?|mothers?|fathers?|care.leavers?|people|persons?)",
    re.IGNORECASE,
)
BEGINS = re.compile(  # "Children in care"; not "Children's homes", "Families First teams"
    r"(?:number of )?(?:looked.after )?(?:children|young people|pupils|babies|boys|girls|siblings|families"
    r"|care leavers)\b(?!['’]|(?: \w+)? (?:homes?|centres?|teams?|hubs?|services?|workers?|schools?|units?|panels?))",
    re.IGNORECASE,
)
UNSAID = re.compile(r"(?:number|count|cases|total|headcount)?", re.IGNORECASE)  # units that do not say of what
DISCIPLINE = re.compile(
    r"disciplin|misconduct|grievance|suspen[ds]|dismiss|sick|illness|ill.health|absen[ct]|capability|whistleblow",
    re.IGNORECASE,
)

WHO = {
    "children": ", which may identify a child",
    "families": ", which may identify a family",
    "event-about-a-person": ", which may tell what happened to somebody",
}
UNKNOWN = "; nothing says whom it counts, so it is treated like a count of children"
UNIT_SAYS = "; its unit says so, whatever its subject says"
LABEL_SAYS = "; its label says so, whatever its subject says"
NAME_SAYS = "; its name says so, whatever page.yaml says"


def why_looked_at(row: Observation, policy: Policy) -> str:
    """Why small numbers of this row are refused; empty when they are not."""
    return why_protected(row, policy) if row.kind not in NOT_ACTUAL and is_count(row.measure) else ""


def is_count(measure: Measure) -> bool:
    """A share, a rate or a largest number in children is a count of them, whatever is said of its statistic."""
    if measure.statistic in ("share", "rate", "maximum") and PEOPLE_ALONE.fullmatch(measure.unit):
        return True
    return measure.statistic not in NO_COUNTS and not (measure.statistic == "change" and measure.unit in MEASURED)


def why_protected(row: Observation, policy: Policy) -> str:
    breakdown = " ".join(f"{name} {value}" for name, value in row.breakdown)
    measure = row.measure
    if measure.subject == "other" and UNSAID.fullmatch(measure.unit) and BEGINS.match(measure.label):
        return LABEL_SAYS
    return why_subject(measure.subject, measure.unit, f"{words_of(measure)} {breakdown}", policy)


def words_of(measure: Measure) -> str:
    return " ".join((measure.id, measure.label, measure.plain_label, measure.who_is_counted))


def why_subject(subject: str, unit: str, words: str, policy: Policy) -> str:
    """Ends the sentence that begins "a count of 1 to 5 people"; empty when small numbers may be shown."""
    if subject == "staff":
        return why_staff(unit, words, policy)
    if subject == "other":
        return UNIT_SAYS if CHILD.search(unit) or PERSON.search(unit) else ""
    return WHO.get(subject, UNKNOWN)


def why_staff(unit: str, words: str, policy: Policy) -> str:
    if DISCIPLINE.search(words):
        return " on the staff and their discipline, sickness or absence, which is nobody's business"
    if CHILD.search(unit):
        return UNIT_SAYS
    return " on the staff, whom mkdocs.yml hides like children" if policy.staff == LIKE_CHILDREN else ""
