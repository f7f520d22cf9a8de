"""A small study whose points, quotas and plan are known, for tests of the field under way.

In: the folder of the template's study. Out: the same folder with points, quotas and the record of a
plan: two points of the centre, one of the north, two interviewers; and a face.
"""

import io
import json
from pathlib import Path

import openpyxl
from PIL import Image, ImageDraw

from tyndau.sampling import RECORD
from tyndau_server.people.models import Membership, Person, Role

POINTS = [
    ["code", "territory", "name_kk", "name_ru", "kind", "interviews", "step", "substitute_for"],
    ["1", "centre", "Базар", "Рынок", "street", 12, 3, None],
    ["2", "centre", "Саябақ", "Парк", "street", 10, 3, None],
    ["3", "north", "Мектеп", "Школа", "street", 10, 3, None],
    ["9", "centre", "Аялдама", "Остановка", "street", None, 3, "1"],
]
QUOTAS = [
    ["population", "territory", "variable", "code", "target"],
    ["residents", None, "sex", "female", 4],
    ["residents", None, "sex", "male", 10],
]


def drawn(folder: Path, *, plan: bool = True) -> Path:
    """Write points and quotas into a study, and the plan of its sample."""
    book = openpyxl.load_workbook(folder / "study.xlsx")
    for name, rows in (("points", POINTS), ("quotas", QUOTAS)):
        if name in book.sheetnames:
            del book[name]
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "study.xlsx")
    if plan:
        path = folder / RECORD
        path.parent.mkdir()
        path.write_text(json.dumps(_record()), "utf-8")
    return folder


def _record() -> dict[str, object]:
    def point(code: str, shares: tuple[int, int], *visits: tuple[str, int]) -> dict[str, object]:
        return {
            "code": code, "kind": "street", "interviews": sum(shares), "interviewers": [2, 1],
            "route": {"start": 1, "step": 3, "side": "left"}, "shares": list(shares),
            "visits": [
                {"day": 1, "date": day, "weekday": 0, "start": 10, "end": 12, "interviews": count}
                for day, count in visits
            ],
        }  # fmt: skip

    def place(code: str, points: list[dict[str, object]], *substitutes: str) -> dict[str, object]:
        return {
            "code": code, "interviews": sum(int(str(one["interviews"])) for one in points),
            "substitutes": [{"code": one, "kind": "street"} for one in substitutes],
            "points": points,
        }  # fmt: skip

    centre = [
        point("1", (6, 6), ("2026-05-11", 8), ("2026-05-12", 4)),
        point("2", (5, 5), ("2026-05-11", 10)),
    ]
    north = [point("3", (5, 5), ("2026-05-13", 10))]
    return {
        "format": 1,
        "population": "residents",
        "territories": [place("centre", centre, "9"), place("north", north)],
        "quotas": {
            "variables": ["sex"],
            "codes": [["female", "male"]],
            "counts": [[2, 8], [2, 2]],
            "interviewers": [[[1, 4], [1, 1]], [[1, 4], [1, 1]]],
        },
        "interviewers": {"count": 2, "interviews": [16, 16]},
    }


def interviewer(slug: str, code: str, **more: object) -> Membership:
    """Add an interviewer."""
    person = Person.objects.create(name=f"Interviewer {code}", email=None)
    return Membership.objects.create(
        person=person, study=slug, role=Role.INTERVIEWER, code=code, **more
    )


def face() -> bytes:
    """Draw what passes for a portrait, as a JPEG."""
    image = Image.new("RGB", (600, 800), "#9db7c9")
    pen = ImageDraw.Draw(image)
    pen.ellipse((90, 560, 510, 1100), fill="#37474f")
    pen.ellipse((180, 160, 420, 520), fill="#d9a066")
    pen.pieslice((170, 130, 430, 470), 180, 360, fill="#3e2723")
    for left in (235, 335):
        pen.ellipse((left, 320, left + 30, 340), fill="#3e2723")
    pen.arc((250, 380, 350, 450), 20, 160, fill="#7b241c", width=8)
    made = io.BytesIO()
    image.save(made, "JPEG")
    return made.getvalue()
