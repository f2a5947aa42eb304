"""The corpus view: spellings over several articles, and names worth adding."""

from __future__ import annotations

import json

from eval.names.knowledge import Knowledge
from eval.names.variants import collect, to_json
from tests.eval.names.scenes import article

FIRST = "Le patron d’OpenAI a vu Marek Vostrel. Puis Marek Vostrel est parti."
SECOND = "Selon Openai, Marek Vostrel a tort. Et Marek Vostrle insiste auprès d’OpenAI."


def test_spellings_are_counted_over_articles() -> None:
    texts = [article(FIRST, "fr", "a.txt"), article(SECOND, "fr", "b.txt")]
    entities, proposals = collect(texts, Knowledge.bundled())
    openai = next(one for one in entities if one.name == "OpenAI")
    assert [(s.surface, s.count, s.articles, s.first) for s in openai.spellings] == [
        ("OpenAI", 2, 2, "a.txt"),
        ("Openai", 1, 1, "b.txt"),
    ]
    assert [(one.name, one.entity, [s.surface for s in one.spellings]) for one in proposals] == [
        ("Marek Vostrel", None, ["Marek Vostrel", "Marek Vostrle"])
    ]
    assert set(json.loads(to_json(entities, proposals))) == {"entities", "proposals", "version"}
