"""A portal in which every kind of nothing stands beside a true zero: one row of each, in every form of chart.

In:  a folder.
Out: the portal on disk. `ROWS` says what each row of the dated series holds.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import yaml
from make import DESCRIPTOR, ROW, fill_rows, write_portal

# id -> value, qualifier, value_low, value_high, printed: one dated series, a year apart.
ROWS = {
    "plain": ("250", "exact", "", "", "250"),
    "zero": ("0", "exact", "", "", "0"),
    "minus": ("-300", "exact", "", "", "-300"),
    "secret": ("c", "exact", "", "", "c"),
    "absent": ("x", "exact", "", "", "-"),
    "senseless": ("z", "exact", "", "", "-"),
    "tiny": ("low", "exact", "", "", "-"),
    "shaky": ("u", "exact", "", "", "-"),
    "between": ("", "range", "300", "400", "300-400"),
    "roughly": ("350", "about", "", "", "350"),
    "least": ("360", "at-least", "", "", "360"),
    "last": ("270", "exact", "", "", "270"),
    "later": ("due", "exact", "", "", "-"),
}
LETTERS = "ABCDEFGHIJKLMNOP"  # "Zero Town" would be a typed number
TOWNS = ("plain", "zero", "secret", "absent", "senseless", "tiny", "shaky", "between")
SYMBOLS = """symbol,label,meaning
c,confidential,The figure is held back to protect people’s privacy.
x,not available,There is no figure: it was not collected.
z,not applicable,A figure would make no sense here.
low,rounds to zero,There is a figure but it is too small to show.
u,unreliable,The figure is too unreliable to publish.
due,not yet due,The figure will only exist once its period has passed.
"""
MEASURES = """id,label,plain_label,unit,statistic,stock_or_flow,subject,polarity
balance,Balance,Money left over,GBP,count,stock,other,higher
rate,Rate,Homes for every 10000 children,per-10000-children,rate,stock,other,neither
"""
AREAS = "code,name,type,note\notherton,Otherton,local-authority,\nengland,England,country,\n" + "".join(
    f"town-{name},{LETTERS[number]} Town,local-authority,\n" for number, name in enumerate(TOWNS)
)
NUMBERS = "\n".join(f'  - {{id: "{name}", rows: ["{name}"]}}' for name in ROWS)
SAID = "\n".join(
    f"  - title: Of {letter}\n    text: 'It says {{{{ number(\"{name}\") }}}} there.'"
    for name, letter in zip(ROWS, LETTERS, strict=False)
)
OTHERS = "{{where: {{measure: rate{}}}, role: field, label: the towns}}"
OWN = "{{label: Otherton, where: {{measure: rate, area: otherton{}}}, role: value}}"
NOW = ", period: 31 March 2025"
PAGE = f"""question: What is left over?
headline: tiny
figures:
{NUMBERS}
charts:
  - id: years
    form: dates
    title: Money left over
    subtitle: Made-up pounds on one day.
    series:
      - {{label: Otherton, where: {{measure: balance, kind: actual, basis: point-in-time}}}}
  - id: strips
    form: strip
    title: Beside its target
    subtitle: Made-up pounds.
    lanes:
      - label: Left over
        series:
          - {{label: Nothing, rows: [zero], role: value}}
          - {{label: Target, rows: [aim], role: target}}
          - {{label: Too small, rows: [tiny], role: comparator}}
          - {{label: Held back, rows: [secret], role: comparator}}
  - id: step
    form: steps
    title: Those that may be compared
    subtitle: Made-up pounds.
    series:
      - {{label: Otherton, rows: [zero, plain-later]}}
    beside:
      - {{row: tiny, why: too small to show}}
  - id: towns
    form: compare
    title: The towns
    subtitle: Made-up homes for every 10,000 children.
    lanes:
      - label: Homes
        series: [{OWN.format(NOW)}, {OTHERS.format(NOW)}]
  - id: town-years
    form: multiples
    title: The towns year by year
    subtitle: Made-up homes for every 10,000 children.
    series: [{OWN.format("")}, {OTHERS.format("")}]
know:
{SAID}
"""
SCORED = "scorecard:Money/row:{}/col:Latest"


def kind_rows() -> str:
    """The CSV of the observations."""
    text = io.StringIO()
    columns = "id measure area series kind basis period_start period_end period value qualifier value_low value_high"
    writer = csv.DictWriter(text, [*columns.split(), "printed", "date_status", "locator"], lineterminator="\n")
    writer.writeheader()
    base = {c: ROW[c] for c in ("area", "series", "kind", "basis", "date_status")}
    for number, (name, cells) in enumerate(ROWS.items()):
        year = 2027 if name == "later" else 2013 + number
        writer.writerow(base | row_of(name, "balance", year, cells) | {"locator": SCORED.format(number + 1)})
    writer.writerow(base | row_of("plain-later", "balance", 2025, ROWS["plain"]) | {"locator": "§2"})
    aim = row_of("aim", "balance", 2025, ROWS["between"])
    writer.writerow(base | aim | {"kind": "target", "locator": "§3"})
    for name in ("otherton", *(f"town-{town}" for town in TOWNS)):
        for year in (2024, 2025):
            cells = ROWS["plain"] if year == 2024 or name == "otherton" else ROWS[name.removeprefix("town-")]
            writer.writerow(base | row_of(f"{name}-{year}", "rate", year, cells) | {"area": name, "locator": "§4"})
    return fill_rows(text.getvalue())


def row_of(name: str, measure: str, year: int, cells: tuple[str, ...]) -> dict[str, str]:
    day, names = f"{year}-03-31", ("value", "qualifier", "value_low", "value_high", "printed")
    when = {"period_start": day, "period_end": day, "period": f"31 March {year}"}
    return {"id": name, "measure": measure, **when, **dict(zip(names, cells, strict=True))}


def describe() -> str:
    """The common descriptor with all the marks of the value column."""
    descriptor = yaml.safe_load(yaml.safe_dump(DESCRIPTOR))
    (value,) = (f for f in descriptor["resources"][0]["schema"]["fields"] if f["name"] == "value")
    value["missingValues"] = [{"value": "", "label": "in value_low and value_high"}]
    value["missingValues"] += [{"value": s.split(",")[0], "label": s.split(",")[1]} for s in SYMBOLS.splitlines()[1:]]
    fields = descriptor["resources"][1]["schema"]["fields"]
    fields.append({"name": "polarity", "description": "Which way is better", "type": "string"})
    return yaml.safe_dump(descriptor)


def write_kinds(folder: Path) -> Path:
    """Gives the datasets folder."""
    files = {
        "reference/data/symbols.csv": SYMBOLS,
        "reference/data/areas.csv": AREAS,
        "children/data/measures.csv": MEASURES,
        "children/data/children.csv": kind_rows(),
        "children/page.yaml": PAGE,
        "children/datapackage.yaml": describe(),
    }
    return write_portal(folder, files)
