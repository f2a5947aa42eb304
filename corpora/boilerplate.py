"""An article and its sentences in, the site's own words marked out: "view original", disclaimers, reference lists,
bylines, share and subscribe lines, cookie notes, in Arabic, French, English and Chinese.

What no article would say (`strong`) counts anywhere, if it stands alone; what an article might (`weak`: a line
"Source: …") only at the head or the tail. Nothing is dropped: a mark says that the sentence does not count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpora.article import Article, Sentence

_STRONG_STARTS = (
    # Arabic
    r"(?:شاهد|عرض|اقرأ|انظر|طالع) (?:النسخة|المقالة?|الخبر|المنشور|النص) الأصلي",
    r"(?:اقرأ|إقرأ|اقرأي|طالع|شاهد) (?:أيضا|أيضًا|أيضاً|المزيد|كذلك)\b",
    r"(?:تابعنا|تابعونا|تابعوا?|انضموا?|انضم) (?:إلينا |إلى قناتنا |على|عبر|قناتنا)",
    r"(?:اشترك|اشتركوا|سجل|سجّل) (?:الآن |معنا )?(?:في|ب)? ?(?:النشرة|نشرتنا|القناة|قناتنا|خدمة)",
    r"(?:شارك|شاركوا|انشر) (?:هذا |هذه )?(?:المقالة?|الخبر|الموضوع|الصفحة|على|عبر)",
    r"(?:تنويه|إخلاء (?:ال)?مسؤولية|إخلاء طرف)(?:\s*[:：]|$)",
    r"قد تحتوي هذه الصفحة على محتوى من جهات",
    r"(?:مواضيع|مقالات|أخبار) (?:ذات صلة|متعلقة)|قد (?:يهمك|يعجبك)",
    r"(?:يستخدم هذا الموقع|نستخدم|نحن نستخدم) (?:ملفات )?(?:تعريف الارتباط|الكوكيز)",
    # French
    r"(?:Voir|Lire|Consulter|Afficher) (?:l['’](?:article )?original|la version originale)",
    r"[ÀAÁ] lire(?: aussi| également| sur le même sujet)?\s*(?:[:：]|$)",
    r"(?:Lire|Lisez|Voir) (?:aussi|également|la suite)\b",
    r"(?:Partager|Partagez) (?:cet? article|cette page|sur\b|l['’]article)",
    r"(?:Suivez|Retrouvez|Rejoignez)-nous\b",
    r"(?:Abonnez|Inscrivez)-vous (?:à|pour|dès|gratuitement|maintenant)",
    r"(?:Avertissement|(?:Clause|Avis) de non-responsabilité|Mentions légales)(?:\s*[:：]|$)",
    r"(?:Articles?|Sujets?) (?:connexes?|similaires?|liés|associés)\s*(?:[:：]|$)",
    r"Sur le même (?:sujet|thème)\s*(?:[:：]|$)",
    r"(?:Nous utilisons|Ce site utilise|En poursuivant votre navigation).{0,40}cookies",
    r"Publicité\s*$|Cliquez ici\b|Laisser un commentaire\s*$|Commentaires?\s*(?:\(\d+\))?\s*$",
    # English
    r"(?:View|Read|See|Show) (?:the )?original(?: article| post| version| text)?\s*\.?$",
    r"(?:Read|See|Watch) (?:more|also|next)\s*(?:[:：|]|$)|Also read\b|You (?:may|might) also like\b",
    r"(?:Related|Recommended)(?: articles?| stories| posts| topics| reading| news)?\s*(?:[:：]|$)",
    r"Share (?:this(?: article| story| post| page)?|on (?:Facebook|Twitter|X|WhatsApp|LinkedIn|Telegram))\b",
    r"Follow us\b|Join (?:our|us on) (?:Telegram|WhatsApp|newsletter|channel)",
    r"(?:Subscribe|Sign up) (?:to|for) (?:our|the|free)\b.{0,60}(?:newsletter|channel|updates|emails?|alerts?|inbox)",
    r"(?:Disclaimer|Legal notice)(?:\s*[:：]|$)",
    r"(?:We use|This (?:web)?site uses|By continuing to (?:use|browse)).{0,40}cookies",
    r"Advertisement\s*$|Sponsored(?: content)?\s*$|Click here to\b",
    r"Leave a (?:comment|reply)\s*$|Comments?\s*(?:\(\d+\))?\s*$",
    r"©|\(c\)\s|Copyright\s+(?:©|\(c\)|\d{4})",
    # Chinese
    r"查看原文|阅读原文|閱讀原文|免责声明|免責聲明|版权所有|版權所有|相关阅读|相關閱讀|责任编辑|責任編輯",
)
_STRONG_ANYWHERE = (
    r"All rights reserved|Tous droits réservés|(?:جميع|كافة|كل) الحقوق محفوظة|版权所有",
    r"for informational purposes only|لأغراض (?:إعلامية|معلوماتية|تعليمية|المعلومات) فقط",
    r"à titre (?:purement |uniquement )?(?:informatif|d['’]information)(?: uniquement| seulement)",
    r"(?:does|do|should) not (?:be considered|constitute) (?:as )?(?:an? )?(?:financial|investment|legal).{0,30}advice",
    r"ne constituent? (?:pas|en aucun cas|nullement) (?:un |des )?conseils?",
    r"(?:ولا|لا) (?:يعد|تعد|يعتبر|تعتبر|يشكل|تشكل).{0,30}نصيحة (?:مالية|استثمارية|قانونية)",
)
_WEAK_STARTS = (
    r"(?:المؤلفة?|الكاتبة?|بقلم|كتبت?|كتبه|ترجمة|المترجم|تحرير|المحرر|تصوير)\s*[:：/]",
    r"(?:المصدر(?: الأصلي)?|الوسوم|وسوم|الكلمات المفتاحية|تاريخ النشر|نُ?شر في|آخر تحديث)\s*[:：/]",
    r"بقلم\s+\S+(?:\s+\S+){0,4}$",
    r"(?:Auteure?|Sources?|Source originale|Traduction|Traduit par|Rédaction|Temps de lecture)\s*[:：]",
    r"(?:Publié (?:le|par)|Mis à jour le|Crédits?(?: photo)?|Photo|Mots[- ]clés|Tags|Étiquettes)\s*[:：]",
    r"(?:Publié|Mis à jour|Modifié) le \d",
    r"Par [A-ZÀ-Ý][\w.'’-]+(?: (?:et |de |d['’])?[A-ZÀ-Ý][\w.'’-]*){1,5}$",
    r"(?:Author|(?:Written|Translated|Edited) by|Sources?|Original source|Translation|Editor|Reading time)\s*[:：]",
    r"(?:Published|Posted|Last updated|Updated)(?: on| by)?\s*[:：]",
    r"(?:Photo|Image)(?: credit)?\s*[:：]|(?:Tags|Keywords)\s*[:：]",
    r"(?:Published|Updated|Posted|Last updated) (?:on |at )?(?:\d|[A-Z][a-z]+ \d)",
    r"(?:Additional )?[Rr]eporting by [A-Z].*|Editing by [A-Z].*",
    r"(?:By|Written by) [A-Z][\w.'’-]+(?:,? (?:and |de |van |von |bin |al-)?[A-Z][\w.'’-]*){1,6}$",
    r"(?:作者|来源|來源|编辑|編輯|原标题|原標題|撰文|记者|記者|译者|譯者|编译|編譯)\s*[:：/|]",
)
_REFERENCES = re.compile(
    r"(?:مراجع|المراجع|المصادر|مصادر|قائمة المراجع|Références|Bibliographie|Sources|References|Bibliography|Works cited"
    r"|Further reading|Sources and references|参考资料|参考文献|参考来源|參考資料|參考文獻)\s*[:：]?$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"https?://|www\.|\bdoi\b|》|^\s*(?:\[\d+\]|\(\d+\)|\d{1,2}[.)]\s|[-•*]\s)|[:：,،]\s*[\"“«„‘'《]|^[\"“«《]"
    r"|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)

_STARTS = re.compile("|".join(_STRONG_STARTS))
_ANYWHERE = re.compile("|".join(_STRONG_ANYWHERE), re.IGNORECASE)
_WEAK = re.compile("|".join(_WEAK_STARTS))
_DECORATION = re.compile(r"^[\s*_#>|•·▪→▶►»\-–—\u200b-\u200f\u202a-\u202e\ufeff]+")

# A longer block is a paragraph of the article, whatever it begins with.
_LONGEST_NOTICE = 600
_LONGEST_LINE = 160
_LONGEST_REFERENCE = 350
# Shares of the sentences that are not repeats.
_HEAD, _TAIL = 0.08, 0.25


def mark_boilerplate(article: Article, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, the site's own marked `boilerplate`; what is marked already stays as it is."""
    groups = [group for group in _by_block(article, sentences) if sentences[group[0]].mark is None]
    texts = [_DECORATION.sub("", article.text[sentences[g[0]].start : sentences[g[-1]].end]) for g in groups]
    head = max(3, round(len(groups) * _HEAD))
    tail = len(groups) - max(8, round(len(groups) * _TAIL))
    marked: set[int] = set()
    for at, (group, text) in enumerate(zip(groups, texts, strict=True)):
        outer = at < head or at >= tail
        if _is_notice(text) or (outer and len(text) <= _LONGEST_LINE and _WEAK.match(text)):
            marked.update(group)
        elif at >= tail:
            marked.update(index for index in group if _is_line(sentences[index].text))
    for at in _references(texts):
        marked.update(groups[at])
    return [
        replace(sentence, mark="boilerplate") if index in marked and sentence.mark is None else sentence
        for index, sentence in enumerate(sentences)
    ]


