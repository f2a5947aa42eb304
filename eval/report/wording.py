"""Figures in, the words that a report uses for them out: languages, directions, percentages, what a flag is called."""

from __future__ import annotations

from corpora.errors import LanguageError
from corpora.language import info, name_of
from corpora.translation import Translation
from eval.names.entity import NameFinding
from eval.result import CheckResult, Grade
from eval.settings import EvalSettings

GRADES: dict[Grade, str] = {
    "good": "Good",
    "usable": "Usable after repair",
    "poor": "Poor",
    "unusable": "Not usable",
}


def direction_of(code: str) -> str:
    """`rtl` or `ltr`, `auto` where the table does not know the language."""
    try:
        return info(code).direction
    except LanguageError:
        return "auto"


def retranslation_name(translation: Translation) -> str:
    """What a re-translation is called: its direction always said."""
    return "Forward re-translation" if translation.direction == "forward" else "Back re-translation"


def retranslation_explained(translation: Translation) -> str:
    """One sentence: which way the re-translation goes, and by which model."""
    what = "the source" if translation.direction == "forward" else "the article"
    model = f"{translation.model}@{translation.revision[:12]}" if translation.revision else translation.model
    return (
        f"{what} translated anew from {name_of(translation.source_lang)} into {name_of(translation.target_lang)} "
        f"by {model} ({translation.engine})"
    )


def share(value: float | None) -> str:
    """A share as a percentage with one digit, `–` for none. Only all is 100 %, and only nothing 0 %."""
    if value is None:
        return "–"
    rounded = round(100 * value, 1)
    if rounded == 100 and value < 1:
        rounded = 99.9
    elif rounded == 0 and value > 0:
        rounded = 0.1
    return f"{rounded:g} %"


def number(value: float | None, digits: int = 2) -> str:
    """A figure with fixed digits, `–` for none."""
    return "–" if value is None else f"{value:.{digits}f}"


def count(amount: int, one: str, many: str | None = None) -> str:
    """`1 name`, `3 names`."""
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


def title_of(result: CheckResult, limit: int = 110) -> str:
    """The article's title: as its format gives it, else its first sentence."""
    article = result.article
    first = next((sentence.text for sentence in result.sentences if not sentence.mark), "")
    words = " ".join((article.title or first or article.path).strip(" *#_\n").split())
    if len(words) <= limit:
        return words
    cut = words[:limit].rpartition(" ")[0] or words[: limit - 1]
    return cut.rstrip(" ,;:،؛") + "…"


def why(finding: NameFinding) -> str:
    """All evidence of a finding as sentences."""
    return " ".join(_sentence(evidence.detail) for evidence in finding.evidence if evidence.detail)


def _sentence(text: str) -> str:
    first = text[0].upper() + text[1:]
    return first if first.endswith((".", "!", "?", "…")) else f"{first}."


def advice(finding: NameFinding, settings: EvalSettings) -> str:
    """What `names fix` would do with a finding."""
    if finding.canonical is None:
        return "a person must decide"
    if finding.start == finding.end:
        return "put it in by hand"
    if finding.severity == "variant":
        return "left alone unless chosen"
    sure = finding.confidence >= settings.min_repair_confidence
    return "repaired by names fix" if sure else "repaired only if chosen"
