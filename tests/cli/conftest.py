"""The command line, run in the process as a user would run it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tyndau.cli.main import run

STUDY = Path(__file__).parents[2] / "studies" / "public-councils-2023"


@dataclass(frozen=True)
class Outcome:
    """What a call of the command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


Tyndau = Callable[..., Outcome]


@pytest.fixture
def tyndau(capfd: pytest.CaptureFixture[str]) -> Tyndau:
    """Run ``tyndau`` with arguments and return exit code and output."""

    def call(*arguments: object, language: str = "en") -> Outcome:
        code = run([str(argument) for argument in arguments], language=language)
        return Outcome(code, *capfd.readouterr())

    return call
