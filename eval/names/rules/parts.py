"""A base and a language in, the single words that its accepted names are made of out: given names, families, places.

A word that is part of somebody's name is a way to write it: Sergueï, أنتوني. What is a letter off such a word, where a
witness has a name that sounds so, is more likely a slip of it than a name of its own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from eval.names.rules.claims import folded, right_forms

if TYPE_CHECKING:
    from eval.names.knowledge import Knowledge

_SHORTEST = 3


@lru_cache(maxsize=8)
def name_parts(knowledge: Knowledge, lang: str) -> frozenset[str]:
    """The words of the accepted forms in one language, folded, with and without the Arabic article.

    Catalogues of millions are left out: their names are looked up whole.
    """
    parts: set[str] = set()
    for entity in knowledge.entities.values():
        for form in right_forms(entity, lang):
            for word in form.text.split():
                parts.add(folded(word))
                if word.startswith("ال"):
                    parts.add(folded(word[2:]))
    return frozenset(part for part in parts if len(part) >= _SHORTEST)
