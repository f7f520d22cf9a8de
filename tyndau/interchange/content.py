"""What a file is by its content, whatever its name says.

In: the first bytes. Out: words for the kind of file, and what to do to get one that can be read.
"""

from tyndau.base.languages import N_, Message

SAV = (b"$FL2", b"$FL3")

_CSV = N_("a CSV file")
_SAV = N_("an SPSS file (.sav)")
_WORKBOOK = N_("an Excel workbook (.xlsx) or another packed file")
_OLD_OFFICE = N_("an old Office file (.xls)")
_PDF = N_("a PDF document")
_PARQUET = N_("a Parquet file")
_PACKED = N_("a packed file")
_PAGE = N_("a web page")
_ADVICE_EXCEL = N_('Open it in Excel and save it as "CSV UTF-8", then import that file.')
_ADVICE_SAV = N_("Give the file the ending .sav, then import it.")
_ADVICE_UNPACK = N_("Unpack it and import the CSV or .sav file inside.")
_ADVICE_EXPORT = N_("Export the data as CSV or .sav, then import that file.")
_ADVICE_TEXT = N_("If it is a CSV file, give it the ending .csv; otherwise save it again as .sav.")

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", _WORKBOOK, _ADVICE_EXCEL),
    (b"\xd0\xcf\x11\xe0", _OLD_OFFICE, _ADVICE_EXCEL),
    (SAV[0], _SAV, _ADVICE_SAV),
    (SAV[1], _SAV, _ADVICE_SAV),
    (b"%PDF", _PDF, _ADVICE_EXPORT),
    (b"PAR1", _PARQUET, _ADVICE_EXPORT),
    (b"\x1f\x8b", _PACKED, _ADVICE_UNPACK),
    (b"7z\xbc\xaf", _PACKED, _ADVICE_UNPACK),
    (b"Rar!", _PACKED, _ADVICE_UNPACK),
    (b"<html", _PAGE, _ADVICE_EXCEL),
    (b"<!doctype", _PAGE, _ADVICE_EXCEL),
)
_SOMETHING = N_("something else")


def not_csv(head: bytes) -> dict[str, Message] | None:
    """Tell what a file is if it cannot be CSV.

    Parameters
    ----------
    head : bytes
        The beginning of the file, 16 bytes or more.

    Returns
    -------
    dict of str to Message, or None
        Values ``got``, ``expected`` and ``advice`` of ``data.wrong-type``; None if it may be CSV.
    """
    for signature, got, advice in _SIGNATURES:
        if head.lower().startswith(signature.lower()):
            return {"got": Message(got), "expected": Message(_CSV), "advice": Message(advice)}
    return None


def not_sav(head: bytes) -> dict[str, Message] | None:
    """Tell what a file is if it is not an SPSS file.

    Parameters
    ----------
    head : bytes
        The beginning of the file, 16 bytes or more.

    Returns
    -------
    dict of str to Message, or None
        Values ``got``, ``expected`` and ``advice`` of ``data.wrong-type``; None if it is one.
    """
    if head.startswith(SAV):
        return None
    other = not_csv(head)
    if other:
        return {**other, "expected": Message(_SAV)}
    return {
        "got": Message(_SOMETHING),
        "expected": Message(_SAV),
        "advice": Message(_ADVICE_TEXT),
    }
