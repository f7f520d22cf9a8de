"""Prints how large the browser form is: what a phone fetches, compressed.

In: the built client (``make bench`` builds it). Out: a line a file, by gzip as whitenoise serves
it, and the bound of the script; the exit code is 1 where it is passed. Measured beside it were
@getodk/web-forms 0.22 (1.22 MB) and enketo-core 9.0.1 (446 KB), each as its own build gives it.
"""

import gzip
import sys
from pathlib import Path

BUILT = Path(__file__).resolve().parents[1] / "tyndau_server" / "form" / "static" / "form"
# The bound of the script, in bytes; 320 KB are some seconds on the networks of remote settlements.
MOST = 320_000


def main() -> int:
    """Print the sizes; return 1 where the script is too large."""
    size = 0
    for name in ("form.js", "worker.js", "form.css"):
        content = (BUILT / name).read_bytes()
        packed = len(gzip.compress(content, 9))
        print(f"{name:<12}{len(content) / 1000:>8.1f} KB{packed / 1000:>10.1f} KB compressed")
        size = packed if name == "form.js" else size
    print(f"The script takes {size / MOST:.0%} of the {MOST / 1000:.0f} KB that it may take.")
    return int(size > MOST)


if __name__ == "__main__":
    sys.exit(main())
