"""What in a text could name or reach a person: addresses, numbers, dates of birth.

In:  a text of any length, read once.
Out: the kind of each thing found and where it stands; never the thing itself.

Each pattern asks for the whole shape and, where the number has one, for its check digit: codes, amounts, dates and
checksums that only look a little like it are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from portal.folding import fold

Found = tuple[str, int, int]  # kind, start, end

# As it is typed, as a page or an address encodes it, and as people write it who fear that a machine reads along.
SIGN = re.compile(
    r"@|%40|&#0*64;|&#x0*40;|&commat;|\\[ux](?:00)?40| ?(?:\[at\]|\(at\)|\{at\}) ?|(?<=\w) @ (?=\w)", re.IGNORECASE
)
BEFORE_SIGN = re.compile(r"[\w.!#$&'*+=?^{|}~-]*[\w+-]\Z")
SPOKEN = re.compile(
    r"\b\w+(?: dot \w+)* (?:@|at) \w+(?: dot \w+)* dot (?:org|com|net|info|uk|gov|edu|eu|co)\b", re.IGNORECASE
)
AFTER_SIGN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
# From the country, or from the nought on, in the groups that people write; the second digit is one that is given out.
PHONE = re.compile(
    r"(?<![\w.%])(?:"
    r"(?:\+|\b00)(?:44|353)[ .-]?(?:\(0\)[ .-]?)?\(?\d{2,5}\)?(?:[ .-]?\d{2,6}){1,3}"
    r"|\(0[1-9]\d{1,3}\)[ .-]?\d{2,6}(?:[ .-]?\d{3,6}){0,2}"
    r"|0[1-35789]\d(?:\d{8}|\d[ .-]\d{3}[ .-]?\d{4}|[ .-]\d{4}[ .-]?\d{4}|\d\d[ .-](?:\d{5,6}|\d{3}[ .-]\d{3})"
    r"|\d[ .-]\d{6,7})"
    r"|07\d{3}[/_]\d{6}|7[1-9]\d\d \d{6}|447\d{9}"  # a workbook drops the nought
    r")(?![\w%]|[.-]\d)"
)
ASKED = re.compile(r"(?:phone|tel|mobile|call|ring|fax)\W{0,3}\Z", re.IGNORECASE)
NHS = re.compile(r"(?<![\w.%=#/-])(?:\d{3}([ .-])\d{3}\1\d{4}|[34679]\d{9})(?![\w%]|[.,/-]\d)")
NATIONAL_INSURANCE = re.compile(
    r"(?<![\w-])(?!(?i:BG|GB|KN|NK|NT|TN|ZZ))[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z]"
    r"[A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z]([ -]?)\d\d\1\d\d\1\d\d ?-?[A-Da-d](?![\w-])"
)
UPN = re.compile(r"(?<![\w-])[A-HJ-NP-RT-Za-hj-np-rt-z]\d{11}[\dA-HJ-NP-RT-Za-hj-np-rt-z](?![\w-])")
AREAS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX "
    "FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN "
    "NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB "
    "W WA WC WD WF WN WR WS WV YO ZE"
).split()
INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
POSTCODE = re.compile(rf"(?<![\w-])[A-Z]{{1,2}}\d[\dA-Z]?(?: {{0,3}}|%20|\+){INWARD}(?![\w-])")
POSTCODE_SMALL = re.compile(rf"(?<![\w-])[a-z]{{1,2}}\d[\da-z]? {INWARD.lower()}(?![\w-])")
ORDINAL = re.compile(r"1st|2nd|3rd|\dth")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DAY = (
    r"(?:\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:\d{4}|\d\d)|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{MONTH},?[ -]\d{{2,4}}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
RUN = r"(?:(?:19|20)\d\d[01]\d[0-3]\d|[0-3]\d[01]\d(?:19|20)\d\d|[34]\d{4})"  # in one run, or as a workbook counts days
SAYS_BIRTH = r"d[. ]?o[. ]?b\.?|date[ _-]of[ _-]birth|birth[ _-]?date"
# A cohort is born from one day to another; a person on one.
BIRTH = re.compile(
    rf"(?<![a-z])(?:born(?: in [a-z]{{2,20}}(?= on ))?|{SAYS_BIRTH}|birthday)"
    rf"(?:[ \t:=(,;\"-]|is|was|on|the){{0,12}}{DAY}(?!\d)"
    rf"(?!\s*(?:to|and|until|till|or|onwards|–|-)\s)"
    rf"|(?<![a-z])(?:{SAYS_BIRTH})[ \t:=(-]{{0,4}}{RUN}(?!\d)"
    rf"|(?<!\d){DAY}[ (]{{1,2}}(?:{SAYS_BIRTH})(?![a-z])",
    re.IGNORECASE,
)
TITLES = "Mr Mrs Ms Miss Mx Dr Prof Professor Cllr Councillor Sir Dame Baroness Lord Lady Rev Reverend".split()
OFFICES = "Mayor Mayoress Lieutenant Chancellor Justice Chief Advocate"  # no surnames: "Lord Mayor"
# "Mrs Miggins Pie Shop Ltd" and "Dr Hall Special School" are called after somebody; each word must be part of the name.
FIRM = (
    r"(?:[A-Z][\w'’-]* (?:& )?){1,6}"
    r"(?:Ltd|LTD|Limited|LIMITED|LLP|PLC|CIC|School|SCHOOL|Academy|College|Nursery|Foundation)(?![\w-])"
)
NAME = re.compile(
    rf"(?<![\w-])(?:(?:{'|'.join(TITLES)})\.?[ _-]{{1,2}}(?!{FIRM})(?!(?:{OFFICES.replace(' ', '|')})\b)[A-Z][\w'’-]*"
    r"|(?:MR|MRS|CLLR)\.?[ _][A-Z]{2,}(?![\w])|(?:mr|mrs)\.? [a-z]{3,})"
)
# What a case file calls a child; not "Child I have", "Child A&E", "Every Child A Reader".
PSEUDONYM = re.compile(
    r"(?<!Every )(?<!every )(?<![\w-])(?:Child|Baby|Boy|Girl|Young [Pp]erson|YP|Sibling|Pupil"
    r"|Patient|Mother|Father|Parent) (?!I )[A-Z](?:\d{1,2})?(?![\w&'’-]| [A-Z][a-z])"
)
DIGIT = re.compile(r"\d")
WORD_END = re.compile(r"[\s,;|\"'<>()]")


def find_personal(text: str) -> tuple[Found, ...]:
    """In the order they stand; what lies inside a longer finding is not told again."""
    plain = fold(text)
    finders = FINDERS if DIGIT.search(plain.text) else WITHOUT_DIGITS  # most texts have none
    read = sorted((found for find in finders for found in find(plain.text)), key=lambda f: (f[1], -f[2]))
    everything = [(kind, plain.place(start), plain.place(end - 1) + 1) for kind, start, end in read]
    kept: list[Found] = []
    for found in everything:
        if not kept or found[1] >= kept[-1][2]:
            kept.append(found)
    return tuple(kept)


def find_emails(text: str) -> Iterator[Found]:
    """Round each sign: looking for a name first would try every word of a long text."""
    for sign in SIGN.finditer(text):
        after = AFTER_SIGN.match(text, sign.end(), sign.end() + 200)
        before = BEFORE_SIGN.search(text[max(0, sign.start() - 64) : sign.start()]) if after else None
        spaced = sign[0] == " @ "  # "Visits @ example.org" tells where
        if after and before and not (spaced and not re.search(r"[._]", before[0])):
            yield "email", sign.start() - len(before[0]), after.end()
    if " dot " in text.lower():
        yield from (("email", found.start(), found.end()) for found in SPOKEN.finditer(text))


def find_phones(text: str) -> Iterator[Found]:
    for found in PHONE.finditer(text):
        digits = re.sub(r"\D", "", found[0].replace("(0)", ""))
        start, asked = found.start(), text[max(0, found.start() - 12) : found.start()]
        marked = asked[-1:] in ("=", "#") and not ASKED.search(asked)
        if 10 <= len(digits) <= 14 and not marked and not in_link(text, start):
            yield "phone", found.start(), found.end()


def find_nhs_numbers(text: str) -> Iterator[Found]:
    """Ten digits in one run are one only inside a sentence: a cell of its own may hold any id (see `records`)."""
    for found in NHS.finditer(text):
        spaced = found[1] is not None
        before, after = text[max(0, found.start() - 24) : found.start()], text[found.end() : found.end() + 2]
        prose = re.search(r"[A-Za-z)][.:;,]? $|NHS\W{0,12}$", before) or re.match(r"[.,;:]? ?[A-Za-z(]", after)
        book = re.search(r"ISBN\W{0,4}$|ISBN-?10:? $", before, re.IGNORECASE)
        if (spaced or prose) and not book and is_nhs_number(re.sub(r"\D", "", found[0])):
            yield "nhs-number", found.start(), found.end()


def is_nhs_number(digits: str) -> bool:
    """The last digit is a check on the other nine, modulo 11."""
    if not re.fullmatch(r"\d{10}", digits, re.ASCII) or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def find_insurance_numbers(text: str) -> Iterator[Found]:
    yield from (("ni-number", found.start(), found.end()) for found in NATIONAL_INSURANCE.finditer(text))


def find_upns(text: str) -> Iterator[Found]:
    yield from (("upn", found.start(), found.end()) for found in UPN.finditer(text) if is_upn(found[0]))


LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def is_upn(text: str) -> bool:
    """A pupil's number: its first letter is a check on the rest, modulo 23; a temporary one ends in a letter."""
    text = text.upper()
    if not re.fullmatch(r"[A-Z]\d{11}[\dA-Z]", text, re.ASCII):
        return False
    values = [LETTERS.find(c) if c.isalpha() else int(c) for c in text[1:]]
    return LETTERS[sum(value * weight for weight, value in enumerate(values, 2)) % 23] == text[0]


