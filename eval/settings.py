"""The third floor's settings: every threshold that a score, a flag, a verdict or a gate uses, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvalSettings:
    """Thresholds of the evaluation floor; section `[eval]` of `muwazi.toml`.

    The values of the adequacy checks were set on the development data so that clean human translations raise less than
    one flag in 100 sentences, all kinds together (`tests/benchmarks/adequacy.py` measures it).

    Attributes:
        bootstrap: resamples behind each interval; 0 for none.
        seed: of every resampling.
        min_bead_score: beads less certain than this are not judged by numbers and length: the sentences may not
            belong together.
        low_similarity: cosine below which both sides hardly say the same, where a document has few pairs to compare.
        low_share, most_low: the same as a share of the document's median cosine, and the most that this can be.
        few_pairs: how many pairs are few.
        length_deviations: how many standard deviations off the usual length ratio a sentence must be.
        untranslated_words: source words in a row, left as they were, that make an untranslated stretch.
        repeats: how many times in a row a phrase must stand to be a loop.
        contradiction_chrf: chrF++ against a re-translation below which both are compared for contradictions.
        contradiction_similarity: cosine of translation and re-translation below which they contradict each other.
        usable_names: name accuracy below which names that nobody can repair make an article poor.
        good_share, usable_share, poor_share: largest share of sentences with a major or critical flag of these grades.
        good_similarity, usable_similarity: least mean cosine of these grades.
        min_repair_confidence: what a report's repaired sentence, like `names fix`, puts right.
    """

    bootstrap: int = 1000
    seed: int = 12345
    min_bead_score: float = 0.5
    low_similarity: float = 0.2
    low_share: float = 0.3
    most_low: float = 0.26
    few_pairs: int = 10
    length_deviations: float = 4.0
    untranslated_words: int = 4
    repeats: int = 3
    contradiction_chrf: float = 20.0
    contradiction_similarity: float = 0.3
    usable_names: float = 0.75
    good_share: float = 0.03
    usable_share: float = 0.15
    poor_share: float = 0.4
    good_similarity: float = 0.5
    usable_similarity: float = 0.35
    min_repair_confidence: float = 0.9


DEFAULT = EvalSettings()
