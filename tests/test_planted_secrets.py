"""Suppressed and personal values, planted wherever data can stand, occur in no byte that the program puts out.

Each place is a portal of its own, run through the real command in every format; what passes is built, and each byte of
the site is read, archives unpacked.
"""

from __future__ import annotations

import base64
import html
import io
import json
import tempfile
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from make import COMMON, write_portal

from portal.cli import run

EMAIL, PHONE, NHS, UPN = "pat.quill@example.org", "07700 900123", "999 000 0018", "H801200001001"
POSTCODE, BIRTH, INSURANCE, NAME = "ZE9 9ZZ", "born 12/03/2009", "AB123456C", "Mr Quillfeather"
VISITS, TABLE, PACKAGE = "datasets/visits", "visits/data/visits.csv", "visits/datapackage.yaml"
DESCRIPTOR = (COMMON / "datasets" / PACKAGE).read_text(encoding="utf-8")
MKDOCS = (COMMON / "mkdocs.yml").read_text(encoding="utf-8")
CHILDREN = (COMMON / "datasets/children/data/children.csv").read_text(encoding="utf-8")
PAGE = (COMMON / "datasets/children/page.yaml").read_text(encoding="utf-8")
SOURCES = (COMMON / "datasets/reference/data/sources.csv").read_text(encoding="utf-8")
NOTED = DESCRIPTOR + "        - {name: note, type: string}\n"


def forms(secret: str) -> set[bytes]:
    """As it may be written in a page, an address, a script or an encoded file."""
    plain = {secret, html.escape(secret), quote(secret), quote(secret, safe=""), json.dumps(secret)[1:-1]}
    return {text.encode() for text in plain} | {base64.b64encode(secret.encode()).rstrip(b"=")[:-1]}


def assert_nowhere(secret: str, content: bytes, where: str) -> None:
    for form in forms(secret):
        assert form not in content, where
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                assert_nowhere(secret, archive.read(name), f"{where}/{name}")


