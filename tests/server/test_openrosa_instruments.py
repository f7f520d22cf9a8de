"""A questionnaire's way: issued, agreed, in the field, closed; each step in the log."""

from collections.abc import Callable

import pytest

from tyndau.base.errors import UserError
from tyndau_server.audit.models import Entry
from tyndau_server.fieldwork.instruments import (
    agree,
    close,
    issue,
    open_field,
    seal,
    set_pilot,
)
from tyndau_server.fieldwork.models import Instrument, Media
from tyndau_server.people.models import Person

from .field import STUDY, asked
from .interviews import small_form


def _issued(xform: bytes | None = None, **files: bytes) -> Instrument:
    content = small_form() if xform is None else xform
    return issue(STUDY, "residents", xform=content, files=files, by=None)


def _code(step: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        step()
    return caught.value.problems[0].kind.code


def test_it_works() -> None:
    head = Person.objects.create(name="Head", email="head@tyndau.example")
    draft = issue(STUDY, "residents", xform=small_form(), files={"a.png": b"1"}, by=head)
    assert (draft.state, draft.form_id, draft.version) == ("draft", "residents", "1")
    agreed = agree(draft, by=head)
    assert agreed.agreed_by == head
    assert agreed.agreed_sha256 == seal(agreed)
    opened = open_field(agreed, by=head)
    assert opened.state == "field"
    assert close(opened, by=head).state == "closed"
    assert open_field(opened, by=head).state == "field"
    written = list(Entry.objects.order_by("number").values_list("action", "actor", "study"))
    assert written == [
        (f"instrument.{step}", head.pk, STUDY)
        for step in ("issued", "agreed", "opened", "closed", "opened")
    ]


def test_the_same_bytes_again_are_the_same_instrument() -> None:
    first = _issued(a=b"1")
    assert _issued(a=b"1") == first
    assert Instrument.objects.count() == 1
    assert Media.objects.count() == 1


@pytest.mark.parametrize("files", [{}, {"a": b"2"}, {"a": b"1", "b": b"1"}])
def test_other_media_under_the_same_version_are_refused(files: dict[str, bytes]) -> None:
    _issued(a=b"1")
    assert _code(lambda: _issued(**files)) == "fieldwork.same-version"
    assert Instrument.objects.count() == 1


def test_another_form_under_the_same_version_is_refused() -> None:
    _issued()
    assert _code(lambda: _issued(small_form() + b"\n")) == "fieldwork.same-version"
    assert _issued(small_form(version="2")).version == "2"


def test_a_form_that_lacks_a_file_is_refused() -> None:
    shown = b'<itext><translation lang="kk"><text id="a"><value form="image">jr://images/a.png'
    shown += b"</value></text></translation></itext><bind"
    content = small_form().replace(b"<bind", shown, 1)
    assert _code(lambda: _issued(content)) == "fieldwork.no-media"
    assert not Instrument.objects.exists()


@pytest.mark.parametrize("name", ["../a.png", "a/b.png", "x" * 256, "a\n.png"])
def test_a_file_with_a_name_that_is_a_path_is_refused(name: str) -> None:
    assert _code(lambda: _issued(**{name: b"1"})) == "fieldwork.media-name"


def test_steps_out_of_order_are_refused() -> None:
    draft = _issued()
    for step in (open_field, close):
        assert _code(lambda step=step: step(draft, by=None)) == "fieldwork.instrument-state"
    agree(draft, by=None)
    assert _code(lambda: agree(draft, by=None)) == "fieldwork.instrument-state"
    open_field(draft, by=None)
    assert _code(lambda: set_pilot(draft, True, by=None)) == "fieldwork.instrument-state"


def test_what_was_a_pilot_never_gets_into_the_field() -> None:
    draft = set_pilot(set_pilot(_issued(), True, by=None), False, by=None)
    agreed = agree(draft, by=None)
    assert _code(lambda: open_field(agreed, by=None)) == "fieldwork.was-pilot"


def test_what_was_changed_behind_our_back_is_not_asked() -> None:
    agreed = agree(_issued(a=b"1"), by=None)
    Media.objects.update(sha256="0" * 64)
    assert _code(lambda: open_field(agreed, by=None)) == "fieldwork.not-as-agreed"


def test_two_studies_may_have_the_same_form() -> None:
    asked()
    asked(study="other-study")
    assert Instrument.objects.count() == 2
