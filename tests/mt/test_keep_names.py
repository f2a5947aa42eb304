"""Names of the source come out right: by another hypothesis, by repair, by the glossary; what is right is let alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpora.errors import FormatError
from corpora.samples.catalogue import triples
from mt.glossary import Glossary, Term, holds, mentions, read_glossary
from mt.keep_names import UNMET, WRONG, Kept, NameKeeper

SOURCE = "OpenAI and Nvidia said that Claude answers faster than ChatGPT."


def none(texts: Sequence[str]) -> list[list[str]]:
    return [[] for _ in texts]


def keep(
    source: str,
    output: str,
    *others: str,
    lang: str = "fr",
    glossary: Glossary | None = None,
    required: Sequence[str] = (),
) -> Kept:
    (kept,) = NameKeeper(glossary=glossary).keep(
        [source],
        [output],
        source_lang="en",
        target_lang=lang,
        hypotheses=lambda texts: [list(others) for _ in texts],
        required=[required],
    )
    return kept


def test_a_right_translation_is_let_alone_and_the_model_not_asked_again() -> None:
    def refuse(texts: Sequence[str]) -> list[list[str]]:
        raise AssertionError(texts)

    output = "OpenAI et Nvidia ont déclaré que Claude répond plus vite que ChatGPT."
    (kept,) = NameKeeper().keep([SOURCE], [output], source_lang="en", target_lang="fr", hypotheses=refuse)
    assert kept == Kept(output)


def test_the_hypothesis_that_has_the_names_right_is_taken() -> None:
    wrong = "Openai et Nvidia ont déclaré que Cloude répond plus vite que ChatGPT."
    worse = "Openai et Nvidia ont déclaré que Claude répond plus vite que ChatGPT."
    right = "OpenAI et Nvidia ont affirmé que Claude répond plus vite que ChatGPT."
    kept = keep(SOURCE, wrong, wrong, worse, right)
    assert kept.text == right
    assert {(touch.before, touch.how) for touch in kept.touches} == {("Openai", "hypothesis"), ("Cloude", "hypothesis")}


def test_a_hypothesis_that_says_something_else_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "mt.keep_names.similarities", lambda _, outputs, *langs: [0.1 if "chats" in text else 0.6 for text in outputs]
    )
    source = "Nvidia said the worst of the shortage would be over by next summer."
    wrong = "Nvedia a déclaré que le pire de la pénurie serait passé d’ici l’été prochain."
    kept = keep(source, wrong, "Nvidia aime les chats et les chiens qui dorment dans le jardin.")
    assert kept.text == wrong.replace("Nvedia", "Nvidia")
    assert [touch.how for touch in kept.touches] == ["repair"]


def test_what_no_hypothesis_has_right_is_repaired_and_said_with_its_reason() -> None:
    kept = keep(SOURCE, "Openai et Nvidia ont déclaré que Claude répond plus vite que ChatGPT.")
    assert kept.text == "OpenAI et Nvidia ont déclaré que Claude répond plus vite que ChatGPT."
    (touch,) = kept.touches
    assert (touch.before, touch.after, touch.how) == ("Openai", "OpenAI", "repair")
    assert touch.reason


def test_a_hypothesis_that_loses_an_address_or_half_of_the_sentence_is_not_taken() -> None:
    wrong = "Openai a publié une longue note sur sa page https://openai.com/a hier soir."
    source = "OpenAI published a long note on its page https://openai.com/a last night."
    kept = keep(
        source,
        wrong,
        "OpenAI a publié une longue note sur sa page hier soir.",
        "OpenAI.",
        required=["https://openai.com/a"],
    )
    assert kept.text == wrong.replace("Openai", "OpenAI")
    assert [touch.how for touch in kept.touches] == ["repair"]


def test_a_name_that_was_left_out_is_flagged() -> None:
    kept = keep("Nvidia and OpenAI signed the contract in Paris.", "Le contrat a été signé à Paris.")
    assert kept == Kept("Le contrat a été signé à Paris.", (), (WRONG,))


def test_clean_translations_are_not_touched() -> None:
    clean = triples()[:150]
    keeper = NameKeeper()
    kept = keeper.keep(
        [triple.en for triple in clean],
        [triple.fr for triple in clean],
        source_lang="en",
        target_lang="fr",
        hypotheses=none,
    )
    assert kept == [Kept(triple.fr) for triple in clean]


def test_the_glossary_has_the_last_word_over_the_knowledge_base() -> None:
    glossary = Glossary((("OpenAI", "أوبن إيه آي"), ("graphics card", "بطاقة رسومية|كرت الشاشة")))
    kept = keep("OpenAI sold a graphics card.", "باعت OpenAI كرت الشاشة.", lang="ar", glossary=glossary)
    assert kept.text == "باعت أوبن إيه آي كرت الشاشة."
    assert [(touch.before, touch.how) for touch in kept.touches] == [("OpenAI", "glossary")]
    assert kept.flags == ()


def test_a_glossary_term_is_found_by_what_the_model_makes_of_it_alone() -> None:
    glossary = Glossary((("start-up", "entreprise naissante"),))
    kept = NameKeeper(glossary=glossary).keep(
        ["The start-up grew."],
        ["La jeune pousse a grandi."],
        source_lang="en",
        target_lang="fr",
        hypotheses=lambda texts: [["jeune pousse"] if text == "start-up" else [] for text in texts],
    )
    assert kept[0].text == "L’entreprise naissante a grandi."


def test_a_glossary_term_that_cannot_be_placed_is_flagged() -> None:
    kept = keep("The widget is here.", "La chose est là.", glossary=Glossary((("widget", "gadget"),)))
    assert kept == Kept("La chose est là.", (), (UNMET,))


def test_a_longer_term_counts_for_the_shorter_one_in_it() -> None:
    glossary = Glossary((("bank", "banque"), ("central bank", "institut d’émission")))
    kept = keep("The central bank met.", "L’institut d’émission s’est réuni.", glossary=glossary)
    assert kept.flags == ()


def test_glossaries_are_read_with_and_without_a_header(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("en,fr,ar\nOpenAI,OpenAI,أوبن إيه آي\n# a note,x\nchip,puce|micropuce,\n", encoding="utf-8")
    glossary = read_glossary(table)
    assert [(term.source, term.targets) for term in glossary.terms("en", "fr")] == [
        ("OpenAI", ("OpenAI",)), ("chip", ("puce", "micropuce")),
    ]  # fmt: skip
    assert [term.source for term in glossary.terms("ar", "en")] == ["أوبن إيه آي"]
    assert glossary.terms("zh-Hans", "en") == []
    plain = tmp_path / "b.tsv"
    plain.write_text("Claude\tClaude\n", encoding="utf-8")
    assert [term.targets for term in read_glossary(plain).terms("en", "ar")] == [("Claude",)]
    plain.write_text("Claude\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"b\.tsv, line 1.*two columns"):
        read_glossary(plain)


def test_a_termbase_writes_the_preferred_term_and_puts_it_in_the_place_of_a_deprecated_one(tmp_path: Path) -> None:
    status = "<termNote type='administrativeStatus'>{}Term-admn-sts</termNote>"
    path = tmp_path / "terms.tbx"
    path.write_text(
        "<tbx><text><body><conceptEntry>"
        "<langSec xml:lang='en-GB'><termSec><term>tyre</term></termSec></langSec>"
        f"<langSec xml:lang='fr'><termSec><term>bandage</term>{status.format('deprecated')}</termSec>"
        f"<termSec><term>pneu</term></termSec><termSec><term>pneumatique</term>{status.format('preferred')}</termSec>"
        "</langSec><langSec xml:lang='x-house'><termSec><term>T1</term></termSec></langSec>"
        "</conceptEntry></body></text></tbx>",
        encoding="utf-8",
    )
    glossary = read_glossary(path)
    assert glossary.terms("en", "fr") == [Term("tyre", ("pneumatique", "pneu"), ("bandage",))]
    assert {term.source for term in glossary.terms("fr", "en")} == {"pneumatique", "pneu", "bandage"}
    assert keep("A tyre burst.", "Un bandage a éclaté.", glossary=glossary).text == "Un pneumatique a éclaté."
    assert keep("A tyre burst.", "Un pneu a éclaté.", glossary=glossary).touches == ()


def test_an_entry_without_a_term_says_nothing_and_a_superseded_term_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    note = "<termNote type='administrativeStatus'>supersededTerm-admn-sts</termNote>"
    path.write_text(
        "<martif><termEntry/><termEntry><langSet xml:lang='en'><tig><term>tyre</term></tig></langSet>"
        f"<langSet xml:lang='fr'><tig><term>bandage</term>{note}</tig><tig><term>pneu</term></tig></langSet>"
        "</termEntry></martif>"
    )
    assert read_glossary(path).terms("en", "fr") == [Term("tyre", ("pneu",), ("bandage",))]


def test_terms_are_found_from_word_to_word_whatever_their_case() -> None:
    assert mentions("AI and ai in paid mail", "AI") == [(0, 2), (7, 9)]
    assert mentions("وOpenAI قالت", "OpenAI") == [(1, 7)]
    assert mentions("no such thing", "") == []
    assert holds("قالت أُوبن", ["أوبن"])
    assert not holds("openai said", ["OpenAI"])
