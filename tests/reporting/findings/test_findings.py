"""Findings over real and simulated tables: what they say, and that every claim has its test."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tyndau.base.languages import Text
from tyndau.reporting.findings import Claim, Finding, find, headline, inference_note

from ..reported import Reported
from .checker import wrong

DATA = Path(__file__).parent / "data"


def _expected() -> dict[str, list[tuple[str, str]]]:
    """Sentences over tables of public-councils-2023, read and approved one by one."""
    expected: dict[str, list[tuple[str, str]]] = {}
    with (DATA / "public-councils-2023.csv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            expected.setdefault(line["question"], []).append((line["ru"], line["kk"]))
    return expected


EXPECTED = _expected()


def test_at_least_sixty_sentences_are_expected() -> None:
    assert sum(map(len, EXPECTED.values())) >= 60


@pytest.mark.parametrize("question", EXPECTED)
def test_a_question_is_told_as_it_was_approved(councils: Reported, question: str) -> None:
    found = find(councils.questions[f"residents/{question}"], councils.places)
    assert [(one.text.ru, one.text.kk) for one in found] == EXPECTED[question]


@pytest.mark.parametrize("name", ["councils", "demo_city"])
def test_no_sentence_claims_what_its_tables_do_not_hold(
    name: str, request: pytest.FixtureRequest
) -> None:
    reported: Reported = request.getfixturevalue(name)
    walked = 0
    faults = []
    for question, tables in reported.questions.items():
        top = headline(tables)
        for finding in (*find(tables, reported.places), *([top] if top else [])):
            walked += 1
            faults += [(question, finding.text.ru, fault) for fault in wrong(finding, tables)]
    assert faults == []
    assert walked > {"councils": 100, "demo_city": 400}[name]


def test_every_kind_of_sentence_occurs(councils: Reported, demo_city: Reported) -> None:
    relations = {
        claim.relation
        for reported in (councils, demo_city)
        for tables in reported.questions.values()
        for finding in find(tables, reported.places)
        for claim in finding.claims
    }
    assert relations == {
        "share", "mean", "base", "most", "higher", "lower", "pair", "more", "no_difference",
        "untested",
    }  # fmt: skip


def test_every_variable_of_the_banners_is_accounted_for(councils: Reported) -> None:
    for question, tables in councils.questions.items():
        told = {
            (claim.table, tables[claim.table].columns[claim.column].group)
            for finding in find(tables, councils.places)
            for claim in finding.claims
            if claim.relation in ("higher", "lower", "pair")
        } | {
            (claim.table, claim.group)
            for finding in find(tables, councils.places)
            for claim in finding.claims
            if claim.relation in ("more", "no_difference", "untested")
        }
        there = {
            (at, group) for at, table in enumerate(tables) for group in range(len(table.groups))
        }
        assert told == there, question


def _find(reported: Reported, relation: str) -> tuple[Finding, list]:
    for tables in reported.questions.values():
        for finding in find(tables, reported.places):
            if any(claim.relation == relation for claim in finding.claims):
                return finding, tables
    raise AssertionError(relation)


@pytest.mark.parametrize("relation", ["higher", "lower", "no_difference", "most", "share"])
def test_the_checker_sees_a_claim_that_the_tables_do_not_carry(
    councils: Reported, relation: str
) -> None:
    finding, tables = _find(councils, relation)
    changed = [
        replace(
            table,
            versus_rest=-table.versus_rest if relation in ("higher", "lower")
            else np.ones_like(table.versus_rest),
            percent=100 - table.percent,
        )
        for table in tables
    ]  # fmt: skip
    assert wrong(finding, tables) == []
    assert wrong(finding, changed) != []


@pytest.mark.parametrize(
    ("ru", "kk"),
    [
        ("Чаще всего отвечали «Да» — 40 %; чаще — в Астане.", "Ең жиі «Иә» (40 %)."),
        ("Чаще всего отвечали «Да» — 40 % из-за цен.", "Ең жиі «Иә» (40 %)."),
        ("Чаще всего отвечали «Да» — 41 %.", "Ең жиі «Иә» (40 %)."),
    ],
)
def test_the_checker_reads_the_sentence_itself(councils: Reported, ru: str, kk: str) -> None:
    tables = councils.questions["residents/q16_aware"]
    row = next(at for at, head in enumerate(tables[0].rows) if head.code == "no")
    claims = (Claim("most", 0, (row,)), Claim("share", 0, (row,)))
    spaced = Text(kk=kk.replace(" %", "\u00a0%"), ru=ru.replace(" %", "\u00a0%"))
    assert wrong(Finding(spaced, claims, "distribution"), tables) != []


def test_a_sample_that_allows_no_tests_is_told_without_comparisons(councils: Reported) -> None:
    tables = councils.questions["residents/q16_aware"]
    open_to_all = [
        replace(table, method=replace(table.method, inference="none")) for table in tables
    ]
    assert {one.kind for one in find(open_to_all)} == {"distribution"}


def test_a_chapter_is_told_what_its_tests_rest_on() -> None:
    model, nothing = inference_note("model"), inference_note("none")
    assert model is not None and "модел" in model.say("ru") and "модель" in model.say("kk")
    assert nothing is not None and "сравнива" in nothing.say("ru")
    assert inference_note("design") is None


def test_places_are_named_in_their_case_only_where_they_are_territories(
    councils: Reported,
) -> None:
    tables = councils.questions["residents/q16_aware"]
    named = " ".join(one.text.ru for one in find(tables, councils.places))
    quoted = " ".join(one.text.ru for one in find(tables))
    assert "в Караганде (12\u00a0%)" in named
    assert "«Караганда» (12\u00a0%)" in quoted