def assert_kept(secret: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command in `folder`; everything it said and left is read. The exit code."""
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(run, [*arguments, "--datasets", "datasets"])
    assert done.exit_code in (0, 1), done.output
    said = " ".join(done.stdout.split()) + done.stdout + done.stderr
    assert_nowhere(secret, said.encode(), f"{' '.join(arguments)}: {done.stdout}")
    for part in (scratch, folder / "_build", folder / "site"):
        for file in (path for path in part.rglob("*") if path.is_file()):
            assert_nowhere(secret, file.name.encode() + b"\n" + file.read_bytes(), file.as_posix())
    return done.exit_code


def note(secret: str) -> dict[str, str | bytes]:
    return {TABLE: f"quarter,visits,note\n2024-Q1,310,see {secret} for it\n", PACKAGE: NOTED}


def field(text: str) -> str:
    own = "{name: quarter, type: string, description: Three months}"
    assert own in DESCRIPTOR
    return DESCRIPTOR.replace(own, text)


PLACES: dict[str, tuple[str, dict[str, str | bytes]]] = {
    "cell": (PHONE, note(PHONE)),
    "cell-email": (EMAIL, note(EMAIL)),
    "cell-email-at": ("pat.quill", note("pat.quill [at] example.org")),
    "cell-email-dot": ("pat dot quill", note("pat dot quill at example dot org")),
    "cell-email-entity": ("pat.quill", note("pat.quill&#x40;example.org")),
    "cell-email-soft-hyphen": ("pat.quill", note("pat.quill@exam\u00adple.org")),
    "cell-phone-no-break": ("900\u00a0123", note("07700\u00a0900\u00a0123")),
    "cell-phone-full-width": ("９００１２３", note("０７７００ ９００１２３")),
    "cell-phone-slash": ("900123", note("07700/900123")),
    "cell-phone-without-nought": ("900123", note("7700 900123")),
    "cell-postcode-no-break": ("9ZZ", note("ZE9\u00a09ZZ")),
    "cell-nhs-dots": ("999.000.0018", note("999.000.0018")),
    "cell-birth-hyphens": ("12/03/2009", note("date-of-birth 12/03/2009")),
    "cell-birth-in-one-run": ("20090312", note("DOB 20090312")),
    "cell-insurance-hyphens": ("ab-12-34-56-c", note("ab-12-34-56-c")),
    "name-over-a-line-break": (
        "900123",
        {TABLE: 'quarter,visits,note\n2024-Q1,310,"ring 07700\n900123"\n', PACKAGE: NOTED},
    ),
    "header-with-an-apostrophe": ("Quillfeather", {TABLE: "Child's name,visits\nQuillfeather,310\n"}),
    "header-in-full-width": ("Quillfeather", {TABLE: "ＵＰＮ,visits\nQuillfeather,310\n"}),
    "header-in-french": ("Quillfeather", {TABLE: "Prénom,visits\nQuillfeather,310\n"}),
    "hidden-but-printed-as-a-word": (
        "a couple",
        {"children/data/children.csv": CHILDREN.replace('1248,exact,,,"1,248"', "c,exact,,,a couple")},
    ),
    "hidden-but-in-the-locator": (
        "three boys",
        {
            "children/data/children.csv": CHILDREN.replace('1248,exact,,,"1,248"', "c,exact,,,c").replace(
                "§1,\n", "§1 three boys,\n"
            )
        },
    ),
    "cell-nhs": (NHS, note(NHS)),
    "cell-upn": (UPN, note(UPN)),
    "cell-postcode": (POSTCODE, note(POSTCODE)),
    "cell-birth": ("12/03/2009", note(BIRTH)),
    "cell-insurance": (INSURANCE, note(INSURANCE)),
    "cell-beyond-what-is-quoted": (EMAIL, note("x" * 40 + " " + EMAIL)),
    "quoted-newline": (PHONE, {TABLE: f'quarter,visits,note\n2024-Q1,310,"a\nring {PHONE}"\n', PACKAGE: NOTED}),
    "header": (EMAIL, {TABLE: f"quarter,{EMAIL}\n2024-Q1,310\n"}),
    "two-headers": (EMAIL, {TABLE: f"{EMAIL},{EMAIL}\n2024-Q1,310\n"}),
    "no-header": (PHONE, {TABLE: f"{PHONE},310\n2024-Q2,295\n"}),
    "wrong-type": (PHONE, {TABLE: f"quarter,visits\n2024-Q1,{PHONE}\n"}),
    "column-of-health-numbers": (
        "9990000026",
        {TABLE: "quarter,visits\n1,9990000018\n2,9990000026\n3,9990000034\n"},
    ),
    "file-name-underscored": (PHONE.replace(" ", "_"), {"visits/ring_07700_900123.csv": "a,b\n1,2\n"}),
    "small-with-a-mark": ("3 children", {TABLE: "quarter,visits\n2024-Q1,3 children\n"}),
    "ragged": (PHONE, {TABLE: f"quarter,visits\n2024-Q1,310,{PHONE}\n"}),
    "open-quote": (PHONE, {TABLE: f'quarter,visits\n2024-Q1,"310 {PHONE}\n'}),
    "latin-1": (EMAIL, {TABLE: f"quarter,visits\nJos\xe9 {EMAIL},310\n".encode("latin-1")}),
    "utf-16": (EMAIL, {TABLE: f"quarter,visits\n{EMAIL},310\n".encode("utf-16")}),
    "utf-16-without-mark": (EMAIL, {TABLE: f"quarter,visits\n{EMAIL},310\n".encode("utf-16-le")}),
    "semicolons": (PHONE, {TABLE: f"quarter;visits\n{PHONE};310\n"}),
    "pattern": (
        PHONE,
        {
            TABLE: f"quarter,visits\n{PHONE},310\n",
            PACKAGE: field('{name: quarter, type: string, constraints: {pattern: "[0-9]{4}-Q[1-4]"}}'),
        },
    ),
    "enum": (
        EMAIL,
        {
            TABLE: f"quarter,visits\n{EMAIL},310\n",
            PACKAGE: field("{name: quarter, type: string, constraints: {enum: [2024-Q1]}}"),
        },
    ),
    "primary-key": (
        EMAIL,
        {
            TABLE: f"quarter,visits\n{EMAIL},310\n{EMAIL},311\n",
            PACKAGE: DESCRIPTOR.replace("    schema:\n", "    schema:\n      primaryKey: [quarter]\n"),
        },
    ),
    "foreign-key": (
        EMAIL,
        {
            TABLE: f"quarter,visits\n{EMAIL},310\n",
            PACKAGE: DESCRIPTOR.replace(
                "    schema:\n",
                "    schema:\n      foreignKeys: [{fields: [quarter], reference: {resource: '', fields: [visits]}}]\n",
            ),
        },
    ),
    "field-name": (EMAIL, {PACKAGE: field(f'{{name: "{EMAIL}", type: string}}')}),
    "field-type": (EMAIL, {PACKAGE: field(f'{{name: quarter, type: "{EMAIL}"}}')}),
    "resource-name": (EMAIL, {PACKAGE: DESCRIPTOR.replace("- name: visits", f'- name: "{EMAIL}"')}),
    "resource-path": (EMAIL, {PACKAGE: DESCRIPTOR.replace("data/visits.csv", f"data/{EMAIL}.csv")}),
    "path-outside": (EMAIL, {PACKAGE: DESCRIPTOR.replace("data/visits.csv", f"../../{EMAIL}.csv")}),
    "schema-file": (
        EMAIL,
        {
            PACKAGE: DESCRIPTOR.partition("    schema:")[0] + "    schema: s.yaml\n",
            "visits/s.yaml": f"fields: [{{name: quarter, description: {EMAIL}}}, {{name: visits, type: [}}\n",
        },
    ),
    "custom-property": (PHONE, {PACKAGE: DESCRIPTOR + f'x-helpline: {{deep: ["{PHONE}"]}}\n'}),
    "custom-name": (EMAIL, {PACKAGE: DESCRIPTOR + f'"{EMAIL}": yes\n'}),
    "escaped-in-yaml": (EMAIL, {PACKAGE: DESCRIPTOR + 'x-note: "pat.quill\\x40example.org"\n'}),
    "folded-in-yaml": (PHONE, {PACKAGE: DESCRIPTOR + "x-note: ring 07700\n  900123 for it\n"}),
    "licence": (POSTCODE, {PACKAGE: DESCRIPTOR.replace("CC-BY-4.0", f"{POSTCODE}")}),
    "descriptor-comment": (PHONE, {PACKAGE: DESCRIPTOR + f"# ring {PHONE}\n"}),
    "descriptor-broken": (EMAIL, {PACKAGE: f"name: visits\n  title: [{EMAIL}\n*{EMAIL}: !{EMAIL} x\n"}),
    "descriptor-json-broken": (EMAIL, {"odd/datapackage.json": f'{{"name": "{EMAIL}" oops'}),
    "page-entry": (EMAIL, {"children/page.yaml": PAGE + f'\n"{EMAIL}": 1\n'}),
    "page-shape": (EMAIL, {"children/page.yaml": PAGE.replace("headline: in-care", f"headline: [{EMAIL}]")}),
    "page-unknown-row": (EMAIL, {"children/page.yaml": PAGE.replace("[in-care-2024]", f'["{EMAIL}"]')}),
    "page-comment": (EMAIL, {"children/page.yaml": PAGE + f"# {EMAIL}\n"}),
    "page-alias": (EMAIL, {"children/page.yaml": PAGE + f"lede: *x\n# {EMAIL}\n"}),
    "page-escaped": (EMAIL, {"children/page.yaml": PAGE + 'lede: "Write to pat.quill\\x40example.org"\n'}),
    "narrative-comment": (PHONE, {"children/narrative.md.j2": f"# A story\n\n{{# ring {PHONE} #}}\n"}),
    "narrative-html-comment": (PHONE, {"children/narrative.md": f"# A story\n\n<!-- ring {PHONE} -->\n"}),
    "narrative-figure": (EMAIL, {"children/narrative.md.j2": f'{{{{ number("{EMAIL}") }}}}\n'}),
    "narrative-code": (EMAIL, {"children/narrative.md.j2": f'{{{{ "{EMAIL}".nothing() }}}}\n{{% bad {EMAIL} %}}\n'}),
    "narrative-picture": (EMAIL, {"children/narrative.md": f"![Write to {EMAIL}](x.png)\n"}),
    "observation-word": (EMAIL, {"children/data/children.csv": CHILDREN.replace("point-in-time", EMAIL)}),
    "observation-source": (EMAIL, {"children/data/children.csv": CHILDREN.replace("annual-report-2024", EMAIL)}),
    "observation-printed": (PHONE, {"children/data/children.csv": CHILDREN.replace('"1,248"', PHONE)}),
    "observation-id": (EMAIL, {"children/data/children.csv": CHILDREN.replace("in-care-2023", EMAIL)}),
    "hidden-but-printed-in-words": (
        "seven",
        {"children/data/children.csv": CHILDREN.replace('1248,exact,,,"1,248"', "c,exact,,,seven")},
    ),
    "small-and-misprinted": (
        "four",
        {"children/data/children.csv": CHILDREN.replace('1248,exact,,,"1,248"', "3,exact,,,four")},
    ),
    "small-and-all-wrong": (
        "four",
        {
            "children/data/children.csv": CHILDREN.replace(
                'point-in-time,2024-03-31,2024-03-31,stated,31 March 2024,1248,exact,,,"1,248"',
                "four,2024-03-31,2024-03-31,four,31 March 2024,3,four,,,four",
            )
        },
    ),
    "reference-table": (EMAIL, {"reference/data/sources.csv": SOURCES.rstrip("\n").rpartition(",")[0] + f",{EMAIL}\n"}),
    "file-name": (EMAIL, {f"visits/{EMAIL}.csv": "a,b\n1,2\n"}),
    "folder-name": (
        EMAIL,
        {f"{EMAIL}/datapackage.yaml": DESCRIPTOR, f"{EMAIL}/data/visits.csv": "quarter,visits\n1,2\n"},
    ),
    "unlisted-file": (EMAIL, {"visits/notes.txt": f"Write to {EMAIL}\n"}),
    "unlisted-export": ("12/03/2009", {"visits/data/visits.csv.bak": "UPN,DOB\nx,12/03/2009\n"}),
    "hidden-folder": (EMAIL, {"visits/.ipynb_checkpoints/visits.csv": f"a\n{EMAIL}\n"}),
    "loose-file": (EMAIL, {"export.csv": f"a\n{EMAIL}\n"}),
    "folder-without-descriptor": (EMAIL, {"lost/export.csv": f"a\n{EMAIL}\n"}),
    "persons": ("Quillfeather", {TABLE: "UPN,Surname,visits\nx,Quillfeather,Quillfeather\n"}),
    "persons-below-a-title": ("Quillfeather", {TABLE: "All children,,\n\nUPN,Surname,visits\nx,Quillfeather,y,z\n"}),
}
CONFIGS = {
    "comment": MKDOCS + f"# {EMAIL}\n",
    "topic": MKDOCS.replace("id: children-in-care", f'id: "{EMAIL}"'),
    "home": MKDOCS + f'    home: {{cards: [{{figure: "{EMAIL}"}}]}}\n',
    "broken": f"site_name: [{EMAIL}\n*{EMAIL}",
    "anything": MKDOCS + f'copyright: "{EMAIL}"\n',
}


@pytest.mark.parametrize("place", PLACES)
def test_what_is_refused_is_in_no_message_and_no_file(place, tmp_path, monkeypatch):
    secret, files = PLACES[place]
    write_portal(tmp_path, files)
    for arguments in (["check"], ["check", "--format", "json", "--strict"], ["build", "--format", "github", "--debug"]):
        assert assert_kept(secret, tmp_path, monkeypatch, *arguments) == 1
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("place", CONFIGS)
def test_what_is_refused_in_the_settings_is_in_no_message(place, tmp_path, monkeypatch):
    write_portal(tmp_path)
    (tmp_path / "mkdocs.yml").write_text(CONFIGS[place], encoding="utf-8")
    for arguments in (["check"], ["check", "--format", "json", "--strict"], ["build", "--format", "github", "--debug"]):
        assert assert_kept(EMAIL, tmp_path, monkeypatch, *arguments) == 1


def test_the_address_of_a_contributor_is_a_warning_and_is_left_out_of_what_is_published(tmp_path, monkeypatch):
    write_portal(tmp_path, {PACKAGE: DESCRIPTOR + f"contributors: [{{title: Somebody, email: {EMAIL}}}]\n"})
    for arguments in (
        ["check"],
        ["check", "--format", "json"],
        ["build", "--site", "site", "--format", "github", "--debug"],
    ):
        assert assert_kept(EMAIL, tmp_path, monkeypatch, *arguments) == 0
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(run, ["build", "--datasets", "datasets", "--site", "site"]).exit_code == 0
    published = (tmp_path / "site/data/visits/datapackage.json").read_text(encoding="utf-8")
    assert "Somebody" in published
    assert EMAIL not in published


def test_a_name_is_a_warning_that_does_not_say_it(tmp_path, monkeypatch):
    write_portal(tmp_path, note(NAME))
    assert assert_kept(NAME, tmp_path, monkeypatch, "check") == 0
    assert assert_kept(NAME, tmp_path, monkeypatch, "check", "--format", "json", "--strict") == 1


@pytest.mark.parametrize(
    ("secret", "files"),
    [
        ("Mr Quillfeather", {"visits/Mr Quillfeather/x.csv": "a\n1\n"}),
        ("Child Q", note("Child Q")),
        ("three boys", note("three boys")),
        ("3 children", {"visits/narrative.md": "In May 3 children moved.\n"}),
    ],
)
def test_what_only_warns_is_not_repeated_and_stops_a_strict_run(secret, files, tmp_path, monkeypatch):
    write_portal(tmp_path, files)
    for arguments in (["check"], ["check", "--format", "github"]):
        assert assert_kept(secret, tmp_path, monkeypatch, *arguments) == 0
    assert assert_kept(secret, tmp_path, monkeypatch, "check", "--format", "json", "--strict") == 1


def test_a_small_number_that_is_typed_stops_the_check_and_is_not_repeated(tmp_path, monkeypatch):
    secret = "Only three of them"
    write_portal(tmp_path, {"children/page.yaml": PAGE + f"lede: {secret} moved.\n"})
    for arguments in (["check"], ["check", "--format", "github"], ["check", "--format", "json"]):
        assert assert_kept(secret, tmp_path, monkeypatch, *arguments) == 1


@pytest.mark.parametrize("cell", ["3*", "3 (p)", "+3", "３", "three", "3 children"])
def test_a_small_count_in_a_column_of_text_is_asked_about(cell, tmp_path, monkeypatch):
    typed = DESCRIPTOR.replace("{name: visits, type: integer", "{name: children, type: string")
    write_portal(tmp_path, {TABLE: f"quarter,children\n2024-Q1,310\n2024-Q2,295\n2024-Q3,{cell}\n", PACKAGE: typed})
    assert assert_kept(cell, tmp_path, monkeypatch, "check", "--strict") == 1


@pytest.mark.parametrize("broken", ["pages", "site"])
def test_a_fault_of_the_builder_does_not_say_what_it_stumbled_over(broken, tmp_path, monkeypatch):
    def stumble(*_: object, **__: object) -> None:
        raise ValueError(f"could not convert {EMAIL}")

    write_portal(tmp_path)
    monkeypatch.setattr("portal.pipeline.make_pages" if broken == "pages" else "portal.pipeline.write_site", stumble)
    monkeypatch.chdir(tmp_path)
    for arguments in (["build"], ["build", "--debug"]):
        done = CliRunner().invoke(run, [*arguments, "--datasets", "datasets", "--site", "site"])
        assert done.exit_code == 3
        assert_nowhere(EMAIL, done.output.encode(), done.output)


def test_what_passes_is_published_without_comments_and_strays(tmp_path, monkeypatch):
    """Words that no pattern knows, where nothing should carry them to the site."""
    secret = "quillfeatherstone"
    files: dict[str, str | bytes] = {
        "visits/notes.txt": f"{secret}\n",
        "visits/data/visits.csv.bak": f"quarter,visits\n{secret},1\n",
        "visits/~$visits.xlsx": b"PK\x03\x04" + secret.encode(),
        "visits/README.md": f"{secret}\n",
        PACKAGE: DESCRIPTOR + f"# {secret}\n",
        "children/page.yaml": PAGE + f"# {secret}\n",
        "children/narrative.md.j2": f"A story.\n\n{{# {secret} #}}\n",
    }
    write_portal(tmp_path, files)
    (tmp_path / "mkdocs.yml").write_text(MKDOCS + f"# {secret}\n", encoding="utf-8")
    assert assert_kept(secret, tmp_path, monkeypatch, "build", "--site", "site") == 0
    assert (tmp_path / "site/index.html").is_file()
