"""The words that judge data: how a number moves, how it stands to another, whether it is good, how many it is of all.

Out: `JUDGING`, a pattern. A word that data can make false belongs here; `judging` lists the uses that judge nothing.
"""

from __future__ import annotations

import re

MOVING = (
    r"ris(?:e|es|en|ing)|rose|fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin\w+|gr[eo]w(?:s|n|ing)?|growth"
    r"|increas\w+|decreas\w+|reduc\w+|shr[aiu]nk(?:s|ing)?|climb(?:s|ed|ing)?|soar(?:s|ed|ing)?|slump\w*"
    r"|plung(?:e|es|ed|ing)"
    r"|plummet\w*|dip(?:s|ped|ping)|peak(?:s|ed|ing)?|surg(?:e|es|ed|ing)|rocket(?:s|ed|ing)|spik(?:e|es|ed|ing)"
    r"|tumbl(?:e|es|ed|ing)|dwindl\w+|ballooned|swell(?:s|ed|ing)|swollen|leapt|jump(?:s|ed)|crept|rebound(?:s|ed)"
    r"|accelerat\w+|(?:gap|difference)s? (?:has |have )?(?:clos|narrow|widen)\w+|narrow(?:s|ed|ing)|widen(?:s|ed|ing)"
    r"|slow(?:s|ed) down|slowed|on the wane|multiplied(?! by)|(?:quadrupl|quintupl)\w+"
    r"|(?:went|gone|go(?:es)?|creeps?|came|come|is|are|was|were) (?:up|down)\b(?! to (?:date|you))"
    r"|(?:up|down) (?:on|from) (?:last|the|a) year"
    r"|doubl\w+|halv(?:ed|es|ing)|tripl(?:ed|es|ing)|trebl(?:ed|es|ing)"
)
STANDING_STILL = (
    r"unchanged|the same as|stay(?:s|ed) the same|remain(?:s|ed) (?:the same|as)|stood still|stagnat\w+|plateau\w*"
    r"|level(?:s|led) off|bottomed out"
    r"|(?:is|are|was|were|held|remain(?:s|ed)?|stay(?:s|ed)?) (?:steady|stable|flat|constant)"
    r"|(?:has|have|had) not changed|did not change|changed (?:little|hardly)"
)
COMPARING = (
    r"high(?:er|est)|low(?:er|est)|more|most(?:ly)?|fewer|fewest|less|least|great(?:er|est)|larg(?:er|est)"
    r"|small(?:er|est)|bigg(?:er|est)|long(?:er|est)|short(?:er|est)|faster|slower|quick(?:er|est)|sooner"
    r"|(?:cheap|dear|costli)er"
    r"|(?:far|too|very|well|all-time|record|unusually|remarkably) (?:high|low|above|below|few)|(?:far|too) many"
    r"|record (?:year|number|level)s?"
    r"|unprecedented|(?:is|are|was|were) (?:high|low)(?=[.,;:]|$)"
    r"|(?:above|below|over|under) (?:the )?(?:average|target|aim|England|North West|national|country)"
    r"|(?:is|are|was|were|remain(?:s|ed)?|falls?|fell) (?:far |well |just )?(?:ahead|behind)\b"
    r"|(?:ahead of|behind) (?:England|the country|the rest|other)"
    r"|lag(?:s|ged|ging)|trail(?:s|ed|ing)|outpac\w+|outstrip\w*|dwarf(?:s|ed)"
    r"|(?:tops|topped|leads|led) the (?:list|league|table|country|region|way)"
    r"|(?:beats?|matche[sd]|equals|equalled) (?:England|the country|others?|all|every)|on a par with"
    r"|similar to (?:England|others?|the)|closer to (?:England|others|the (?:average|country|target))"
    r"|(?:the )?(?:top|bottom) (?:council|of the (?:list|league|table))"
    r"|rank(?:s|ed) (?:first|last|top|bottom|best|worst|high|low)|second to none"
)
SAYING_GOOD = (
    r"better|best|worse|worst|improv\w+|worsen\w*|deteriorat\w+|exceed\w*|surpass\w*|outperform\w*"
    r"|underperform\w*|excellent"
    r"|(?:is|are|was|were) (?:a |an )?"
    r"(?:success|failure|triumph|disaster|alarming|worrying|encouraging|disappointing|poor|excellent)"
    r"|(?:met|missed|reached|hit|beat|failed|meet|miss) (?:the|its|their|that|this|all|both|every|each|to meet)"
    r"\b[\w’ ]{0,20}\btargets?"
    r"|targets? (?:was|were|is|are|has been|have been) (?:not |all |both |never )?"
    r"(?:met|missed|reached|hit|beaten)|on target"
)
OF_ALL = (
    r"majority|minority|(?:nearly|almost|virtually|practically) (?:all|every|none|no)|hardly (?:any|a)|the vast"
    r"|overwhelming\w*"
    r"|bulk of"
)
JUDGING = re.compile(rf"\b(?:{MOVING}|{STANDING_STILL}|{COMPARING}|{SAYING_GOOD}|{OF_ALL})\b", re.IGNORECASE)
