"""docs/methods.md is what tests/spec says, and its generator sees what is amiss."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = ROOT / "tools" / "methods.py"
    spec = importlib.util.spec_from_file_location("methods", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_document_is_the_one_that_the_specifications_give(tool: ModuleType) -> None:
    written = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    assert written == tool.document(), "docs/methods.md is not what tests/spec gives: make methods"


def test_other_documents_link_to_headings_that_are_there(tool: ModuleType) -> None:
    text = tool.document()
    there = {tool.anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    linked = {
        name
        for path in (ROOT / "docs").rglob("*.md")
        for name in re.findall(r"\]\((?:\.\./)?methods\.md#([^)]+)\)", path.read_text("utf-8"))
    }
    assert linked
    assert linked <= there


def test_a_citation_leads_to_its_entry_and_both_must_be_there(tool: ModuleType) -> None:
    text = "# A\n\nBy [Kish\n1965].\n\n## References\n\n- **Kish 1965** Kish, L. *Sampling*.\n"
    linked = tool.linked(text)
    assert "By [Kish\n1965](#kish-1965)." in linked
    assert '- <a id="kish-1965"></a>**Kish 1965** Kish' in linked
    for wrong in (text.replace("**Kish", "**Fisher"), text.replace("[Kish\n1965]", "Kish")):
        with pytest.raises(AssertionError, match="only listed"):
            tool.linked(wrong)


def test_a_link_to_a_heading_that_is_not_there_is_refused(tool: ModuleType) -> None:
    with pytest.raises(AssertionError, match="no heading for"):
        tool.linked("# A\n\n[see](#b)\n\n## References\n\n- none\n")


def test_a_module_that_no_chapter_names_is_refused(tool: ModuleType, tmp_path: Path) -> None:
    text = "# Bases\nru: Базы\nkk: Базалар\nsections: one\n\nWords.\n"
    (tmp_path / "chapter.md").write_text(text, encoding="utf-8")
    for name in ("one", "two"):
        module = '"""Text."""\n\nTITLE = {"en": "One", "ru": "Один", "kk": "Бір"}\n'
        (tmp_path / f"test_{name}.py").write_text(module, encoding="utf-8")
    with pytest.raises(AssertionError, match="two"):
        tool.chapter(tmp_path)
    (tmp_path / "test_two.py").unlink()
    titles, written = tool.chapter(tmp_path)
    assert titles == ("Bases", "Базы", "Базалар")
    assert written == "## Bases\n\n*Базы · Базалар*\n\nWords.\n\n### One\n\n*Один · Бір*\n\nText."
