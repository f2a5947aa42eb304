"""What a terminal shows of a check."""

from __future__ import annotations

from corpora.article import Article
from eval.names.entity import Evidence, FindingKind, NameFinding, Severity
from eval.report.text import findings_text

TEXT = "Openai grandit. Nvidia et NVIDIA. Openai recrute."


def _finding(id: str, surface: str, start: int, kind: FindingKind, severity: Severity, sentence: int) -> NameFinding:
    return NameFinding(
        id=id,
        start=start,
        end=start + len(surface),
        surface=surface,
        kind=kind,
        entity=None,
        canonical={"Openai": "OpenAI", "NVIDIA": "Nvidia"}[surface],
        confidence=0.97,
        severity=severity,
        evidence=(Evidence("knowledge", "The base has it so."),),
        sentence=sentence,
    )


def _shown(width: int) -> list[str]:
    findings = [
        _finding("n1", "NVIDIA", TEXT.index("NVIDIA"), "inconsistent_spelling", "variant", 1),
        _finding("n2", "Openai", 0, "casing", "error", 0),
        _finding("n3", "Openai", TEXT.rindex("Openai"), "casing", "error", 2),
    ]
    article = Article("a.txt", TEXT, "fr")
    return findings_text([(article, findings)], width=width).split("\n")


def test_findings_that_say_the_same_share_a_row_and_errors_come_first() -> None:
    rows = [line for line in _shown(100) if line.startswith("n")]
    assert [row.split("  ")[0] for row in rows] == ["n2 ×2", "n1"]
    assert "1, 3" in rows[0]


def test_a_narrow_terminal_gets_a_list() -> None:
    shown = _shown(60)
    assert any(line.startswith("n2 ×2 ") and "OpenAI" in line for line in shown)
    assert any("sentence 1, 3, 97%" in line for line in shown)


def test_no_row_is_wider_than_the_terminal() -> None:
    assert all(len(line.replace("\u2068", "").replace("\u2069", "")) <= 100 for line in _shown(100))
