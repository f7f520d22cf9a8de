"""The built form holds itself to the oldest phones that it is promised for: Chrome 100, Safari 16.

esbuild turns newer syntax into older, but adds no built-in that a browser lacks: a new version of
the engine that calls one would stop in the middle of an interview on an old phone and nowhere else.
"""

import re

import pytest

from .serving import STATIC

# What came after Chrome 100 or Safari 16, by how it is written where it is called (MDN's data of
# browser compatibility); the first of the versions that have it in both.
NEWER = {
    r"\.toSorted\(": "110, 16", r"\.toReversed\(": "110, 16", r"\.toSpliced\(": "110, 16",
    r"\.isWellFormed\(": "111, 16.4", r"\.toWellFormed\(": "111, 16.4",
    r"Object\.groupBy\b": "117, 17.4", r"Map\.groupBy\b": "117, 17.4",
    r"\.withResolvers\(": "119, 17.4", r"Promise\.try\(": "128, 18.2",
    r"URL\.canParse\(": "120, 17", r"URL\.parse\(": "126, 18",
    r"AbortSignal\.any\(": "116, 17.4", r"AbortSignal\.timeout\(": "103, 16",
    r"Array\.fromAsync\b": "121, 16.4", r"Iterator\.from\(": "122, 18.4",
    r"\.symmetricDifference\(": "122, 17", r"\.isSubsetOf\(": "122, 17",
    r"\.isSupersetOf\(": "122, 17", r"\.isDisjointFrom\(": "122, 17",
    r"RegExp\.escape\(": "136, 18.2", r"\.fromBase64\(": "140, 18.2",
    r"Intl\.DurationFormat\(": "129, 16.4", r"new SyncManager\b": "49, none",
    r"\.sync\.register\(": "49, none", r"\.requestIdleCallback\(": "47, none",
    r"\.setAppBadge\(": "81, 17 installed", r"CompressionStream\(": "80, 16.4",
    r"OffscreenCanvas\(": "69, 16.4", r"\.showPopover\(": "114, 17",
    r"\.getOrInsert\(": "145, none", r"/[gimsuy]*v[gimsuy]*\.(test|exec)\(": "112, 17",
}  # fmt: skip
# Calls that are there and never reached, or reached only where the browser has what they need.
HARMLESS = {
    # The engine's loader of forms, for an address in place of a form; the client hands over XML.
    r"URL\.canParse\(": 1,
    # Temporal's polyfill asks first whether it is there.
    r"Intl\.DurationFormat\(": 1,
}


@pytest.mark.requirement("T1")
@pytest.mark.parametrize("name", ["form.js", "worker.js"])
def test_nothing_is_called_that_the_oldest_phones_lack(name: str) -> None:
    script = (STATIC["form"] / name).read_text("utf-8")
    found = {
        call: len(re.findall(call, script))
        for call in NEWER
        if len(re.findall(call, script)) > (HARMLESS.get(call, 0) if name == "form.js" else 0)
    }
    assert not found, {call: NEWER[call] for call in found}


def test_styles_need_nothing_that_the_oldest_phones_lack() -> None:
    """What is newer stands beside an older word, or is asked for by ``@supports``."""
    style = (STATIC["form"] / "form.css").read_text("utf-8")
    assert not re.search(r"@layer|@container|@scope|color-mix\(|light-dark\(|oklch\(", style)
    assert "100vh" in style.split("100dvh")[0]
    assert ":has(" not in style.split("@supports selector(:has(")[0]
