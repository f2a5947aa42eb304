"""Documents come back in their structure: every tag, mark and address exactly once, all else untouched."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import ModelError, UsageError
from corpora.translation import Translation
from mt.documents import translation as translation_module
from mt.documents.base import read_document
from mt.documents.bilingual import render
from mt.documents.codes import put_back
from mt.documents.foreign import spoken
from mt.documents.segment import Code, Segment
from mt.documents.translation import TranslatedDocument, translate_documents

Speak = Callable[[str], str]

MARKDOWN = """---
title: "Chips are back in fashion"
lang: en
---

# The **big** chip story

OpenAI said on *Monday* that [its new model](https://openai.com/x "the model") is here. See `pip install` now.
It works.[^1] Here is ![a small chip](chip.png) in the line, with <b>bold</b> words &amp; more.

> A quoted sentence stands here
> and goes on over two lines.

- First item with `code`
- Second item: 2 \\* 3

| Name | Value |
|------|-------|
| Chip one | It costs three dollars |

```python
print("not translated")
```

[ref]: https://example.com
"""
HTML = """<!DOCTYPE html>
<html class="x"><head><meta charset="utf-8"><title>Chips &amp; more</title>
<script>var x = "<p>not text</p>";</script></head>
<body><nav><a href="/">Home</a></nav>
<h1>The <em>big</em> chip story</h1>
<p><b>Dubai</b> – OpenAI said on <i>Monday</i> that <a href="https://x.com/?a=1&amp;b=2" title="a > b">its new
 model</a> is here.<sup><a href="#n">1</a></sup> It costs 3 &lt; 4 dollars. Run <code>pip install</code> today!</p>
<p>One line<br>and another <span hidden>secret</span> line <img src="x.png" alt="A chip"> with an image.</p>
<table><tr><td>A cell</td><td><u>Another one</u></td></tr></table>
<pre>code stays</pre></body></html>
"""


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Callable[[Speak], list[str]]:
    """Put a function in the place of the model; returns what it was asked, in order."""

    def install(function: Speak) -> list[str]:
        asked: list[str] = []

        def fake(texts: Sequence[str], *, source_lang: str, target_lang: str, **_: object) -> Translation:
            asked.extend(texts)
            outputs = tuple(function(text) for text in texts)
            return Translation(outputs, source_lang, target_lang, "forward", "fake", "0", "fake", ((),) * len(texts))

        monkeypatch.setattr(translation_module, "translate_sentences", fake)
        return asked

    return install


def backwards(text: str) -> str:
    return " ".join(reversed(text.split()))


def translated(path: Path, text: str | bytes, target: str = "fr", lang: str | None = "en") -> TranslatedDocument:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (done,) = translate_documents([read_document(path, to=target, lang=lang)], target)
    return done


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize(("name", "text"), [("a.md", MARKDOWN), ("a.html", HTML)])
def test_what_comes_back_unchanged_leaves_the_file_as_it_was(
    tmp_path: Path, speak: Callable[[Speak], list[str]], name: str, text: str
) -> None:
    speak(lambda sentence: sentence)
    data = translated(tmp_path / name, text).data.decode()
    if name.endswith(".html"):
        data = data.replace('<html lang="fr" class="x">', '<html class="x">')
        text = text.replace("new\n model", "new model")
    else:
        data = data.replace("lang: fr", "lang: en").replace("words & more", "words &amp; more")
    assert data.split() == text.split()


def test_code_tables_and_addresses_of_markdown_are_untouched(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    asked = speak(backwards)
    data = translated(tmp_path / "a.md", MARKDOWN).data.decode()
    for kept in (
        'print("not translated")',
        "[ref]: https://example.com",
        "`pip install`",
        "`code`",
        '](https://openai.com/x "the model")',
        "![", "](chip.png)", "[^1]", "<b>", "</b>", "|------|-------|", "\\*",
    ):  # fmt: skip
        assert data.count(kept) == MARKDOWN.count(kept), kept
    assert "lang: fr" in data
    assert not any("**" in text or "](" in text or "<b>" in text for text in asked)
    assert data.startswith('---\ntitle: "fashion in back are Chips"\n')


def test_tags_of_html_stay_nested_and_scripts_stay_as_they_are(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    asked = speak(backwards)
    data = translated(tmp_path / "a.html", HTML, "ar").data.decode()
    assert '<html lang="ar" class="x" dir="rtl">' in data
    assert 'var x = "<p>not text</p>";' in data
    assert "<pre>code stays</pre>" in data
    assert "<code>pip install</code>" in data
    assert 'title="b &gt; a"' in data
    assert 'alt="chip A"' in data
    tags = [re.sub(r' (?:alt|title)="[^"]*"', "", page) for page in (data, HTML)]
    assert Counter(re.findall(r"<[^>]*>", tags[0])[3:]) == Counter(re.findall(r"<[^>]*>", tags[1])[3:])
    assert not any("<" in text.replace("3 < 4", "") for text in asked)
    assert "&lt;" in data
    assert "more &amp; Chips" in data
    assert _is_nested(data)


def test_menus_buttons_footers_and_what_tags_say_are_translated(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    speak(str.upper)
    page = (
        '<html lang="en"><head><meta name="description" content="Two &quot;chips&quot;. They sold.">'
        '<meta name="robots" content="all pages"><link title="style of it"></head><body>'
        '<nav><a href="/" title="First page">Home</a></nav>'
        '<p>Some <img src="a b.png" alt=\'A small chip\'> words<img alt="IMG_12.jpg"><img alt="">.</p>'
        '<p translate="no" title="brand name">Keep</p><script>x = \'<img alt="a script">\'</script>'
        '<button>Send it</button><input type="submit" value="Send it"><input value="my text" placeholder="Your name">'
        "<footer>All rights</footer></body></html>"
    )
    data = translated(tmp_path / "a.html", page).data.decode()
    for there in (
        'content="TWO &quot;CHIPS&quot;. THEY SOLD."', 'content="all pages"', 'title="style of it"',
        'title="FIRST PAGE">HOME<',
        "alt='A SMALL CHIP'", 'src="a b.png"', 'alt="IMG_12.jpg"', 'alt=""', 'title="brand name"', 'alt="a script"',
        ">SEND IT</button>", 'value="SEND IT"', 'value="my text" placeholder="YOUR NAME"', ">ALL RIGHTS</footer>",
    ):  # fmt: skip
        assert there in data


def test_markdown_from_a_pipe_is_seen_and_a_format_can_be_named(speak: Callable[[Speak], list[str]]) -> None:
    asked = speak(str.upper)

    def piped(text: str, format: str | None = None) -> str:
        document = read_document("-", to="fr", lang="en", format=format, stdin=BytesIO(text.encode()))
        return translate_documents([document], "fr")[0].data.decode()

    assert piped("# A title\n\nSome **bold** words.\n") == "# A TITLE\n\nSOME **BOLD** WORDS.\n"
    assert piped("Item #1 costs 2 * 3 * 4 dollars.\n") == "ITEM #1 COSTS 2 * 3 * 4 DOLLARS.\n"
    plain = read_document("-", to="fr", lang="en", format="text", stdin=BytesIO(b"# A title"))
    assert (plain.format, plain.fields[0].dialect) == ("text", "text")
    assert "A title" in asked
    with pytest.raises(UsageError, match="no format 'docx'"):
        piped("x", "docx")


def _is_nested(page: str) -> bool:
    void = {"meta", "br", "img", "!doctype"}
    stack: list[str] = []
    body = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    for closing, name in re.findall(r"<(/?)([A-Za-z0-9!]+)(?:\"[^\"]*\"|[^>\"])*>", body):
        if name.lower() in void:
            continue
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


def test_a_pair_goes_round_the_same_name_wherever_it_comes_to_stand(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    speak(lambda text: "Paris est loin, a dit Dupont." if "Dupont" in text else text)
    done = translated(tmp_path / "a.md", "Mr *Dupont* said that **Paris** is far away.\n")
    assert done.data.decode() == "**Paris** est loin, a dit *Dupont*.\n"


def test_a_pair_goes_round_what_its_words_translate_to(tmp_path: Path, speak: Callable[[Speak], list[str]]) -> None:
    said = {
        "The central bank raised its rate again on Friday.": "رفع البنك المركزي سعر الفائدة مرة أخرى يوم الجمعة.",
        "central bank": "بنك مركزي",
    }
    speak(lambda text: said[text])
    done = translated(tmp_path / "a.md", "The **central bank** raised its rate again on Friday.\n", "ar")
    assert done.data.decode() == "رفع **البنك المركزي** سعر الفائدة مرة أخرى يوم الجمعة.\n"


def test_a_pair_goes_round_a_name_in_another_script_by_its_sound(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    asked = speak(lambda text: "قال سام ألتمان يوم الاثنين إن تونس بعيدة عن باريس.")
    done = translated(
        tmp_path / "a.md", "[Sam Altman](a.html) said on Monday that **Tunis** is far from *Paris*.\n", "ar"
    )
    assert done.data.decode() == "قال [سام ألتمان](a.html) يوم الاثنين إن **تونس** بعيدة عن *باريس*.\n"
    assert len(asked) == 1


def test_an_ordinary_word_with_the_capital_of_its_sentence_is_not_sought_by_its_sound(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    said = {
        "Sales of tyres rose in China last year.": "ارتفعت مبيعات الإطارات في الصين العام الماضي.",
        "Sales": "المبيعات",
    }
    speak(lambda text: said[text])
    done = translated(tmp_path / "a.md", "**Sales** of tyres rose in China last year.\n", "ar")
    assert done.data.decode() == "ارتفعت **مبيعات** الإطارات في الصين العام الماضي.\n"


def test_a_protected_stretch_that_the_model_breaks_is_put_back(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    asked = speak(lambda text: "Voir httpss exampel pour cela." if "https" in text else "Voir cela aujourd’hui.")
    done = translated(tmp_path / "a.txt", "See https://example.com/a_b for this today.\n")
    assert done.data.decode() == "Voir https://example.com/a_b cela aujourd’hui.\n"
    assert asked == ["See https://example.com/a_b for this today.", "See for this today."]


def test_text_keeps_blank_lines_line_ends_and_the_width_of_its_lines(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    speak(lambda text: text.replace("company", "extraordinarily large company"))
    text = (
        "A headline\r\n\r\nThe company said on Monday that it would make a great many more of the\r\n"
        "chips that everyone wants to have. The company said that these chips would be\r\n"
        "sold everywhere in the world, and that nobody would have to wait for them for\r\n"
        "longer than a day.\r\n\r\n\r\n- An item of a list\r\n"
    )
    data = translated(tmp_path / "a.txt", text).data.decode()
    assert data.count("\n") == data.count("\r\n")
    assert data.startswith("A headline\r\n\r\nThe extraordinarily")
    assert data.endswith("\r\n\r\n\r\n- An item of a list\r\n")
    assert all(len(line) <= 80 for line in data.split("\r\n"))
    assert words_of(data) == words_of(text) + Counter(extraordinarily=2, large=2)


def test_wrapped_lines_do_not_begin_a_list(tmp_path: Path, speak: Callable[[Speak], list[str]]) -> None:
    speak(lambda text: text.replace("plus", "+"))
    text = (
        "The company said on Monday that it would make two hundred and forty thousand plus\n"
        "forty thousand of the chips that everyone wants to have, and that the chips would\n"
        "be sold everywhere in the world for a price that everyone could pay without loans.\n"
        "Nobody would have to wait for them any longer than they did in the years before it.\n"
    )
    data = translated(tmp_path / "a.md", text).data.decode()
    assert not re.search(r"^\+", data, re.MULTILINE)


def test_records_of_json_lines_keep_everything_but_text_title_and_language(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    speak(backwards)
    text = (
        '{"id": 1, "title": "An \\u00e9t\\u00e9 \\"title\\"", "text": "First line.\\n\\nSecond one.",'
        ' "lang": "en", "n": 1.0e5}\r\n'
        '{"text": "A plain “record” here.", "tags": ["a"], "meta": {"title": "x"}}\n'
    )
    data = translated(tmp_path / "a.jsonl", text, lang=None).data.decode()
    first, second = data.splitlines()
    assert json.loads(first)["text"] == "line. First\n\none. Second"
    assert json.loads(first)["title"] == '"title" été An'
    assert json.loads(first)["lang"] == "fr"
    assert '"n": 1.0e5}' in first
    assert "\\u00e9" in first
    assert second == '{"text": "here. “record” plain A", "tags": ["a"], "meta": {"title": "x"}}'


def test_a_code_page_that_cannot_hold_the_target_becomes_utf8_and_says_so(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    speak(lambda text: "جملة عربية.")
    page = '<html lang="fr"><head><meta charset="windows-1252"></head><body><p>Une idée très brève.</p></body></html>'
    done = translated(tmp_path / "a.html", page.encode("cp1252"), "ar", lang="fr")
    text = done.data.decode("utf-8")
    assert "جملة عربية." in text
    assert 'charset="utf-8"' in text


def test_utf16_and_its_byte_order_mark_are_kept(tmp_path: Path, speak: Callable[[Speak], list[str]]) -> None:
    speak(lambda text: text.upper())
    done = translated(tmp_path / "a.txt", "\ufeffA short sentence.\n".encode("utf-16-le"))
    assert done.data.decode("utf-16-le") == "\ufeffA SHORT SENTENCE.\n"


def test_emphasis_with_stray_spaces_and_bidi_controls_do_not_reach_the_model(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    asked = speak(lambda text: text)
    done = translated(tmp_path / "a.txt", "The \u200fmodel\u200b ** is new ** and 🎉 old.\n")
    assert asked == ["The model is new and old."]
    assert done.data.decode() == "The model **is new** and 🎉 old.\n"


def test_sentences_of_all_documents_are_asked_once(tmp_path: Path, speak: Callable[[Speak], list[str]]) -> None:
    asked = speak(lambda text: text.upper())
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The same sentence. Another one here.\n\nThe same sentence.\n")
    documents = [read_document(tmp_path / name, to="fr", lang="en") for name in ("a.txt", "b.txt")]
    done = translate_documents(documents, "fr")
    assert asked == ["The same sentence.", "Another one here."]
    assert done[1].data.decode() == "THE SAME SENTENCE. ANOTHER ONE HERE.\n\nTHE SAME SENTENCE.\n"


def test_sentences_in_another_language_are_translated_from_it_or_left_and_said(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    asked = speak(lambda text: "جملة.")
    text = (
        "The minister answered the questions.\n\nلم يجب الوزير عن الأسئلة.\n\nМинистр не ответил.\n\n"
        "Le ministre n’a pas répondu aux questions sur la nouvelle loi.\n\n12:30 – 42\n"
    )
    done = translated(tmp_path / "a.txt", text, "ar")
    french = "Le ministre n’a pas répondu aux questions sur la nouvelle loi."
    assert asked == [french, "The minister answered the questions."]
    assert [(segment.left, segment.source_lang) for segment in done.segments] == [
        (None, "en"), ("target_language", "ar"), ("other_language", "en"), (None, "fr"), ("no_text", "en"),
    ]  # fmt: skip
    assert done.data.decode() == text.replace("The minister answered the questions.", "جملة.").replace(french, "جملة.")


def test_a_language_that_no_model_reads_is_left_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_english(texts: Sequence[str], *, source_lang: str, target_lang: str, **_: object) -> Translation:
        if source_lang != "en":
            raise ModelError("no model")
        return Translation(("جملة.",) * len(texts), "en", "ar", "forward", "fake", "0", "fake", ((),) * len(texts))

    monkeypatch.setattr(translation_module, "translate_sentences", only_english)
    french = "Le ministre n’a pas répondu aux questions sur la nouvelle loi."
    done = translated(tmp_path / "a.txt", f"The minister answered.\n\n{french}\n", "ar")
    assert [segment.left for segment in done.segments] == [None, "other_language"]
    assert done.data.decode() == f"جملة.\n\n{french}\n"


@pytest.mark.parametrize(
    ("text", "source", "target", "why"),
    [
        ("Sam Altman", "fr", "en", None),
        ("OpenAI", "ar", "fr", "target_language"),
        ("OpenAI و Google", "ar", "fr", None),
        ("🎉 100 %", "en", "ar", "no_text"),
        ("人工智能", "zh-Hans", "en", None),
        ("The same.", "en", "en", "target_language"),
    ],
)
def test_why_a_sentence_is_left(text: str, source: str, target: str, why: str | None) -> None:
    assert spoken(text, source, target)[1] == why


def test_pictures_and_bidi_controls_go_around_the_model_and_come_back_once(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    asked = speak(str.upper)
    text = "It works 🎉 🎉. See 👍🏽 the \u2067new\u2069 chip 🇫🇷! ☕\ufe0f\n\n🎉\n"
    assert translated(tmp_path / "a.txt", text).data.decode() == text.upper()
    assert asked == ["It works.", "See the new chip!"]
    hostile = "a " + "🎉 " * 20_000 + " " * 20_000 + "b"
    assert translated(tmp_path / "b.txt", hostile).data.decode().count("🎉") == 20_000


def test_a_text_without_full_stops_is_not_compared_by_meaning(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    speak(lambda text: text)
    done = translated(tmp_path / "a.txt", "word " * 1000 + "\n\nA sentence of six words here.\n")
    assert [segment.score is None for segment in done.segments] == [True, False]


def test_marked_words_are_found_by_alignment_where_they_moved(
    tmp_path: Path, speak: Callable[[Speak], list[str]]
) -> None:
    sentence = "The minister bought a red house[^1] yesterday."
    answers = {"The minister bought a red house yesterday.": "Hier, le ministre a acheté une maison rouge."}
    speak(lambda text: answers.get(text, "x"))
    data = translated(tmp_path / "a.md", sentence.replace("red", "**red**") + "\n").data.decode()
    assert data == "Hier, le ministre a acheté une maison[^1] **rouge**.\n"


def test_codes_in_halves_go_round_what_they_held(tmp_path: Path, speak: Callable[[Speak], list[str]]) -> None:
    speak(lambda text: "Les OpenAI Labs ont grandi.")
    unit = 'The <bpt i="1">&lt;b&gt;</bpt>OpenAI<ept i="1">&lt;/b&gt;</ept> <bpt i="2"/>Labs grew.'
    page = (
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>'
        f"{unit}</seg></tuv></tu></body></tmx>"
    )
    data = translated(tmp_path / "a.tmx", page).data.decode()
    said = 'Les <bpt i="1">&lt;b&gt;</bpt>OpenAI<ept i="1">&lt;/b&gt;</ept> <bpt i="2"/>Labs ont grandi.'
    assert f'<tuv xml:lang="fr"><seg>{said}</seg></tuv>' in data


def test_chinese_sentences_get_a_space_between_them(tmp_path: Path, speak: Callable[[Speak], list[str]]) -> None:
    speak(lambda text: "One." if text.startswith("政府") else "Two.")
    done = translated(tmp_path / "a.txt", "政府宣布了一项计划。大雨导致道路关闭。\n", "en", lang="zh")
    assert done.data.decode() == "One. Two.\n"


def test_a_megabyte_without_a_full_stop_is_one_segment(tmp_path: Path, speak: Callable[[Speak], list[str]]) -> None:
    speak(lambda text: text)
    text = "word " * 200_000
    assert translated(tmp_path / "a.txt", text).data.decode().split() == text.split()


@pytest.mark.parametrize(
    "hostile", ["[" * 5000, "![a](" * 3000, "`" * 4001, "*" * 3000 + "a", "<b>" * 3000 + "a", "**a " * 3000]
)
def test_hostile_markup_takes_linear_time(tmp_path: Path, speak: Callable[[Speak], list[str]], hostile: str) -> None:
    speak(lambda text: text)
    translated(tmp_path / "a.md", f"Text before. {hostile} and text after it.\n")


pieces = st.lists(st.sampled_from(["one", "two", "OpenAI", "three,", "four."]), min_size=1, max_size=9)


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    """A sentence with properly nested pairs and lone codes at random places."""
    text = " ".join(draw(pieces))
    codes: list[Code] = []

    def nest(low: int, high: int, depth: int) -> None:
        at = low
        for _ in range(draw(st.integers(0, 2))):
            start = draw(st.integers(at, high))
            end = draw(st.integers(start, high))
            number = len(codes)
            if depth < 3 and draw(st.booleans()):
                codes.append(Code(start, f"<{number}>", "open", number))
                nest(start, end, depth + 1)
                codes.append(Code(end, f"</{number}>", "close", number))
                at = end
            else:
                codes.append(Code(start, f"<{number}/>"))
                at = start

    nest(0, len(text), 0)
    return Segment(0, len(text), text, tuple(codes))


@given(segments(), st.lists(st.sampled_from(["un", "deux", "OpenAI", "trois.", "وOpenAI"]), max_size=9), st.booleans())
def test_every_code_comes_back_exactly_once_and_nested(segment: Segment, output: list[str], half: bool) -> None:
    if half:
        segment = Segment(0, segment.end, segment.text, segment.codes[len(segment.codes) // 2 :])
    text = " ".join(output)
    written = put_back(segment, text, lambda plain: plain, {})
    tags = re.findall(r"<[^>]*>", written)
    assert Counter(tags) == Counter(code.markup for code in segment.codes)
    assert re.sub(r"<[^>]*>", "", written) == text
    opened: list[str] = []
    whole = {code.pair for code in segment.codes if code.role == "open"}
    for tag in tags:
        number = tag.strip("</>")
        if tag.startswith("</") and int(number) in whole:
            assert opened.pop() == number
        elif not tag.startswith("</") and not tag.endswith("/>"):
            opened.append(number)


def test_bilingual_formats_are_safe_for_right_to_left_text(tmp_path: Path, speak: Callable[[Speak], list[str]]) -> None:
    speak(lambda text: "سطر | فيه <b> و *نجمة*.")
    done = translated(tmp_path / "a.txt", "A line with a pipe | and R&D here.\n", "ar")
    page = render("html", done)
    assert '<td lang="ar" dir="rtl">سطر | فيه &lt;b&gt; و *نجمة*.</td>' in page
    assert "<script" not in page
    assert "http" not in page
    table = render("md", done)
    assert '<span lang="ar" dir="rtl">' in table
    assert table.splitlines()[4].count("|") == 4
    record = json.loads(render("jsonl", done))
    assert (record["source"], record["flags"]) == ("A line with a pipe | and R&D here.", list(done.segments[0].flags))


def test_what_says_something_else_is_flagged(tmp_path: Path, speak: Callable[[Speak], list[str]]) -> None:
    said = {
        "The minister did not answer the questions.": "Le ministre n’a pas répondu aux questions.",
        "The company opened a second factory in Tunis.": "Mon grand-père aimait les chats et la musique.",
    }
    speak(lambda text: said[text])
    done = translated(tmp_path / "a.txt", " ".join(said))
    assert [segment.flags for segment in done.segments] == [(), ("low_similarity",)]
    scores = [segment.score or 0.0 for segment in done.segments]
    assert scores[0] > 0.5 > 0.2 > scores[1]
