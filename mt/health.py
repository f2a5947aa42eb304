"""A model and a direction in; what is wrong with its translations of a few probe sentences, out.

Some conversions on the hub load without complaint and write fluent garbage, or the wrong language. So a model's first
sentences are probes whose meaning is known: the output must pass the guards, be in the right language, and mean, by
the embedded encoder, what the probe means.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpora.language import detect, parse
from corpora.progress import SILENT, Progress
from corpora.store import Store
from mt.settings import DEFAULT, TranslationSettings
from mt.translate import translate_sentences

PROBES: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        "The weather will be cold and rainy tomorrow.",
        "The two countries signed a trade agreement last week.",
        "Scientists discovered a new planet with a powerful telescope.",
        "The hospital needs more doctors and nurses.",
    ),
    "fr": (
        "Demain, le temps sera froid et pluvieux.",
        "Les deux pays ont signé un accord commercial la semaine dernière.",
        "Des scientifiques ont découvert une nouvelle planète grâce à un puissant télescope.",
        "L’hôpital a besoin de plus de médecins et d’infirmières.",
    ),
    "ar": (
        "سيكون الطقس باردا وممطرا غدا.",
        "وقع البلدان اتفاقية تجارية الأسبوع الماضي.",
        "اكتشف العلماء كوكبا جديدا باستخدام تلسكوب قوي.",
        "يحتاج المستشفى إلى مزيد من الأطباء والممرضات.",
    ),
    "zh-Hans": (
        "明天天气寒冷，有雨。",
        "两国上周签署了一项贸易协定。",
        "科学家用强大的望远镜发现了一颗新行星。",
        "这家医院需要更多的医生和护士。",
    ),
}
# The probes' own translations above lie between 0.53 and 0.91 of each other, unrelated probes at 0.16 or less.
CLOSE: Final = 0.4


def problems(
    model: str,
    source_lang: str,
    target_lang: str,
    *,
    settings: TranslationSettings = DEFAULT,
    store: Store | None = None,
    progress: Progress = SILENT,
) -> list[str]:
    """What is wrong with a model in a direction, a line each; empty when nothing is, or when no probes are there.

    Raises:
        ModelError: the model is not here, is broken, or lacks the direction.
    """
    source_lang, target_lang = parse(source_lang), parse(target_lang)
    probes = PROBES.get(source_lang, ())
    translation = translate_sentences(
        probes,
        source_lang=source_lang,
        target_lang=target_lang,
        model=model,
        settings=settings,
        store=store,
        progress=progress,
    )
    found = [
        f"“{probe}” came out as “{output}” ({', '.join(flags)})"
        for probe, output, flags in zip(probes, translation.texts, translation.flags, strict=True)
        if flags
    ]
    heard = detect(" ".join(translation.texts)).lang
    if probes and heard != target_lang:
        found.append(f"the probes came out in {heard}, not in {target_lang}")
    return found + _far(probes, translation.texts, target_lang)


def _far(probes: Sequence[str], outputs: Sequence[str], target_lang: str) -> list[str]:
    """Probes whose output means something else, where the embedded encoder knows the language."""
    from alignment.encoders import covers, get

    encoder = get()
    if not probes or not covers(encoder, target_lang):
        return []
    vectors = encoder.encode([*probes, *outputs])
    cosines = (vectors[: len(probes)] * vectors[len(probes) :]).sum(axis=1).tolist()
    return [
        f"“{probe}” came out as “{output}”, which means something else (similarity {cosine:.2f})"
        for probe, output, cosine in zip(probes, outputs, cosines, strict=True)
        if cosine < CLOSE
    ]
