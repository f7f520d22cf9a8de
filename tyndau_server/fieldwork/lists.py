"""Lists by interviewer: of a CSV list, only the rows that are meant for one.

In: a CSV file and an interviewer's code. Out: the file with the rows whose column ``interviewer``
holds the code or nothing. Any other file is passed on as it is.
"""

import csv
import io

COLUMN = "interviewer"


def rows_for(content: bytes, code: str) -> bytes:
    """Narrow a list to what an interviewer is to have.

    Parameters
    ----------
    content : bytes
        A CSV file, in UTF-8, with a row of headings.
    code : str
        By which the interviewer stands in the data.

    Returns
    -------
    bytes
        The rows with this code and those with none; unchanged if there is no such column.
    """
    try:
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return content
    if not rows or COLUMN not in rows[0]:
        return content
    at = rows[0].index(COLUMN)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(
        row
        for number, row in enumerate(rows)
        if number == 0 or len(row) <= at or row[at].strip() in ("", code)
    )
    return written.getvalue().encode()
