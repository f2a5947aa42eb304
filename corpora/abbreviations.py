"""Language in, what its full stops may mean out: abbreviations by what follows them, and words that begin sentences.

The lists hold what news uses. Four classes, since they are read differently:

- *titles* stand before a name: no sentence ends there (Mr., M., Dr., Sen.);
- *inner* need what follows them: no sentence ends there (e.g., vs., cf.);
- *numbered* are abbreviations only before a number (No. 5, p. 12, Jan. 3);
- *either* may also be the last word: a sentence ends there only where the next word
  often begins one (Inc., Ariz., p.m.).

All without the last full stop. An entry in small letters stands for the capitalised form too, a capitalised one only
for itself (and all capitals): "He fell ill. Doctors came." is not about Illinois.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """What one language's full stops may mean.

    Attributes:
        titles, inner, numbered, either: see the module's docstring.
        starters: words that often begin a sentence and are seldom part of a name, as they are written there.
        ordinals: whether a number with a full stop is an ordinal (German: am 3. Oktober).
    """

    titles: frozenset[str]
    inner: frozenset[str]
    numbered: frozenset[str]
    either: frozenset[str]
    starters: frozenset[str]
    ordinals: bool = False

    def listed(self, word: str, entries: frozenset[str]) -> bool:
        """Whether `word`, as it stands in the text, is one of `entries`."""
        return word in entries or word.lower() in entries or (word.isupper() and word.capitalize() in entries)


def _set(*words: str) -> frozenset[str]:
    return frozenset(" ".join(words).split())


_ENGLISH = Abbreviations(
    titles=_set(
        "mr mrs ms messrs mx dr drs prof profs rev fr sen sens rep reps gov govs gen col lt sgt cpl pvt capt",
        "cmdr adm maj brig",
        "hon pres supt insp det dep msgr mt ft ste amb atty asst assoc",
    ),
    inner=_set("e.g i.e eg ie viz vs v cf ca approx esp incl resp nr"),
    numbered=_set(
        "no nos p pp vol vols fig figs ch chap sec art par jan feb mar apr jun jul aug sep sept oct nov dec op"
    ),
    either=_set(
        "Inc Corp Co Cos Ltd Plc Bros Jr Sr St Ave Blvd Rd Dept Dist Est etc al Univ Assn Intl Govt Ph.D a.m",
        "p.m",
        "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky Md Mass Mich Minn Miss Mo Mont Neb Nev Okla",
        "Ore",
        "Pa Tenn Tex Va Vt Wash Wis Wyo Mon Tue Tues Thu Thurs Fri",
    ),
    starters=_set(
        "The This That These Those There Here It Its He She They We I You His Her Their Our My Your In On At",
        "By For From",
        "But And Or So If When While As Although Though Because Since After Before Until Once What Who Why",
        "How Where Which",
        "Some Many Most Much Both Each Every Another Other Others However Meanwhile Then Yet Now Still Also",
        "Even Only Just",
        "Not With Without Under Over During Despite Unlike Earlier Later Last An A Asked According To Instead",
    ),
)

_FRENCH = Abbreviations(
    titles=_set("M MM Mme Mmes Mlle Mlles Me Mes Dr Drs Pr Prs St Ste Mgr Mr Mrs Ms Gén gén Col Cdt Lt"),
    inner=_set("cf c c.-à-d env ex vs p.ex i.e av apr"),
    numbered=_set("p pp vol art al chap n no nos fig réf sect t ch v janv févr avr juil sept oct nov déc"),
    either=_set("etc Cie Sté Inc Corp Co Ltd tél boul bd hab Jr Sr"),
    starters=_set(
        "Le La Les Un Une Des Ce Cet Cette Ces Il Elle Ils Elles On Nous Vous Je Tu Mais Et Ou Donc Or Car Si",
        "Quand Lorsque",
        "Comme Dans En Au Aux Sur Sous Pour Par Avec Sans Selon Depuis Après Avant Pendant Son Sa Ses Leur",
        "Leurs Notre Nos",
        "Mon Ma Mes Cela Ceci Ça Qui Que Quoi Où Comment Pourquoi Toutefois Cependant Pourtant Ainsi Alors",
        "Puis Enfin Aussi",
        "Même Tout Tous Toutes Plusieurs Certains Chaque Aucun L D C J S N Qu Lors Malgré Parmi À",
    ),
)

_ARABIC = Abbreviations(
    titles=_set("د أ أ.د م ا.د Mr Mrs Ms Dr Prof St"),
    inner=_set("vs v e.g i.e"),
    numbered=_set("ص ج ط ق م هـ No p vol"),
    either=_set("ق.م ب.م Inc Corp Co Ltd Jr Sr a.m p.m"),
    starters=_ENGLISH.starters,
)

_GERMAN = Abbreviations(
    titles=_set("Hr Hrn Fr Frl Mr Mrs Dr Prof St Dipl Ing Mag Hl hl Frh Pfr Sr"),
    inner=_set(
        "z.b z d.h d u.a bzw ca vgl evtl ggf inkl exkl bspw sog z.t i.d.r bes insb v a u.u o.ä s vs geb gest jr"
    ),
    numbered=_set("Nr Abs Art S s Bd Kap Abb Tab"),
    either=_set("usw etc Mio Mrd Tsd Str Jh Jhs Co"),
    starters=_set(
        "Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ich Ihr Man Dies Diese Dieser",
        "Dieses In Im Am An Auf",
        "Aber Und Oder Doch Denn Wenn Als Da Dann Nach Vor Bei Mit Ohne Für Von Zu Zum Zur Auch Nur Noch So",
        "Hier Dort Wie Was",
        "Wer Wo Warum Nun Jetzt Seit Unter Über Durch Um Trotz Während Unser Unsere Mein Meine Sein Seine",
        "Ihre Nicht Alle",
    ),
    ordinals=True,
)

_SPANISH = Abbreviations(
    titles=_set("Sr Sra Srta Sres Dr Dra D Dña Prof Gral Lic Ing Fr Sto Sta Mons Ud Uds"),
    inner=_set("p.ej cf vs aprox"),
    numbered=_set("n núm nº pág págs p vol art cap"),
    either=_set("etc Cía S.A EE.UU Av Avda Tel a.m p.m Jr"),
    starters=_set(
        "El La Los Las Un Una Unos Unas Este Esta Estos Estas Ese Esa Eso Él Ella Ellos Ellas Yo Nosotros Se",
        "Su Sus Pero Y O Si",
        "Cuando Como En Al Del Por Para Con Sin Según Desde Hasta Después Antes Además También No Lo Le Les",
        "Qué Quién Mientras",
    ),
)

_ITALIAN = Abbreviations(
    titles=_set("Sig sig Sigg Dott dott Dr Prof prof Avv Ing On Sen Gen Col Mons Arch"),
    inner=_set("p.es cfr vs"),
    numbered=_set("n nn p pp pag vol art cap"),
    either=_set("ecc etc S.p.A S.r.l a.C d.C"),
    starters=_set(
        "Il Lo La I Gli Le Un Uno Una Questo Questa Questi Queste Quello Quella Lui Lei Loro Noi Ma E O Se",
        "Quando Come In Nel",
        "Nella Al Alla Da Dal Dalla Per Con Senza Secondo Dopo Prima Anche Non Che Chi Mentre È",
    ),
)

_PORTUGUESE = Abbreviations(
    titles=_set("Sr Sra Srta Dr Dra Prof Profa Eng Gen Cel D"),
    inner=_set("p.ex cf vs aprox"),
    numbered=_set("n nº núm p pp pág vol art cap"),
    either=_set("etc Cia Ltda S.A Av Jr E.U.A"),
    starters=_set(
        "O A Os As Um Uma Este Esta Esse Essa Isso Ele Ela Eles Elas Eu Nós Mas E Ou Se Quando Como Em No Na",
        "Nos Nas Ao Por",
        "Para Com Sem Segundo Desde Até Depois Antes Também Não Que Quem Enquanto",
    ),
)

_RUSSIAN = Abbreviations(
    titles=_set("г-н г-жа акад проф им ул пр пл св"),
    inner=_set("т.е т.н напр ср см"),
    numbered=_set("с стр гл рис табл п ст №"),
    either=_set("др т.д т.п руб коп млн млрд тыс тел н.э"),
    starters=_set(
        "В На И Но А Он Она Они Оно Мы Я Вы Это Эта Этот Эти Как Когда Если По С К У За Из От До Не Что Кто Так Там"
    ),
)

_TABLE = {
    "en": _ENGLISH, "fr": _FRENCH, "ar": _ARABIC, "fa": _ARABIC, "ur": _ARABIC, "de": _GERMAN, "es": _SPANISH,
    "it": _ITALIAN, "pt": _PORTUGUESE, "ru": _RUSSIAN, "uk": _RUSSIAN,
}  # fmt: skip


@lru_cache(maxsize=64)
def abbreviations(lang: str) -> Abbreviations:
    """The table for a BCP-47 code; a language without its own gets the English one."""
    return _TABLE.get(lang.split("-", 1)[0].lower(), _ENGLISH)
