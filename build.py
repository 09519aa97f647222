"""The door: python build.py --help."""

from portal.cli import run

if __name__ == "__main__":
    run(prog_name="python build.py")
