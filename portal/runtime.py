"""What the interactive view of a chart is drawn with: a script of others, put out only where a chart needs it.

In:  the folder of templates and the drawn charts.
Out: `OutputFile`s: the script, and the licences of those who wrote it.

It lies here as it was made; CONTRIBUTING says how it is renewed. A file that is not the one we know stops the build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from portal.errors import PortalError
from portal.made import Chart, OutputFile

FOLDER = "assets/vega"


def make_runtime(templates: Path, charts: Iterable[tuple[Chart, ...]]) -> tuple[OutputFile, ...]:
    """Nothing for a portal without an interactive chart."""
    if not any(chart.view for drawn in charts for chart in drawn):
        return ()
    vendor = templates / "vendor"
    content = (vendor / "vega.js").read_bytes()
    known = (vendor / "vega.js.sha256").read_text(encoding="utf-8").split()[0]
    if hashlib.sha256(content).hexdigest() != known:
        raise PortalError(
            "site_templates/vendor/vega.js is not the file its hash was written for",
            "Take the file back as it was, or renew it as CONTRIBUTING.md says.",
        )
    licences = (vendor / "vega-LICENSE.txt").read_bytes()
    return (OutputFile(f"{FOLDER}/vega.js", content), OutputFile(f"{FOLDER}/LICENSE.txt", licences))
