"""Results of checks made by hand, for the report's tests: a small real-looking one, a long one, hostile ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alignment.beads import Alignment, Bead
from corpora.article import Article, Mark, Sentence
from corpora.translation import Translation
from eval.names.entity import Evidence, FindingKind, NameFinding, Severity
from eval.result import (
    CheckResult,
    CorpusScore,
    Flag,
    FlagKind,
    NameTypeScore,
    SegmentScore,
    Summary,
    Verdict,
    Witness,
)

SOURCE = (
    "Huang gave OpenAI its first supercomputer",
    "In 2016 Jensen Huang, the chief executive of Nvidia, personally delivered a DGX-1 to OpenAI.",
    "The start-up was then one year old, and hardly anybody outside the field had heard of it.",
    "Seven years later its chatbot ChatGPT had 100 million users, and Nvidia was worth $1 trillion.",
    "Every large model is now trained on such chips.",
    "Anthropic, which makes Claude, rents them by the thousand; so does Google.",
    "“We have to think about what artificial intelligence needs,” Liu Deyin, the chairman of TSMC, said in Taipei.",
    "He would not say when the new plant would open.",
    "The CoWoS packaging lines are full until 2026.",
    "Analysts at Morgan Stanley expect Microsoft to spend $80 billion this year.",
    "The company declined to comment.",
    "Copyright 2024. All rights reserved.",
)
TARGET = (
    "هوانغ يمنح Openai أول حاسوب عملاق لها",
    "في عام 2016، قام Huang Renxun، الرئيس التنفيذي لشركة نفيديا، بتسليم جهاز DGX-1 شخصيا إلى OpenAI.",
    "كانت الشركة الناشئة آنذاك في عامها الأول، ولم يسمع بها أحد تقريبا خارج هذا المجال.",
    "وبعد سبع سنوات كان لروبوت الدردشة Chatgpt نحو 100 مليون مستخدم، وبلغت قيمة نفيديا مليار دولار.",
    "كل نموذج كبير يُدرَّب الآن على مثل هذه الرقائق. وهذا أمر مكلف.",
    "وتستأجرها بالآلاف شركة أنثروبيك التي تصنع Cloude؛ وكذلك تفعل الشركة.",
    "قال ليو ديين، رئيس شركة تي إس إم سي، في تايبيه: «علينا أن نفكر فيما تحتاج إليه منظمة العفو الدولية».",
    "خطوط تغليف CoWos ممتلئة حتى عام 2026.",
    "ويتوقع محللو مورغان ستانلي أن تنفق مايكروسوفت 80 مليار دولار هذا العام.",
    "ورفضت الشركة التعليق.",
    "وتعد تايوان مركز هذه الصناعة في العالم.",
    "ورفضت الشركة التعليق.",
)
FORWARD = (
    "هوانغ منح OpenAI أول حاسوب عملاق",
    "في عام 2016 سلّم جنسن هوانغ، الرئيس التنفيذي لشركة نفيديا، جهاز DGX-1 إلى OpenAI بنفسه.",
    "كان عمر الشركة الناشئة عاما واحدا، ولم يسمع بها أحد خارج المجال تقريبا.",
    "وبعد سبع سنوات كان لروبوت الدردشة ChatGPT نحو 100 مليون مستخدم، وبلغت قيمة نفيديا تريليون دولار.",
    "كل نموذج كبير يُدرَّب الآن على مثل هذه الرقائق.",
    "تستأجرها أنثروبيك، التي تصنع Claude، بالآلاف؛ وكذلك جوجل.",
    "قال ليو ديين، رئيس شركة تي إس إم سي، في تايبيه: «علينا أن نفكر فيما يحتاج إليه الذكاء الاصطناعي».",
    "ولم يقل متى سيفتح المصنع الجديد.",
    "خطوط تغليف CoWoS ممتلئة حتى عام 2026.",
    "يتوقع محللون في مورغان ستانلي أن تنفق مايكروسوفت 80 مليار دولار هذا العام.",
    "ورفضت الشركة التعليق.",
    "حقوق النشر 2024. جميع الحقوق محفوظة.",
)
BEADS = (
    Bead((0,), (0,), 0.9712),
    Bead((1,), (1,), 0.9934),
    Bead((2,), (2,), 0.9821),
    Bead((3,), (3,), 0.9903),
    Bead((4,), (4,), 0.9312),
    Bead((5,), (5,), 0.9544),
    Bead((6,), (6,), 0.9711),
    Bead((7,), (), 0.8801),
    Bead((8,), (7,), 0.9602),
    Bead((9,), (8,), 0.9944),
    Bead((10,), (9,), 0.9712, crossing=True),
    Bead((), (10,), 0.8122),
    Bead((), (11,), 0.9),
    Bead((11,), (), 0.9),
)


def article(
    path: str, lang: str, sentences: Sequence[str], marks: dict[int, Mark] | None = None
) -> tuple[Article, tuple[Sentence, ...]]:
    """An article with a sentence a paragraph."""
    found, at = [], 0
    for number, text in enumerate(sentences):
        found.append(Sentence(at, at + len(text), text, (marks or {}).get(number)))
        at += len(text) + 2
    return Article(path, "\n\n".join(sentences), lang), tuple(found)


def finding(
    number: int,
    sentences: Sequence[Sentence],
    sentence: int,
    surface: str,
    kind: FindingKind,
    canonical: str | None,
    why: str,
    *,
    entity: str | None = None,
    confidence: float = 0.99,
    severity: Severity = "error",
) -> NameFinding:
    """A finding on the first place of its surface in one sentence; at the sentence's end where it has none."""
    there = sentences[sentence]
    start = there.start + there.text.index(surface) if surface else there.end
    return NameFinding(
        f"n{number}",
        start,
        start + len(surface),
        surface,
        kind,
        entity,
        canonical,
        confidence,
        severity,
        (Evidence("source", why), Evidence("knowledge", "The knowledge base has it so.")),
        sentence,
    )


