"""Holds a finding against its tables: every number to its cell, every comparison to its test.

Written apart from what makes the sentences: it reads the sentence itself, in each language, and the
arrays of the tables. What it returns is what is wrong.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from tyndau.base.languages import number
from tyndau.reporting.findings import Claim, Finding
from tyndau.tabulation.table import Table

QUOTED = re.compile(r"«[^«»]*»")
PERCENT = re.compile(r"(?<![\d,])\d+\u00a0%")
MEAN = re.compile(r"(?<![\d,])\u2212?\d+,\d\d(?!\d)")
# Words that compare groups, and what must carry them; words of cause, which nothing can.
COMPARING = {
    "ru": re.compile(r"\b(чаще(?! всего)|реже|выше|ниже|больше|меньше|лучше|хуже)\b"),
    "kk": re.compile(r"\b(жиірек|сирегірек|жоғары|төмен|көбірек|азырақ)\b"),
}
CAUSE = {
    "ru": re.compile(r"потому что|из-за|благодаря|влия|привод|вызван|следстви|объясня|причин"),
    "kk": re.compile(r"себебі|өйткені|арқасында|салдарынан|әсерінен|ықпал|себеп|түсіндір"),
}
MOST = {"ru": re.compile("Чаще всего"), "kk": re.compile("Ең жиі")}
NOTHING = {"ru": re.compile("не обнаружено"), "kk": re.compile("табылған жоқ")}
UNTESTED = {"ru": re.compile("не проверялись"), "kk": re.compile("тексерілмеді")}


def wrong(finding: Finding, tables: Sequence[Table]) -> list[str]:
    """Return what a finding says that its tables do not."""
    found = [text for claim in finding.claims for text in _claim(claim, tables)]
    for language in ("ru", "kk"):
        sentence = finding.text.say(language)
        plain = QUOTED.sub("«»", sentence)
        found.extend(_numbers(plain, language, finding.claims, tables))
        found.extend(_words(plain, language, finding.claims))
        if not sentence.endswith(".") or re.search(r"  |[{}]|None|nan|\[ru\]|\[kk\]", sentence):
            found.append(f"malformed: {sentence}")
    return found


def _claim(claim: Claim, tables: Sequence[Table]) -> Iterator[str]:
    table = tables[claim.table]
    group = [at for at, head in enumerate(table.columns) if head.group == claim.group]
    fault = _FAULTS[claim.relation](claim, table, group)
    if fault:
        yield f"{claim.relation}: {fault}"


def _share(claim: Claim, table: Table, _: list[int]) -> str:
    kinds = {table.rows[row].kind for row in claim.rows}
    allowed = {"mean"} if claim.relation == "mean" else {"answer", "no_answer"}
    return "" if kinds and kinds <= allowed else f"of rows that are {kinds}"


def _most(claim: Claim, table: Table, _: list[int]) -> str:
    aside = ("dont_know", "refused", "other")
    answers = [
        table.percent[row, claim.column]
        for row, head in enumerate(table.rows)
        if head.kind == "answer" and head.code not in aside
    ]
    said = round(float(table.percent[claim.rows[0], claim.column]))
    return "" if said == round(float(max(answers))) else "another answer is more frequent"


def _versus(claim: Claim, table: Table, _: list[int]) -> str:
    expected = 1 if claim.relation == "higher" else -1
    tested = table.versus_rest[claim.rows[0], claim.column] == expected
    return "" if tested else "without its test"


def _pair(claim: Claim, table: Table, _: list[int]) -> str:
    tested = table.higher_than[claim.rows[0], claim.column, claim.other]
    return "" if tested else "without its test"


def _no_difference(_: Claim, table: Table, group: list[int]) -> str:
    if table.versus_rest[:, group].any() or table.higher_than[:, group].any():
        return "there is one"
    return "" if _tested(table, group) > 1 else "nothing was tested"


def _untested(_: Claim, table: Table, group: list[int]) -> str:
    return "columns were tested" if _tested(table, group) > 1 else ""


def _more(claim: Claim, table: Table, group: list[int]) -> str:
    there = int(np.count_nonzero(table.versus_rest[:, group]))
    return "" if 0 < claim.other <= there else f"there are {there}"


def _tested(table: Table, group: list[int]) -> int:
    heads = [table.columns[at] for at in group]
    return sum(head.mark != "**" and head.base > 0 for head in heads)


_FAULTS: Mapping[str, Callable[[Claim, Table, list[int]], str]] = {
    "share": _share, "mean": _share, "base": lambda *_: "", "most": _most, "higher": _versus,
    "lower": _versus, "pair": _pair, "more": _more, "no_difference": _no_difference,
    "untested": _untested,
}  # fmt: skip


def _numbers(
    plain: str, language: str, claims: Sequence[Claim], tables: Sequence[Table]
) -> Iterator[str]:
    said = Counter(PERCENT.findall(plain)) + Counter(MEAN.findall(plain))
    cells: Counter[str] = Counter()
    for claim in claims:
        if claim.relation in ("share", "mean"):
            table = tables[claim.table]
            value = float(sum(table.percent[row, claim.column] for row in claim.rows))
            if claim.relation == "share":
                cells[f"{number(value, language)}\u00a0%"] += 1
            else:
                cells[number(value, language, decimals=2).replace("-", "\u2212")] += 1
        elif claim.relation in ("base", "more"):
            known = claim.other if claim.relation == "more" else tables[claim.table].columns[0].base
            if not re.search(rf"\b{known}\b", plain):
                yield f"{known} is not said ({language})"
    # One share may stand for several answers that are equal as printed.
    if set(said) != set(cells) or any(said[one] > cells[one] for one in said):
        yield f"numbers {dict(said)}, cells {dict(cells)} ({language})"


def _words(plain: str, language: str, claims: Sequence[Claim]) -> Iterator[str]:
    relations = {claim.relation for claim in claims}
    if CAUSE[language].search(plain):
        yield f"a cause ({language})"
    for pattern, carrying in (
        (COMPARING, {"higher", "lower", "pair"}),
        (MOST, {"most"}),
        (NOTHING, {"no_difference"}),
        (UNTESTED, {"untested"}),
    ):
        if bool(pattern[language].search(plain)) != bool(carrying & relations):
            yield f"words and claims part: {sorted(relations)} ({language}) {plain}"
