"""The browser form of the real server, for phones of the tests.

In: a running server. Out: an address that a phone opens.
"""

from .live import Server


class Served:
    """The real server, as a phone of the tests knows one."""

    def __init__(self, server: Server, path: str) -> None:
        self.address = server.address
        self._path = path

    def page(self, _who: str) -> str:
        return f"{self.address}{self._path}"
