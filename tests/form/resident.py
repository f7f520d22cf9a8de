"""A robot that answers as residents do, each otherwise, and remembers what it said.

In: a phone in an interview, a seed. Out: the interview finished, and what was said in it by path,
as the screen showed it. What arrives is held against that.
"""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Locator

from tyndau.fieldwork.openrosa import read_instance, read_xform

from .robot import Robot

# One answer, or several in any order.
Said = str | tuple[str, ...]

# So that most of them are asked to the end.
WILLING: Final = {"consent": "yes", "interviewed_before": "no", "lives_here": "yes"}
WORDS: Final = (
    "Жарық жоқ, көше қараңғы",
    'Сказал: "ямы", <и & лужи>',
    "Ә Ғ Қ Ң Ө Ұ Ү Һ І",
    "  два  пробела ",
    "Су жоқ\nжол да жоқ",
)
# Within the bounds of age, of a household, of how many refused.
NUMBERS: Final = (18, 30)
# How often somebody who changes the language does it, a page.
SWITCHES: Final = 0.2
_CONTROL: Final = re.compile(
    r'<(?:input|select|select1|range|upload|odk:rank)\b[^>]*\bref="/([^"]+)"'
)
_SHOWN: Final = """() => {
    const own = (block, what) =>
        [...block.querySelectorAll(what)].filter(one => one.closest(".block") === block);
    const shown = block => block.offsetParent !== null && block.dataset.node;
    return [...document.querySelectorAll(".page .block")].filter(shown).flatMap(block => {
        const options = own(block, ".option input");
        const written = own(block, ".written :is(input, textarea)")[0];
        const ticked = options.filter(one => one.checked).map(one => one.value);
        const name = block.dataset.node;
        return options.length ? [[name, options[0].type, ticked]]
            : written ? [[name, "written", [written.value]]] : [];
    });
}"""


@dataclass
class Resident(Robot):
    """Answers one interview by a seed."""

    chance: random.Random
    # Answers that are not left to chance, by the name of the question.
    fixed: Mapping[str, str] = field(default_factory=dict)
    # Between which languages it goes to and fro.
    languages: tuple[str, ...] = ()
    said: dict[str, Said] = field(default_factory=dict)

    def page(self) -> None:
        """Change the language now and then, and answer what is on the screen."""
        if self.languages and self.chance.random() < SWITCHES:
            self.phone.speak(self.chance.choice(self.languages))
        super().page()

    def noted(self) -> None:
        """Remember what the screen shows as answered."""
        for path, kind, values in self.phone.page.evaluate(_SHOWN):
            several = kind == "checkbox"
            self.said[path] = tuple(sorted(values)) if several else "".join(values)

    def _answer(self, block: Locator, attempt: int) -> None:
        name = (block.get_attribute("data-node") or "").rpartition("/")[2]
        if name in self.fixed:
            block.locator(f'.option:has(input[value="{self.fixed[name]}"])').click()
        else:
            super()._answer(block, attempt)

    def _select(self, options: Locator, attempt: int) -> None:
        if attempt:
            super()._select(options, attempt)
            return
        several = options.first.get_attribute("type") == "checkbox"
        count = min(options.count(), self.chance.randint(1, 3)) if several else 1
        drawn = self.chance.sample(range(options.count()), count)
        for place in drawn:
            if not options.nth(place).is_checked():
                options.nth(place).click(force=True)

    def _write(self, place: Locator, attempt: int) -> None:
        if place.first.get_attribute("inputmode") == "numeric":
            text = str(self.chance.randint(*NUMBERS))
        else:
            text = self.chance.choice(WORDS)
        place.first.fill(text)
        place.first.dispatch_event("change")


def differences(said: Mapping[str, Said], xml: bytes, xform: bytes) -> list[str]:
    """Say how what arrived differs from what was said: by path, got and expected.

    What was not asked in the end must be empty, too.
    """
    texts = read_instance(xml).values(read_xform(xform, "form.xml"))
    expected = {path.strip("/").partition("/")[2]: value for path, value in said.items()}
    asked = {path.partition("/")[2] for path in _CONTROL.findall(xform.decode())}
    wrong = [f"{path} is no question" for path in sorted(set(expected) - asked)]
    for path in sorted(asked):
        got, wanted = texts.get(path, ""), expected.get(path, "")
        same = tuple(sorted(got.split())) if isinstance(wanted, tuple) else got
        if same != wanted:
            wrong.append(f"{path}: {got!r} arrived, {wanted!r} was said")
    return wrong