def flag(kind: FlagKind, mqm: str, detail: str, spans: tuple[tuple[int, int], ...] = ()) -> Flag:
    """A major flag."""
    return Flag(kind, "major", mqm, detail, spans)


def small(*, retranslated: bool = True) -> CheckResult:
    """Twelve sentences with a finding of nearly every kind."""
    source, source_sentences = article("article-en.txt", "en", SOURCE, {11: "boilerplate"})
    target, sentences = article("article-ar.txt", "ar", TARGET, {11: "repeat"})
    findings = (
        finding(1, sentences, 0, "Openai", "casing", "OpenAI", "The source has “OpenAI” here", entity="OpenAI"),
        finding(
            2,
            sentences,
            1,
            "Huang Renxun",
            "romanised_foreign_name",
            "جنسن هوانغ",
            "“Huang Renxun” is the pinyin of 黄仁勋; the source has “Jensen Huang” here",
            entity="Jensen Huang",
        ),
        finding(3, sentences, 3, "Chatgpt", "casing", "ChatGPT", "The source has “ChatGPT” here", entity="ChatGPT"),
        finding(4, sentences, 5, "أنثروبيك", "inconsistent_spelling", "أنثروبيك", "Spelt two ways", severity="variant"),
        finding(5, sentences, 5, "Cloude", "misspelling", "Claude", "The source has “Claude” here", entity="Claude"),
        finding(6, sentences, 5, "", "missing_name", "جوجل", "The source names Google, the translation does not"),
        finding(
            7,
            sentences,
            6,
            "منظمة العفو الدولية",
            "acronym_misexpansion",
            "الذكاء الاصطناعي",
            "The source has “artificial intelligence” here, not Amnesty International",
            entity="artificial intelligence",
        ),
        finding(8, sentences, 7, "CoWos", "casing", "CoWoS", "The source has “CoWoS” here", confidence=0.72),
    )
    at = sentences[3].start + sentences[3].text.index("مليار")
    flags: dict[int, tuple[Flag, ...]] = {
        3: (
            flag(
                "number_mismatch",
                "Accuracy/Mistranslation",
                "The source has $1 trillion, the translation 1 billion: a thousand times less",
                ((at, at + 5),),
            ),
        ),
        7: (flag("omission", "Accuracy/Omission", "This sentence of the source is not in the translation"),),
        11: (flag("addition", "Accuracy/Addition", "Nothing in the source says this"),),
    }
    segments = tuple(
        SegmentScore(
            index,
            None if bead.is_gap else round(0.62 + 0.03 * (index % 7), 4),
            None if bead.is_gap else round(0.8 + 0.07 * (index % 6), 4),
            round(38.0 + 5 * (index % 9), 4) if retranslated and not bead.is_gap else None,
            round(18.0 + 4 * (index % 9), 4) if retranslated and not bead.is_gap else None,
            flags.get(index, ()),
        )
        for index, bead in enumerate(BEADS)
    )
    metrics = (
        CorpusScore("chrF2++", 58.21, "nrefs:1|case:mixed|eff:yes|nc:6|nw:2", "forward re-translation", (53.1, 63.4)),
        CorpusScore("BLEU", 33.07, "nrefs:1|case:mixed|tok:intl", "forward re-translation", (27.2, 39.6)),
    )
    return CheckResult(
        article=target,
        sentences=sentences,
        witnesses=(Witness("source", source, source_sentences, Alignment(BEADS, "use")),),
        retranslation=Translation(
            FORWARD, "en", "ar", "forward", "opus-mt-tc-big-en-ar", "0123456789abcdef", "ctranslate2"
        )
        if retranslated
        else None,
        segments=segments,
        findings=findings,
        summary=Summary(
            sentences=11,
            repeats=1,
            boilerplate=0,
            similarity=0.71,
            length_ratio=0.97,
            metrics=metrics if retranslated else (),
            name_accuracy=0.6111,
            names_checked=18,
            name_accuracy_strict=0.5556,
            name_interval=(0.3889, 0.8333),
            name_types=(
                NameTypeScore("organisation", 6, 8),
                NameTypeScore("person", 3, 4),
                NameTypeScore("product", 2, 6),
            ),
        ),
        verdict=Verdict(
            "usable",
            "Readable, but 7 names are corrupted: repair before publishing",
            (
                "7 names are wrong, 6 of them can be repaired by `muwazi names fix`",
                "1 number does not match the source: 1 trillion became 1 billion",
                "1 sentence of the source is missing, 1 has been added",
            ),
        ),
        notices=()
        if retranslated
        else (
            "No re-translation: no model for English → Arabic is here – pull one with `muwazi models pull "
            "opus-mt-tc-big-en-ar`",
        ),
        version="0.1.0",
    )


