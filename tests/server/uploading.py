"""A study that is served for one test, and files sent to its design as a browser sends them."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tyndau.study.versions import read_stamp


def edited(content: bytes, change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """Change a workbook as a person does: open, edit, save; the stamp stays."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def set_cell(sheet: str, cell: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    """Return what writes a cell."""

    def change(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value

    return change


class Design:
    """The pages of one study's design, in the browser of one person."""

    def __init__(self, browser: Client, study: Path) -> None:
        self.browser, self.study = browser, study
        self.address = f"/ru/studies/{study.name}/design/"

    def page(self, path: str = "") -> str:
        """Open a page."""
        answer = self.browser.get(self.address + path)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def download(self, path: str, number: int = 1) -> bytes:
        """Download a file of a version."""
        answer = self.browser.get(f"{self.address}versions/{number}/files/{path}")
        assert answer.status_code == 200, answer.status_code
        content = answer.getvalue()
        assert path.endswith((".md", ".csv")) or read_stamp(content) is not None
        return bytes(content)

    def send(self, *files: tuple[str, bytes], base: int = 1, remove: tuple[str, ...] = ()) -> str:
        """Send files; return the address at which they wait."""
        answer = self.post(*files, base=base, remove=remove)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    def post(self, *files: tuple[str, bytes], base: int = 1, remove: tuple[str, ...] = ()):  # type: ignore[no-untyped-def]
        """Send files; return the answer."""
        sent = [SimpleUploadedFile(name, content) for name, content in files]
        form = {"base": base, "files": sent, "remove": list(remove)}
        return self.browser.post(f"{self.address}upload", form)

    def look(self, waiting: str) -> str:
        """Look at what was sent."""
        answer = self.browser.get(waiting)
        assert answer.status_code == 200
        return answer.content.decode()

    def take(self, waiting: str, expected: int, note: str = "", status: int = 302) -> str:
        """Take over what was sent; return where it leads, or the page that refuses."""
        answer = self.browser.post(f"{waiting}/take-over", {"expected": expected, "note": note})
        assert answer.status_code == status, answer.content.decode()
        return str(answer["Location"]) if status == 302 else answer.content.decode()
