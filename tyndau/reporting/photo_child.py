"""The child process that opens a photo of an interviewer.

In (standard input): the bytes of a file that somebody gave. Out (standard output): a small JPEG of
the frame's shape, upright, without anything that a phone writes into a photo (place, hour, owner);
or nothing, and `LARGE` or `UNREADABLE` as exit code. It is a process of its own, under limits,
because a picture can ask for any amount of memory. It imports nothing of ours, so that it starts
quickly. Only JPEG and PNG are opened at all.
"""

import io
import sys
import warnings

from PIL import Image, ImageOps

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's timeout remains
    resource = None  # type: ignore[assignment]

# 3 × 4 cm at 300 dots an inch.
SIZE = (354, 472)
# Larger pictures are no photos for a badge, and opening them takes the machine's memory.
MOST_PIXELS = 60_000_000
LARGE, UNREADABLE = 3, 4

# As many pixels take 900 MB in four colours of 16 bits, with what is made of them beside.
_MEMORY = 1_500_000_000
_SECONDS = 20
_FORMATS = ("JPEG", "PNG")
# Heads are above the middle of a portrait.
_CENTRE = (0.5, 0.4)
_QUALITY = 88


def _fitted(opened: Image.Image) -> Image.Image:
    opened.draft("RGB", (SIZE[0] * 2, SIZE[1] * 2))
    upright = ImageOps.exif_transpose(opened).convert("RGBA")
    small = ImageOps.fit(upright, SIZE, centering=_CENTRE)
    page = Image.new("RGB", SIZE, "white")
    page.paste(small, mask=small)
    return page


def _prepare(photo: bytes) -> bytes | int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(photo), formats=_FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    return LARGE
                made = io.BytesIO()
                _fitted(opened).save(made, "JPEG", quality=_QUALITY)
                return made.getvalue()
    except (Image.DecompressionBombError, MemoryError):
        return LARGE
    except (OSError, ValueError, SyntaxError):
        return UNREADABLE


def main() -> None:
    """Serve the photo on standard input."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    made = _prepare(sys.stdin.buffer.read())
    if isinstance(made, int):
        sys.exit(made)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
