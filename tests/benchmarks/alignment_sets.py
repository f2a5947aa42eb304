"""Aligned documents with known noise: news pairs in, documents whose gold beads are known out.

The news are NTREX-128 (github.com/MicrosoftTranslator/NTREX, CC BY-SA 4.0; here `ntrex/dev.tsv`, 62 of its documents),
the literary pair is Bleualign's Text+Berg (github.com/rsennrich/Bleualign, `bleualign/dev.*`). Only numbers are learned
from them. Each kind of noise acts at a sentence on one side that is drawn anew.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from alignment.scoring import IndexPair, read_gold
from corpora.clean import plain_text

PAIRS = (("ar", "en"), ("fr", "en"), ("ar", "fr"))
FIRST_SEED = 100
"""Of the noise of test sets; training draws lower ones."""
FILES = ("ntrex/dev.tsv", "bleualign/dev.de", "bleualign/dev.fr", "bleualign/dev.defr")


@dataclass(frozen=True, slots=True)
class Parallel:
    """One news document: its sentences in each language, line by line translations of each other."""

    name: str
    texts: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Document:
    """Two sides and the beads that are right; where the gold says nothing about a sentence it is in no bead."""

    name: str
    kind: str
    languages: tuple[str, str]
    source: list[str]
    target: list[str]
    gold: list[IndexPair]


@dataclass(frozen=True, slots=True)
class Noise:
    """Chances of each disturbance, per sentence."""

    insert: float = 0.0
    boilerplate: float = 0.0  # of what is inserted
    delete: float = 0.0
    runs: float = 0.0  # of what is deleted, in runs of 2 to 5
    merge: float = 0.0
    split: float = 0.0
    shift: float = 0.0
    drop_clause: float = 0.0  # a clause goes, the gold stays
    debris: float = 0.0  # a line that is no sentence: page numbers, rules, what a scanner made of a picture
    swallow: float = 0.0  # a short sentence goes, the gold says 2-1


NOISES = {
    "clean": Noise(),
    "real": Noise(insert=0.05, delete=0.07, merge=0.15),
    "hard": Noise(insert=0.08, boilerplate=0.6, delete=0.10, runs=0.25, merge=0.25, split=0.30, shift=0.04),
}

BOILERPLATE = {
    "en": [
        "Read more: our full coverage",
        "Share this article",
        "Sign up to our daily newsletter.",
        "Follow us on Twitter and Facebook for the latest news.",
        "Advertisement",
        "Image copyright Getty Images",
        "This article was updated after publication.",
        "Related topics",
        "Have you been affected by this story? Get in touch.",
        "All rights reserved.",
        "Photo: agency",
        "Listen to this story",
        "Subscribe now for unlimited access.",
        "Comments are closed.",
        "Reporting by our correspondent; editing by the newsroom",
        "Click here to watch the video.",
    ],
    "fr": [
        "Lire aussi : notre dossier complet",
        "Partager cet article",
        "Inscrivez-vous à notre lettre d’information quotidienne.",
        "Suivez-nous sur Twitter et Facebook pour ne rien manquer de l’actualité.",
        "Publicité",
        "Crédit photo : Getty Images",
        "Cet article a été mis à jour après sa publication.",
        "Sur le même sujet",
        "Cette affaire vous concerne ? Écrivez-nous.",
        "Tous droits réservés.",
        "Photo d’agence",
        "Écouter cet article",
        "Abonnez-vous pour un accès illimité.",
        "Les commentaires sont fermés.",
        "Reportage de notre correspondant ; édition par la rédaction",
        "Cliquez ici pour voir la vidéo.",
    ],
    "ar": [
        "اقرأ أيضًا: تغطيتنا الكاملة",
        "شارك هذا المقال",
        "اشترك في نشرتنا البريدية اليومية.",
        "تابعونا على تويتر وفيسبوك لمعرفة آخر الأخبار.",
        "إعلان",
        "مصدر الصورة: غيتي",
        "تم تحديث هذا المقال بعد نشره.",
        "مواضيع ذات صلة",
        "هل لديك معلومات عن هذه القصة؟ تواصل معنا.",
        "جميع الحقوق محفوظة.",
        "صورة من الوكالة",
        "استمع إلى هذا المقال",
        "اشترك الآن للوصول غير المحدود.",
        "التعليقات مغلقة.",
        "تقرير مراسلنا، تحرير غرفة الأخبار",
        "انقر هنا لمشاهدة الفيديو.",
    ],
}

_CLAUSE = re.compile(
    r"(?<=[,;:،؛]) +|(?<=\w) +(?=(?:and|but|or|because|which|who|while|et|mais|ou|car|qui|que|tandis|und|aber) )"
    r"|(?<=\w) +(?=(?:ولكن|لكن|والتي|الذي|التي|بينما|حيث|كما|لأن|و(?=\w{3}))\w*)"
)


def load_news(data: Path) -> list[Parallel]:
    """The news documents in file order."""
    documents: dict[str, Parallel] = {}
    header, *rows = (data / FILES[0]).read_text(encoding="utf-8").rstrip("\n").split("\n")
    languages = header.split("\t")[1:]
    for row in rows:
        name, *texts = row.split("\t")
        document = documents.setdefault(name, Parallel(name, {lang: [] for lang in languages}))
        for lang, text in zip(languages, texts, strict=True):
            document.texts[lang].append(text.strip())
    return list(documents.values())


def load_literary(data: Path) -> Document:
    """The German–French alpine yearbook, aligned by hand."""
    sides = [
        (data / f"bleualign/dev.{lang}").read_text(encoding="utf-8").rstrip("\n").split("\n") for lang in ("de", "fr")
    ]
    source, target = ([line.strip() for line in side] for side in sides)
    return Document("text+berg", "literary", ("de", "fr"), source, target, read_gold(data / FILES[3]))


def checksums(data: Path) -> dict[str, str]:
    """SHA-256 of each file, for the card."""
    return {name: hashlib.sha256((data / name).read_bytes()).hexdigest()[:16] for name in FILES}


def cut(document: Document, parts: int) -> list[Document]:
    """A long document in about equal pieces, cut between beads."""
    n, m = len(document.source), len(document.target)
    places = [(0, 0)]
    places += [_seam(document, part * n // parts) for part in range(1, parts)]
    places.append((n, m))
    pieces = []
    for number, ((i, j), (k, c)) in enumerate(pairwise(places)):
        gold = [
            (tuple(x - i for x in source), tuple(y - j for y in target))
            for source, target in document.gold
            if all(i <= x < k for x in source) and all(j <= y < c for y in target)
        ]
        name = f"{document.name}#{number}"
        pieces.append(
            Document(name, document.kind, document.languages, document.source[i:k], document.target[j:c], gold)
        )
    return pieces


def _seam(document: Document, row: int) -> tuple[int, int]:
    starts = [(s[0], t[0]) for s, t in document.gold if s and t and s[0] >= row]
    return min(starts)


def noised(
    document: Parallel,
    languages: tuple[str, str],
    noise: Noise,
    others: Sequence[Parallel],
    rng: random.Random,
    kind: str,
) -> Document:
    """The document with that noise; what is inserted comes from the others."""
    maker = _Maker(document, languages, noise, others, rng)
    return maker.document(kind)


def wild(rng: random.Random) -> Noise:
    """Rates drawn for one document, for training: from almost clean to worse than hard, with some freedom."""
    level = rng.random()
    free = rng.random() < 0.4
    scanned = rng.random() < 0.3
    return Noise(
        insert=rng.uniform(0, 0.16) * level,
        boilerplate=rng.random(),
        delete=rng.uniform(0, 0.20) * level,
        runs=rng.uniform(0, 0.6),
        merge=rng.uniform(0, 0.5) * level,
        split=rng.uniform(0, 0.5) * level,
        shift=rng.uniform(0, 0.1) * level,
        drop_clause=rng.uniform(0, 0.4) if free else 0.0,
        swallow=rng.uniform(0, 0.15) if free else 0.0,
        debris=rng.uniform(0, 0.1) if scanned else 0.0,
    )


def joined(documents: Sequence[Document]) -> Document:
    """One long document from many."""
    source: list[str] = []
    target: list[str] = []
    gold: list[IndexPair] = []
    for document in documents:
        i, j = len(source), len(target)
        gold += [(tuple(i + x for x in s), tuple(j + y for y in t)) for s, t in document.gold]
        source += document.source
        target += document.target
    return Document("long", "long", documents[0].languages, source, target, gold)


class _Maker:
    """Walks through a document and disturbs it."""

    def __init__(
        self,
        document: Parallel,
        languages: tuple[str, str],
        noise: Noise,
        others: Sequence[Parallel],
        rng: random.Random,
    ) -> None:
        self.name = document.name
        self.languages = languages
        self.sides = [document.texts[lang] for lang in languages]
        self.noise = noise
        self.others = [other for other in others if other.name != document.name]
        self.rng = rng

    def document(self, kind: str) -> Document:
        source: list[str] = []
        target: list[str] = []
        gold: list[IndexPair] = []
        for left, right in self._units():
            i, j = len(source), len(target)
            gold.append((tuple(range(i, i + len(left))), tuple(range(j, j + len(right)))))
            source += left
            target += right
        return Document(self.name, kind, self.languages, source, target, gold)

    def _units(self) -> Iterator[tuple[list[str], list[str]]]:
        noise, rng = self.noise, self.rng
        k, n = 0, len(self.sides[0])
        while k < n:
            if rng.random() < noise.insert:
                side = rng.randrange(2)
                yield self._gap(side, self._foreign(side))
            if noise.debris and rng.random() < noise.debris:
                yield self._gap(rng.randrange(2), self._debris())
            draw = rng.random()
            run_chance = noise.delete * noise.runs / 3.5
            for chance, disturb in (
                (noise.delete * (1 - noise.runs), self._delete_one),
                (run_chance, self._delete_run),
                (noise.merge, self._merge),
                (noise.shift, self._shift),
                (noise.split, self._split),
                (noise.swallow, self._swallow),
            ):
                if draw < chance:
                    units, k = disturb(k)
                    break
                draw -= chance
            else:
                units, k = [self._plain(k, 1)], k + 1
            for left, right in units:
                yield self._freer(left, right)

    def _plain(self, k: int, count: int) -> tuple[list[str], list[str]]:
        return self.sides[0][k : k + count], self.sides[1][k : k + count]

    @staticmethod
    def _gap(side: int, text: str) -> tuple[list[str], list[str]]:
        return ([text], []) if side == 0 else ([], [text])

    def _foreign(self, side: int) -> str:
        lang = self.languages[side]
        if self.rng.random() < self.noise.boilerplate:
            return self.rng.choice(BOILERPLATE[lang])
        return self.rng.choice(self.rng.choice(self.others).texts[lang])

    def _debris(self) -> str:
        signs = self.rng.choice(("0123456789", "*", "-", "—", ".", "0123456789abcdeilmnrst .,:;'-_*|"))
        line = "".join(self.rng.choice(signs) for _ in range(self.rng.randint(1, 10)))
        return plain_text(line) or "17"

    def _delete_one(self, k: int) -> tuple[list[tuple[list[str], list[str]]], int]:
        side = self.rng.randrange(2)
        return [self._gap(1 - side, self.sides[1 - side][k])], k + 1

    def _delete_run(self, k: int) -> tuple[list[tuple[list[str], list[str]]], int]:
        side = self.rng.randrange(2)
        stop = min(k + self.rng.randint(2, 5), len(self.sides[0]))
        return [self._gap(1 - side, text) for text in self.sides[1 - side][k:stop]], stop

    def _merge(self, k: int) -> tuple[list[tuple[list[str], list[str]]], int]:
        side = self.rng.randrange(2)
        stop = min(k + self.rng.randint(2, 3), len(self.sides[0]))
        unit = self._plain(k, stop - k)
        unit[side][:] = [" ".join(unit[side])]
        return [unit], stop

    def _split(self, k: int) -> tuple[list[tuple[list[str], list[str]]], int]:
        unit = self._plain(k, 1)
        side = self.rng.randrange(2)
        parts = self._halves(unit[side][0])
        if parts:
            unit[side][:] = parts
        return [unit], k + 1

    def _shift(self, k: int) -> tuple[list[tuple[list[str], list[str]]], int]:
        unit = self._plain(k, 2)
        side = self.rng.randrange(2)
        if len(unit[side]) < 2:
            return [unit], k + 1
        first, second = unit[side]
        forward = self.rng.random() < 0.5
        parts = self._halves(second if forward else first)
        if not parts:
            return [self._plain(k, 1), self._plain(k + 1, 1)], k + 2
        unit[side][:] = [f"{first} {parts[0]}", parts[1]] if forward else [parts[0], f"{parts[1]} {second}"]
        return [unit], k + 2

    def _swallow(self, k: int) -> tuple[list[tuple[list[str], list[str]]], int]:
        unit = self._plain(k, 2)
        if len(unit[0]) < 2:
            return [unit], k + 1
        side = self.rng.randrange(2)
        lengths = [len(text) for text in unit[side]]
        if 2 * min(lengths) > max(lengths):
            return [self._plain(k, 1), self._plain(k + 1, 1)], k + 2
        unit[side][:] = [max(unit[side], key=len)]
        return [unit], k + 2

    def _freer(self, left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
        """Drop a clause of one side."""
        if left and right and self.rng.random() < self.noise.drop_clause:
            side = left if self.rng.random() < 0.5 else right
            place = self.rng.randrange(len(side))
            parts = self._halves(side[place])
            if parts:
                side[place] = max(parts, key=len)
        return left, right

    def _halves(self, text: str) -> list[str]:
        """The text cut at a comma or conjunction that leaves at least a dozen letters on both sides; else nothing."""
        places = [m.span() for m in _CLAUSE.finditer(text) if m.start() >= 12 and len(text) - m.end() >= 12]
        if not places:
            return []
        start, end = self.rng.choice(places)
        return [text[:start], text[end:]]


def documents(news: Sequence[Parallel], kind: str, pair: tuple[str, str], seed: int) -> list[Document]:
    """All news documents with one kind of noise."""
    found = []
    for parallel in news:
        rng = random.Random(f"{kind}:{seed}:{pair}:{parallel.name}")
        document = noised(parallel, pair, NOISES[kind], news, rng, kind)
        if document.source and document.target:
            found.append(document)
    return found