def long(sentences: int) -> CheckResult:
    """The small result again and again, up to so many beads."""
    base = small()
    times = -(-sentences // len(BEADS))
    source, source_sentences = article("article-en.txt", "en", SOURCE * times)
    target, target_sentences = article("article-ar.txt", "ar", TARGET * times)
    beads, segments, findings = [], [], []
    for turn in range(times):
        moved = target_sentences[turn * len(TARGET)].start - base.sentences[0].start
        for index, bead in enumerate(BEADS):
            shifted = Bead(
                tuple(i + turn * len(SOURCE) for i in bead.source),
                tuple(i + turn * len(TARGET) for i in bead.target),
                bead.score,
                crossing=bead.crossing,
            )
            beads.append(shifted)
            segments.append(replace(base.segments[index], bead=len(beads) - 1))
        for old in base.findings:
            findings.append(
                replace(
                    old,
                    id=f"n{len(findings) + 1}",
                    start=old.start + moved,
                    end=old.end + moved,
                    sentence=(old.sentence or 0) + turn * len(TARGET),
                )
            )
    translation = replace(base.retranslation, texts=FORWARD * times) if base.retranslation else None
    witness = Witness("source", source, source_sentences, Alignment(tuple(beads), "use"))
    return replace(
        base,
        article=target,
        sentences=target_sentences,
        witnesses=(witness,),
        retranslation=translation,
        segments=tuple(segments),
        findings=tuple(findings),
    )


HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)> {{ 7*7 }} {% for x in y %} </style></script><!-- --> <![CDATA[',
    "The file \u202etxt.exe\u202c is safe \u2067abc\u2069 and \u200b\ufeff so is this\x07\x00",
    "javascript:alert(1) ' onmouseover='alert(1) &lt;b&gt; &amp;#60; | ` * _ [x](javascript:alert(1)) \u2028 =cmd|'!A0",
)


def hostile() -> CheckResult:
    """Every text of a result tries to be markup."""
    base = small()
    bad = HOSTILE[0]
    source, source_sentences = article(f"{bad}.txt", "en", HOSTILE)
    target, sentences = article(f"'{HOSTILE[1]}.txt", "ar", HOSTILE)
    findings = tuple(
        finding(number + 1, sentences, number, text[2:9], "casing", text, text, entity=text)
        for number, text in enumerate(HOSTILE)
    )
    beads = tuple(Bead((i,), (i,), 0.9) for i in range(len(HOSTILE)))
    segments = tuple(
        SegmentScore(i, 0.5, 1.0, 50.0, 20.0, (flag("untranslated", text, text, ((0, 9999),)),))
        for i, text in enumerate(HOSTILE)
    )
    return replace(
        base,
        article=replace(target, title=bad),
        sentences=sentences,
        witnesses=(Witness("source", source, source_sentences, Alignment(beads, bad)),),
        retranslation=Translation(HOSTILE, "en", "ar", "forward", bad, bad, "ctranslate2"),
        segments=segments,
        findings=findings,
        summary=replace(
            base.summary, metrics=(CorpusScore(bad, 1.0, bad, bad),), name_types=(NameTypeScore(bad, 1, 2),)
        ),
        verdict=Verdict("poor", bad, HOSTILE),
        notices=HOSTILE,
        version=bad,
    )