def find_postcodes(text: str) -> Iterator[Found]:
    for found in POSTCODE.finditer(text):
        if is_area(found[0]) and not ("+" not in found[0] and "%" not in found[0] and in_link(text, found.start())):
            yield "postcode", found.start(), found.end()
    for found in POSTCODE_SMALL.finditer(text):
        if is_area(found[0].upper()) and not ORDINAL.fullmatch(found[0][-3:]):
            yield "postcode", found.start(), found.end()


def is_area(postcode: str) -> bool:
    letters = re.match("[A-Z]+", postcode)
    return letters is not None and letters[0] in AREAS


def find_births(text: str) -> Iterator[Found]:
    small = text.lower()
    if any(word in small for word in ("born", "dob", "d.o", "d o b", "birth")):
        yield from (("birth-date", found.start(), found.end()) for found in BIRTH.finditer(text))


def find_names(text: str) -> Iterator[Found]:
    if any(title in text for title in (*TITLES, "MR", "CLLR", "mr", "mrs")):
        yield from (("name", found.start(), found.end()) for found in NAME.finditer(text))


def find_pseudonyms(text: str) -> Iterator[Found]:
    yield from (("pseudonym", found.start(), found.end()) for found in PSEUDONYM.finditer(text))


def in_link(text: str, position: int) -> bool:
    """Addresses of pages are full of digits. The word of a cell ends where the cell does."""
    before = WORD_END.split(text[max(0, position - 300) : position])[-1]
    return "://" in before and not re.search(r"//(?:wa\.me|api\.whatsapp\.com)/", before)


FINDERS: tuple[Callable[[str], Iterator[Found]], ...] = (
    find_emails,
    find_phones,
    find_nhs_numbers,
    find_insurance_numbers,
    find_upns,
    find_postcodes,
    find_births,
    find_names,
    find_pseudonyms,
)
WITHOUT_DIGITS = (find_emails, find_names, find_pseudonyms)  # all others are numbers, or hold one
