"""Do the names of the columns say that each row is a person?

In:  the header of a table, or the first rows of a file whose header stands lower down.
Out: the columns that tell. A name that no aggregate table has is enough; of the names that an aggregate may share with
     the statutory returns (sex, place, missing), three must stand together, and one of them be the returns' own.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

from portal.folding import fold

# Names as `normal` writes them.
WHO = (
    "child|pupil|student|learner|person|client|patient|serviceuser|youngperson|yp|sibling|mother|father|parent|carer|mc"
)
STRONG = re.compile(
    rf"(?:la)?(?:unique)?(?:{WHO})(?:unique)?(?:id|identifier|ref|refid|refno|reference|referenceid)"
    rf"|(?:expected)?(?:{WHO})?(?:dob|dateofbirth|birthdate|birthday)(?:of)?(?:{WHO})?"
    rf"|(?:{WHO})?(?:surname|forenames?|firstnames?|lastname|middlenames?|fullname|familyname|givennames?|preferredname|maidenname|surnamefamilyname|familynamesurname)"
    r"|prenoms?|nomdefamille|vorname|nachname|geburtsdatum|datedenaissance|apellidos|imie|nazwisko|dataurodzenia"
    rf"|(?:{WHO})(?:name|address|postcode|homeaddress|initials)|(?:name|initials)of(?:the)?(?:{WHO})|initials|home(?:addr|address|post|postcode)|pl(?:acement)?post(?:code)?"
    rf"|(?:{WHO}|former)?(?:upn|uln|nhsnumber|nhsno|nhsid|ninumber|nino|nationalinsurance(?:number|no))"
    rf"|unique(?:pupil|learner)(?:number|no)|(?:{WHO})?(?:dateofdeath|deathdate)"
)
# An office has these as well, and a table of ways to get in touch counts them: see `records`.
CONTACT = set(
    "postcode postalcode address addressline addressline1 addressline2 addressline3 address1 address2 address3 "
    "streetaddress postaladdress email emailaddress phone phonenumber phoneno telephone telephonenumber telephoneno "
    "tel telno mobile mobilenumber mobileno mobilephone landline".split()
)
# The returns SSDA903 and children in need census (Department for Education): names that nobody else uses.
RETURNS = set(
    "child decom rne ls placeprovider plprov rec reasonplacechange misstart misend duc reviewcode sdqreason intouch "
    "dateint dateplaced dateplacedceased reasonplacedceased datematch prevperm datperm "
    "cinreferraldate referraldate cinclosuredate reasonforclosure dateofinitialcpc assessmentactualstartdate "
    "assessmentauthorisationdate assessmentinternalreviewdate cinplanstartdate cinplanenddate s47actualstartdate "
    "cppstartdate cppenddate cppreviewdate cppreview initialcategoryofabuse latestcategoryofabuse primaryneedcode "
    "numberofpreviouscpp".split()
)
GENERIC = set(
    "sex gender gendercurrent ethnic ethnicity mother cin place dec urn missing uasc uascstatus review convicted "
    "sdqscore healthcheck immunisations teethcheck substancemisuse interventionreceived interventionoffered accom "
    "activ referralsource referralnfa disability disabilities careleavertype".split()
)
FIRST_ROWS = 10


def normal(name: object) -> str:
    """`PersonBirthDate`, `person_birth_date` and "Person birth date" are one name."""
    letters = unicodedata.normalize("NFKD", fold(str(name)).text)
    words = re.sub(r"['’]s\b|\([^)]*\)", "", letters.lower())  # "child's name", "date of birth (dd/mm/yyyy)"
    return re.sub(r"[^a-z0-9]", "", words if re.search("[a-z]", words) else letters.lower())


def find_telling(header: Iterable[object]) -> tuple[str, ...]:
    """The columns that make it a table of persons, in their order; none in an aggregate table."""
    names = {str(name): normal(name) for name in header}
    strong = tuple(name for name, plain in names.items() if STRONG.fullmatch(plain) or plain in CONTACT)
    own = [name for name, plain in names.items() if plain in RETURNS]
    shared = [name for name, plain in names.items() if plain in RETURNS | GENERIC]
    return strong or (tuple(shared) if own and len(shared) >= 3 else ())


def read_header(content: str, delimiter: str = ",") -> list[str]:
    rows = read_first_rows(content, delimiter, 1)
    return rows[0][1] if rows else []


def read_first_rows(content: str, delimiter: str, count: int = FIRST_ROWS) -> list[tuple[int, list[str]]]:
    """(physical line, cells) of the first rows, read as far as they can be."""
    reader = csv.reader(io.StringIO(content[:200_000], newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for row in reader:
            rows.append((start, row))
            start = reader.line_num + 1
            if len(rows) >= count:
                break
    except csv.Error:
        pass
    return rows


def guess_delimiter(content: str, said: str) -> str:
    """The one that was said, unless the first lines know it not and another well."""
    head = content[:5_000]
    return said if said in head else max(",;\t|", key=head.count)


def find_headers(content: str, said: str) -> tuple[int, tuple[str, ...]]:
    """(line, columns that tell). A row below the first is a header when only title lines stand above it."""
    above = 0
    for line, cells in read_first_rows(content, guess_delimiter(content, said)):
        filled = [cell for cell in cells if cell.strip()]
        telling = find_telling(filled)
        if telling and (line == 1 or (len(filled) > above and is_header(filled))):
            return line, telling
        above = max(above, len(filled))
    return 0, ()


def is_header(cells: Sequence[str]) -> bool:
    """Words, each once: not a row of data below a header of one name."""
    words = [cell for cell in cells if re.search("[A-Za-z]", cell) and not re.search(r"\d{3}", cell)]
    return len(cells) >= 2 and len(words) == len(cells) == len(set(cells))
