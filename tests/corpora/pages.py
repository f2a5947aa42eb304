# ruff: noqa: E501
"""Pages and files that several tests of the readers share."""

from __future__ import annotations

FRENCH_PAGE = """<!DOCTYPE html>
<html lang="fr-FR">
<head>
  <meta charset="utf-8">
  <title>Le pari d&#39;Openai &amp; Microsoft - Le Journal</title>
  <script>var menu = "<p>Ne pas lire ceci, jamais.</p>";</script>
  <style>p { color: red }</style>
</head>
<body class="news">
  <nav><ul><li><a href="/">Accueil</a></li><li><a href="/tech">Technologie</a></li></ul></nav>
  <header><div class="logo">Le Journal</div></header>
  <main>
    <article>
      <h1>Le pari d&#39;Openai &amp; Microsoft</h1>
      <p class="by">Par Jeanne Dupont</p>
      <p>La soci&eacute;t&eacute; <b>Open</b><i>ai</i> a annonc&#233; mardi un accord de dix milliards
         de dollars avec son partenaire de toujours, selon deux personnes proches du dossier.</p>
      <h2>Des puces en plus</h2>
      <p>Le concepteur de puces <a href="https://example.org/?a=1&amp;b=2">Nvidia</a> fournira les processeurs, a
         pr&eacute;cis&eacute; son patron Huang Renxun lors d&rsquo;une conf&eacute;rence &agrave; Ta&iuml;wan.<br>
         Les livraisons doivent commencer au printemps, dans trois centres de donn&eacute;es am&eacute;ricains.</p>
      <blockquote><p>&laquo;&nbsp;Nous n&rsquo;avons jamais vu une telle demande pour nos produits&nbsp;&raquo;, a-t-il dit.</p></blockquote>
      <ul><li>Le premier centre ouvrira en mars dans le d&eacute;sert du Nevada.</li>
          <li>Le second suivra en juin, plus au nord, pr&egrave;s de Seattle.</li></ul>
    </article>
  </main>
  <aside><h3>Lire aussi</h3><p>Un tout autre article dont personne ne veut dans le texte.</p></aside>
  <footer><p>&copy; 2024 Le Journal. Tous droits r&eacute;serv&eacute;s.</p></footer>
  <script>track("fin");</script>
</body>
</html>
"""

ARABIC_PAGE = """<!doctype html>
<html lang="ar" dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256">
<title>شركة Openai تشتري الرقائق</title></head>
<body><div id="menu"><a href="#">الرئيسية</a> | <a href="#">اقتصاد</a></div>
<div id="content"><h1>شركة Openai تشتري الرقائق</h1>
<p>قالت شركة <strong>Openai</strong> يوم الثلاثاء إنها ستشتري مئات الآلاف من الرقائق الجديدة خلال العام المقبل.</p>
<p>وأضافت في بيان أن الصفقة تبلغ قيمتها عشرة مليارات دولار، وأنها تشمل مراكز بيانات في ثلاث دول عربية.</p>
<p>ويتوقع المحللون أن تتسلم الشركة أول دفعة من الرقائق في شهر مارس من العام المقبل على أقرب تقدير.</p>
</div><div class="footer">جميع الحقوق محفوظة</div></body></html>
"""

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/>
  <body>
    <tu tuid="1">
      <tuv xml:lang="en"><seg>Openai &amp; <bpt i="1">&lt;b&gt;</bpt>Nvidia<ept i="1">&lt;/b&gt;</ept> sign a deal.</seg></tuv>
      <tuv xml:lang="ar"><seg>توقع Openai و<hi>إنفيديا</hi> اتفا&#1602;ا.</seg></tuv>
    </tu>
    <!-- a comment -->
    <tu tuid="2">
      <tuv xml:lang="en"><seg>It is <![CDATA[R&D]]> money.</seg></tuv>
      <tuv xml:lang="ar"><seg>إنها أموال بحث.</seg></tuv>
    </tu>
  </body>
</tmx>
"""

JSONL = (
    '{"id": 1, "title": "Un accord", "text": "La soci\\u00e9t\\u00e9 Openai a sign\\u00e9.\\n\\nElle paiera \\"cher\\" \\ud83d\\ude00.", "lang": "fr"}\n'
    "\n"
    '{"text": "وقعت شركة Openai اتفاقا.", "meta": {"text": "not this"}}\r\n'
)

MARKDOWN = """---
title: "The deal"
---
# The *deal*

** Openai signed a deal on Tuesday , people close to it said. **

- The first centre opens in March.
- The second one follows in June.

> Nobody has seen such demand.

Chips
-----

| Maker | Chip |
|-------|------|
| Nvidia | H100 |

```
code()
```

![photo](chip.jpg)
<!-- not text -->

The end.
"""

WRAPPED = """THE DEAL

The company said on Tuesday that it would buy hundreds of thousands of
chips over the next year, in a deal that two people close to the matter
valued at ten billion dollars.

The first of three data centres is to open in March, somewhere in the
desert of Nevada, and the second one is to follow in June further north.
"""