def _by_block(article: Article, sentences: Sequence[Sentence]) -> list[list[int]]:
    """Indices of the sentences of each block."""
    starts = [block.start for block in article.blocks]
    groups: dict[int, list[int]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        groups[bisect_right(starts, sentence.start)].append(index)
    return list(groups.values())


def _is_notice(block: str) -> bool:
    """Whether a whole block is something that only a site says."""
    if len(block) > _LONGEST_NOTICE:
        return False
    return bool(_STARTS.match(block) or _ANYWHERE.search(block))


def _is_line(sentence: str) -> bool:
    """Whether a sentence at the end of the article's own paragraph is the site's."""
    return len(sentence) <= _LONGEST_LINE and bool(_STARTS.match(_DECORATION.sub("", sentence)))


def _references(texts: Sequence[str]) -> Iterator[int]:
    """A heading "References" in the second half, and the entries below it."""
    for at, text in enumerate(texts):
        if 2 * at < len(texts) or not _REFERENCES.match(text.strip()):
            continue
        entries = []
        for entry in range(at + 1, len(texts)):
            if len(texts[entry]) > _LONGEST_REFERENCE or not _REFERENCE.search(texts[entry]):
                break
            entries.append(entry)
        if entries or at == len(texts) - 1:
            yield at
            yield from entries
