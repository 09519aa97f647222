"""One error family: what the builder raises when it cannot go on and the reader can do something about it.

Bad data is not an exception but a `Problem` (see `model`); only `cli` catches what is raised here.
"""


class PortalError(Exception):
    """The build cannot go on: `message` says what, `fix` what to do next, `path` and `line` where, if known."""

    def __init__(self, message: str, fix: str = "", path: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix
        self.path = path
        self.line = line
