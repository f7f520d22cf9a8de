"""Photos of interviewers, as badges hold them.

In: bytes that people uploaded. Out: a small JPEG of the frame's shape, upright, without anything
that a phone writes into a photo (place, hour, owner). Only JPEG and PNG are opened at all.
"""

import io
import warnings

from PIL import Image, ImageOps

from tyndau.base.errors import Problem
from tyndau.reporting.problems import BAD_PHOTO

# 3 × 4 cm at 300 dots an inch.
SIZE = (354, 472)
# Larger pictures are no photos for a badge, and opening them takes the machine's memory.
MOST_PIXELS = 60_000_000
_FORMATS = ("JPEG", "PNG")
# Heads are above the middle of a portrait.
_CENTRE = (0.5, 0.4)
_QUALITY = 88


def prepare_photo(photo: bytes, code: str) -> bytes | Problem:
    """Make a photo fit for a badge.

    Parameters
    ----------
    photo : bytes
        As it was given.
    code : str
        Whose it is.

    Returns
    -------
    bytes or Problem
        A JPEG; or that it is no photo that can be used.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(photo), formats=_FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    return BAD_PHOTO.at(code=code)
                fitted = _fitted(opened)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return BAD_PHOTO.at(code=code)
    made = io.BytesIO()
    fitted.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()


def _fitted(opened: Image.Image) -> Image.Image:
    opened.draft("RGB", (SIZE[0] * 2, SIZE[1] * 2))
    upright = ImageOps.exif_transpose(opened).convert("RGBA")
    small = ImageOps.fit(upright, SIZE, centering=_CENTRE)
    page = Image.new("RGB", SIZE, "white")
    page.paste(small, mask=small)
    return page
