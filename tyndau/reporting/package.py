"""Office files that are the same whenever they are made.

In: an office file, which is a zip archive, and a date. Out: the same archive with this date in
every entry, also inside workbooks that charts carry. Libraries write the hour of the clock there.
"""

import io
import re
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

UNDATED = date(2000, 1, 1)
# Characters of a title or an author in the properties of an office file.
LONGEST_PROPERTY = 255
_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def repacked(content: bytes, dated: date | None) -> bytes:
    """Return an office file with a fixed date.

    Parameters
    ----------
    content : bytes
        A .docx, .pptx or .xlsx file.
    dated : date or None
        The date; `UNDATED` where there is none.

    Returns
    -------
    bytes
        The same parts in the same order.
    """
    day = dated or UNDATED
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    made = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            part = before.read(entry)
            if entry.filename.endswith(".xlsx"):
                part = repacked(part, dated)
            elif entry.filename.endswith("core.xml"):
                part = _CLOCK.sub(rb"\g<1>" + stamp + rb"\g<2>", part)
            fixed = ZipInfo(entry.filename, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            fixed.compress_type = ZIP_DEFLATED
            fixed.external_attr = 0o644 << 16
            after.writestr(fixed, part)
    return made.getvalue()
