"""An article, a witness and a re-translation in, a score and flags for each bead out: is all said, and no more?

What a number, a script or a loop means for a translation is judged here and nowhere else; the single checks live in
`eval.checks`. Every flag carries its evidence, an MQM category and a severity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from alignment.beads import Bead
from corpora.article import Article, Mark, Sentence
from corpora.progress import SILENT, Progress
from corpora.translation import Translation
from eval.checks import contradiction, copied, length, loops, marks, quantities, scripts
from eval.checks.segment import Passage, Segment, excerpt
from eval.result import Flag, FlagSeverity, SegmentScore, Witness
from eval.settings import DEFAULT, EvalSettings

CHECKS = (quantities.check, copied.check, scripts.check, loops.check, length.check, contradiction.check)
"""Every check of one segment by itself. To add one, write a module in `eval.checks` and add its `check` here."""


class SentenceEncoder(Protocol):
    """What gives comparable vectors for sentences of two languages (`alignment.encoders`)."""

    def encode(self, texts: Sequence[str]) -> object:
        """L2-normalised vectors (n, dimension)."""


def assess(
    article: Article,
    sentences: Sequence[Sentence],
    witness: Witness | None,
    *,
    retranslation: Translation | None = None,
    encoder: SentenceEncoder | None = None,
    similarities: Sequence[float | None] | None = None,
    settings: EvalSettings = DEFAULT,
    progress: Progress = SILENT,
) -> list[SegmentScore]:
    """Score and flag every bead of the witness; every sentence of the article where there is no witness.

    Repeats and boilerplate are scored but never flagged.

    Args:
        encoder: gives the similarity of both sides of each bead.
        similarities: the same as data, one a bead; None for a gap.
    """
    beads = witness.alignment.beads if witness else tuple(Bead((), (index,), 0.0) for index in range(len(sentences)))
    segments = [_segment(article, sentences, witness, bead, retranslation, settings) for bead in beads]
    if similarities is None:
        similarities = bead_similarities(segments, encoder) if encoder and witness else [None] * len(beads)
    chrf, bleu = _against_retranslation(segments)
    segments = _compared(segments, chrf, encoder)
    least = _least_similarity(similarities, settings)
    unbalanced = marks.check(segments)
    progress.start("judging sentences", len(beads))
    scores = []
    for index, (bead, segment, similarity) in enumerate(zip(beads, segments, similarities, strict=True)):
        ratio = length.length_ratio(segment)
        flags: tuple[Flag, ...] = ()
        if not _all_marked(segment):
            flags = (*_flags(bead, segment, similarity, least, witness, settings), *unbalanced[index])
        scores.append(
            SegmentScore(
                bead=index,
                similarity=_rounded(similarity),
                length_ratio=_rounded(ratio),
                chrf=_rounded(chrf[index]),
                bleu=_rounded(bleu[index]),
                flags=flags,
            )
        )
        progress.advance()
    return scores


def _segment(
    article: Article,
    sentences: Sequence[Sentence],
    witness: Witness | None,
    bead: Bead,
    retranslation: Translation | None,
    settings: EvalSettings,
) -> Segment:
    theirs = witness.sentences if witness else ()
    return Segment(
        source=Passage.of([theirs[index] for index in bead.source]),
        target=Passage.of([sentences[index] for index in bead.target]),
        source_lang=witness.article.lang if witness else article.lang,
        target_lang=article.lang,
        role=witness.role if witness else "source",
        certain=bead.score >= settings.min_bead_score,
        retranslation=_pseudo(bead, retranslation, witness, article),
        direction=retranslation.direction if retranslation else None,
    )


def _pseudo(bead: Bead, translation: Translation | None, witness: Witness | None, article: Article) -> str | None:
    """The bead's re-translation, where it is in the language of the side that it must be held against."""
    if translation is None or witness is None or bead.is_gap:
        return None
    forward = translation.direction == "forward"
    if translation.target_lang != (article.lang if forward else witness.article.lang):
        return None
    indices = bead.source if forward else bead.target
    if any(translation.flags[index] for index in indices if index < len(translation.flags)):
        return None
    return " ".join(translation.texts[index] for index in indices)


def bead_similarities(segments: Sequence[Segment], encoder: SentenceEncoder) -> list[float | None]:
    """Cosine of both sides of each segment, None where one is empty."""
    return _cosines([(segment.source.plain, segment.target.plain) for segment in segments], encoder)


def _cosines(pairs: Sequence[tuple[str, str]], encoder: SentenceEncoder) -> list[float | None]:
    """Cosine of each pair, None where one side is empty."""
    import numpy as np

    whole = [index for index, (left, right) in enumerate(pairs) if left and right]
    found: list[float | None] = [None] * len(pairs)
    if whole:
        left = np.asarray(encoder.encode([pairs[index][0] for index in whole]))
        right = np.asarray(encoder.encode([pairs[index][1] for index in whole]))
        for index, cosine in zip(whole, np.einsum("ij,ij->i", left, right).tolist(), strict=True):
            found[index] = cosine
    return found


