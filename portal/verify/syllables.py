"""How many syllables a word is spoken in: a rule of vowels, and the words that the rule gets wrong.

In:  one word, as it is written.
Out: a whole number, at least one.

A dictionary of pronunciations would know more words, and costs a hundred times its use here; hyphenation leaves out
syllables of one letter. With its exceptions the rule agrees with such a dictionary on ninety-nine of a hundred of our
words.
"""

from __future__ import annotations

import re
from functools import cache

VOWELS = re.compile(r"[aeiouy]+")
# A silent e in the middle: before an ending, and in words made of two.
SILENT = re.compile(r"(?<=[^aeiouy])e(?=(?:ly|ment|ments|less|ful|ness|where|times?|how|one|thing|body|fore|what)$)")
ENDS_SILENT = re.compile(r"(?<=[^aeiou])e$|(?<=[^aeioutd])ed$|(?<=[^aeiouscgzx])es$")
SOUNDED_E = re.compile(r"[^aeioul]le[sd]?$|(?:sh|ch)es$|^[^aeiouy]+e$")
TWO = re.compile(  # two vowels that are two syllables
    r"ia(?!l|n|ge)|[^ctsxg]ia[ln]|io(?!n|us)|[^ctsxg]io(?:n|us)|iu|eo(?!n$|us|pl)|ea(?:ct|ti)|[^qg]ua(?!r|ge)|"
    r"[^qg]ue(?:nt|nc)|[aeou]ing|yi|[^q]ui(?:t[yi]|s[mt])|[^ft]ie(?:t|nc|nt)|uou|sms?$"
)
PREFIX = re.compile(r"^(?:re(?=ass|app|act|off|ope|org|ent|use|uni|int|ins|ima)|pre(?=e|o)|bi(?=a|e)|co(?=op|inc|or))")
COMPOUND = re.compile(
    r"^(scor|tim|cas|saf|lik|sid|hom|lif|fram|guid|mil|for)e(?=[bcfghlpstw][^s]?[aeiouy])"
)  # two words made one
SPOKEN = {  # what the rule gets wrong, among the words of children’s services and of figures
    word: count
    for count, words in {
        1: "called dear dealt real th",
        2: "before being business couple couples hundred uk courage equal foresee greater language people reason ready "
        "really rely rhythm safety create styles payer",
        3: "anyone area areas behaviour businesses busiest colleague csv earlier employees employers everyday "
        "everything everywhere familiar february idea ideas languages likelihood qualified safeguarding "
        "subsequent takeovers whoever",
        4: "everybody inadequate january multiplier",
    }.items()
    for word in words.split()
}


@cache
def count_syllables(word: str) -> int:
    """ "council" -> 2, "care-leavers" -> 3."""
    parts = [part for part in re.split(r"[-–/]", word.lower().replace("’", "'").removesuffix("'s")) if part]
    return max(1, sum(syllables_of(part.replace("'", "")) for part in parts))


def syllables_of(word: str) -> int:
    known = SPOKEN.get(word) or (SPOKEN.get(word.removesuffix("s")) if word.endswith("s") else 0)
    if known:
        return known
    spoken = COMPOUND.sub(r"\1", SILENT.sub("", word))
    if not SOUNDED_E.search(spoken):
        spoken = ENDS_SILENT.sub("", spoken)
    count = len(VOWELS.findall(spoken)) + len(TWO.findall(spoken)) + bool(PREFIX.match(spoken))
    return max(1, count)
