"""Kill builds at random moments, and look each time at what is left. A script; `test_kills.py` runs a short one.

    python tests/kills.py --times 200                 exchange in one step, as on Linux
    python tests/kills.py --times 100 --two-renames   as where the system cannot exchange folders

Two versions of the data take turns. After each kill the published folder must be the old site or the new one, byte for
byte, never a mixture; the next build must work; nothing but the lock may be left. A third of the kills wait for
`publish`, or for mkdocs; half take mkdocs along, half leave it running. With --two-renames the published folder
may be missing after a kill, and the next run, even one that is refused, must put the old one back.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = "datasets/children/data/children.csv"
NO_EXCHANGE = """
import ctypes
real = ctypes.CDLL
class Library:  # a system whose C library has no renameat2
    def __init__(self, *args, **words):
        self._real = real(*args, **words)
    def __getattr__(self, name):
        if name == "renameat2":
            raise AttributeError(name)
        return getattr(self._real, name)
ctypes.CDLL = Library
import os, time
rename = os.rename
def rename_slowly(*args, **words):  # so that some kills fall between the two
    time.sleep(0.02)
    rename(*args, **words)
os.rename = rename_slowly
"""  # as sitecustomize.py: the program itself knows nothing of this
Sums = Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """A portal on its own in a folder, and what a build there needs to know."""

    folder: Path
    env: Mapping[str, str]

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def command(self, word: str = "build") -> list[str]:
        # One date, so that a version of the data always gives the same bytes.
        place = ["--datasets", str(self.folder / "datasets"), "--site", str(self.site), "--date", "2026-01-31"]
        return [sys.executable, str(ROOT / "build.py"), word, *place]

    def start(self) -> subprocess.Popen[str]:
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            self.command(), env=self.env, stdout=quiet, stderr=subprocess.PIPE, text=True, start_new_session=True
        )


def make_place(folder: Path, two_renames: bool) -> Place:
    shutil.copytree(ROOT / "tests/broken/_common", folder, dirs_exist_ok=True)
    (folder / "tmp").mkdir()
    env = {**os.environ, "TMPDIR": str(folder / "tmp"), "TERM": "dumb"}
    if two_renames:
        (folder / "customize").mkdir()
        (folder / "customize/sitecustomize.py").write_text(NO_EXCHANGE, encoding="utf-8")
        env["PYTHONPATH"] = str(folder / "customize")
    return Place(folder, env)


def write_version(place: Place, value: str) -> None:
    """The data, with one number of it changed everywhere it is printed."""
    source = (ROOT / "tests/broken/_common" / TABLE).read_text(encoding="utf-8")
    changed = source.replace(",1248,", f",{value},").replace('"1,248"', f'"{value[0]},{value[1:]}"')
    assert value == "1248" or changed != source
    (place.folder / TABLE).write_text(changed, encoding="utf-8")


def take_sums(folder: Path) -> Sums:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def build(place: Place) -> float:
    started = time.perf_counter()
    done = subprocess.run(place.command(), env=place.env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return time.perf_counter() - started


def kill_build(place: Place, whole: float, dice: random.Random, near_the_end: bool) -> tuple[str, str]:
    """The stage in which a build died, and whom the kill took: "ended" when it was done before."""
    running = place.start()
    stage, wait = "start", dice.uniform(0, whole * 1.05)
    assert running.stderr is not None
    if near_the_end:
        # mkdocs is at work in the stage `site`; what is left of it may still write when its parent is dead.
        awaited, longest = dice.choice([("publish", 0.004), ("publish", 0.06), ("site", 0.8)])
        wait = dice.uniform(0, longest)
        for line in running.stderr:
            stage = line.split()[-1]
            if stage == awaited:
                break
    time.sleep(wait)
    group = dice.random() < 0.5
    (os.killpg if group else os.kill)(running.pid, signal.SIGKILL)
    rest = [line.split()[-1] for line in running.stderr.read().splitlines() if line.strip()]
    code = running.wait()
    return (rest[-1] if rest else stage) if code else "ended", "group" if group else "alone"


def look_at_leftovers(place: Place) -> list[str]:
    """Whatever a build must not leave: only the lock and its empty folder may stay."""
    made = [*place.folder.glob("_build/**/*"), *(place.folder / "tmp").rglob("*")]
    left = [str(path.relative_to(place.folder)) for path in made]
    beside = {path.name for path in place.folder.iterdir()}
    known = {"datasets", "mkdocs.yml", "site", "_build", "tmp", "customize"}
    return sorted({*left} - {"_build/site", "_build/site.lock"} | (beside - known))


def refuse(place: Place) -> None:
    """A run whose data is refused still puts back what a killed one had set aside."""
    write_version(place, "12x8")
    done = subprocess.run(place.command(), env=place.env, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr


def run(place: Place, times: int, dice: random.Random, say: bool = True) -> Counter[str]:
    versions: dict[str, Sums] = {}
    for value in ("1249", "1248"):
        write_version(place, value)
        whole = build(place)
        versions[value] = take_sums(place.site)
    assert versions["1248"] != versions["1249"]
    found: Counter[str] = Counter()
    stands = "1248"
    for number in range(times):
        wanted = "1249" if stands == "1248" else "1248"
        write_version(place, wanted)
        stage, whom = kill_build(place, whole, dice, near_the_end=number % 3 == 0)
        if not place.site.exists():
            refuse(place)
            seen = "missing, then old"
            assert take_sums(place.site) == versions[stands], f"kill {number}: the old site was not put back"
        else:
            sums = take_sums(place.site)
            assert sums in (versions[stands], versions[wanted]), (
                f"kill {number} in {stage}: a mixture in {place.folder}"
            )
            seen = "old" if sums == versions[stands] else "new"
        write_version(place, wanted)
        build(place)
        assert take_sums(place.site) == versions[wanted], f"kill {number} in {stage}: the next build is wrong"
        assert not (left := look_at_leftovers(place)), f"kill {number} in {stage}: left {left}"
        stands = wanted
        found[f"{stage:10} {whom:6} {seen}"] += 1
        if say and number % 20 == 19:
            print(f"{number + 1} kills", file=sys.stderr, flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--two-renames", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        place = make_place(Path(folder), options.two_renames)
        found = run(place, options.times, random.Random(options.seed))
    print(f"{options.times} kills; killed in, whom the kill took, what stood there afterwards:")
    for what, number in sorted(found.items()):
        print(f"{number:5}  {what}")
    print("Never a mixture; each next build worked and left nothing.")


if __name__ == "__main__":
    main()