def _compared(
    segments: Sequence[Segment], chrf: Sequence[float | None], encoder: SentenceEncoder | None
) -> list[Segment]:
    """The segments with what their re-translations have in common with the side that they read like."""
    if encoder is None or all(value is None for value in chrf):
        return list(segments)
    pairs = [hypothesis_and_reference(segment) if segment.retranslation else ("", "") for segment in segments]
    likeness = _cosines(pairs, encoder)
    return [replace(s, likeness=a, chrf=b) for s, a, b in zip(segments, likeness, chrf, strict=True)]


def _against_retranslation(
    segments: Sequence[Segment],
) -> tuple[list[float | None], list[float | None]]:
    """chrF++ and BLEU of each segment against its re-translation: the article's text forward, the source's back."""
    from eval.metrics import segment_scores

    chrf: list[float | None] = [None] * len(segments)
    bleu: list[float | None] = [None] * len(segments)
    held = [index for index, segment in enumerate(segments) if segment.retranslation is not None]
    if not held:
        return chrf, bleu
    pairs = [hypothesis_and_reference(segments[index]) for index in held]
    lang = segments[held[0]].target_lang if segments[held[0]].direction == "forward" else segments[held[0]].source_lang
    for name, scores in (("chrf++", chrf), ("bleu", bleu)):
        values = segment_scores([pair[0] for pair in pairs], [pair[1] for pair in pairs], lang=lang, name=name)
        for index, value in zip(held, values, strict=True):
            scores[index] = value
    return chrf, bleu


def hypothesis_and_reference(segment: Segment) -> tuple[str, str]:
    """What is scored against what: forward, the translation against the re-translation (a pseudo-reference); back, the
    re-translation (made from the translation) against the source."""
    again = segment.retranslation or ""
    return (segment.target.plain, again) if segment.direction == "forward" else (again, segment.source.plain)


def scored_pairs(
    article: Article,
    sentences: Sequence[Sentence],
    witness: Witness,
    retranslation: Translation,
    settings: EvalSettings = DEFAULT,
) -> list[tuple[str, str]]:
    """(hypothesis, reference) of every bead that a re-translation says something about and that counts."""
    segments = (
        _segment(article, sentences, witness, bead, retranslation, settings) for bead in witness.alignment.beads
    )
    return [
        hypothesis_and_reference(segment)
        for segment in segments
        if segment.retranslation is not None and not _all_marked(segment)
    ]


def _least_similarity(similarities: Sequence[float | None], settings: EvalSettings) -> float:
    """The cosine below which a pair is flagged: a share of the document's median, since free translations and far
    languages have lower ones throughout; the settings' own value where there are few pairs."""
    known = sorted(value for value in similarities if value is not None)
    if len(known) < settings.few_pairs:
        return settings.low_similarity
    return min(max(settings.low_share * known[len(known) // 2], 0.5 * settings.low_similarity), settings.most_low)


def _flags(
    bead: Bead,
    segment: Segment,
    similarity: float | None,
    least: float,
    witness: Witness | None,
    settings: EvalSettings,
) -> Iterator[Flag]:
    if witness is not None and bead.is_gap:
        yield _gap(segment)
        return
    yield from _once([flag for check in CHECKS for flag in check(segment, settings)])
    if similarity is not None and similarity < least:
        yield Flag(
            "low_similarity",
            "major",
            "Accuracy/Mistranslation",
            f"similarity {similarity:.2f}, below {least:.2f}: this hardly says the same as {segment.other_side}",
        )


def _once(flags: Sequence[Flag]) -> Iterator[Flag]:
    """Each error by one flag: what was left untranslated is in the wrong script as a matter of course."""
    left = [span for flag in flags if flag.kind == "untranslated" for span in flag.spans]
    for flag in flags:
        told = any(a < end and start < b for a, b in flag.spans for start, end in left)
        if flag.kind != "wrong_script" or not told:
            yield flag


def _gap(segment: Segment) -> Flag:
    """What a sentence without partner means: against the source an error, against another translation a hint."""
    left_out = not segment.target.text
    text = excerpt(segment.source.text if left_out else segment.target.text)
    sure = segment.role == "source"
    severity: FlagSeverity = "neutral" if not sure else "major" if len(text.split()) > 3 else "minor"
    if left_out:
        detail = f"“{text}” stands in {segment.other_side}, not in {segment.this_side}"
        spans = segment.source.spans(0, len(segment.source.text))
        return Flag("omission", severity, "Accuracy/Omission", detail, (), spans)
    detail = f"“{text}” stands in {segment.this_side}, not in {segment.other_side}"
    return Flag("addition", severity, "Accuracy/Addition", detail, segment.target.spans(0, len(segment.target.text)))


def _all_marked(segment: Segment) -> bool:
    both: list[Mark | None] = [
        sentence.mark for side in (segment.source, segment.target) for sentence in side.sentences
    ]
    return all(both)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
