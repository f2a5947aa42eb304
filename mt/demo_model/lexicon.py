"""The words that fill the slots of the sublanguage: tables in, one `Filler` per language out.

Every table is a string, a row a line, columns parted by `|`; the columns are named above each. Companies and products
are partly invented letter by letter, so that the model learns to copy a name it has never seen.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from zlib import crc32

LANGS: Final = ("en", "fr", "ar")


class Filler:
    """What stands in a slot, in one language: `{x}` is its text, `{x.de}` a form, `{x:a|b}` a choice by agreement."""

    def __init__(self, text: str, choice: int = 0, **forms: str) -> None:
        self._text = text
        self._choice = choice
        self._forms = forms

    def __getattr__(self, name: str) -> str:
        try:
            return self._forms[name]
        except KeyError:
            raise AttributeError(f"{self._text!r} has no form {name!r}") from None

    def __format__(self, choices: str) -> str:
        return choices.split("|")[self._choice] if choices else self._text


Slot = dict[str, Filler]


@dataclass(frozen=True, slots=True)
class Draw:
    """What a slot is drawn with.

    Attributes:
        held_out: only names that training never sees, or only the others.
        taken: the slots of the sentence that are filled already.
    """

    chance: random.Random
    held_out: bool
    taken: Mapping[str, Slot] = field(default_factory=dict)


def rows(table: str) -> list[list[str]]:
    """The rows of a table."""
    return [line.strip().split("|") for line in table.strip().splitlines()]


def is_held_out(name: str) -> bool:
    """Whether a name is kept from training: one in five, by its checksum."""
    return crc32(name.encode()) % 5 == 0


def french_de(name: str) -> str:
    """The French "de" with a name."""
    return f"d’{name}" if name[0].lower() in "aeéiou" else f"de {name}"


def french_que(name: str) -> str:
    """The French "que" with a name."""
    return french_de(name).replace("d’", "qu’", 1) if french_de(name).startswith("d’") else f"que {name}"


# en (and fr) | ar
COMPANIES: Final = rows("""
Nvidia|إنفيديا
TSMC|TSMC
OpenAI|OpenAI
Anthropic|أنثروبيك
Amazon|أمازون
Google|جوجل
Cohere|Cohere
Mistral AI|Mistral AI
Microsoft|مايكروسوفت
AMD|AMD
Meta|ميتا
Intel|إنتل
Barclays|باركليز
Apple|آبل
Samsung|سامسونغ
Huawei|هواوي
Toyota|تويوتا
Airbus|إيرباص
Boeing|بوينغ
Renault|رينو
Siemens|سيمنز
Orange|أورانج
Sony|سوني
Dell|ديل
IBM|IBM
SAP|SAP
ASML|ASML
Oracle|أوراكل
Tesla|تسلا
Cisco|سيسكو
Qualcomm|كوالكوم
Nokia|نوكيا
Ericsson|إريكسون
Bosch|بوش
Danone|دانون
Maersk|ميرسك
Volvo|فولفو
Hitachi|هيتاشي
Foxconn|فوكسكون
Arm|Arm
Spotify|سبوتيفاي
Uber|أوبر
Netflix|نتفليكس
Alibaba|علي بابا
Tencent|تينسنت
Baidu|بايدو
""")
# en (and fr) | ar
MEN: Final = rows("""
James|جيمس
Daniel|دانيال
Karim|كريم
Omar|عمر
Youssef|يوسف
Paul|بول
Marc|مارك
Pierre|بيير
Thomas|توماس
David|ديفيد
Michael|مايكل
Robert|روبرت
Hassan|حسن
Ahmed|أحمد
Ali|علي
Samir|سمير
Tarek|طارق
Victor|فيكتور
Peter|بيتر
Lucas|لوكاس
Antoine|أنطوان
Nicolas|نيكولا
Hugo|هوغو
Kenji|كينجي
Ivan|إيفان
Carlos|كارلوس
Jensen|جنسن
Sam|سام
Aidan|أيدان
Mustafa|مصطفى
Satya|ساتيا
Lip-Bu|ليب-بو
C. C.|سي سي
""")
WOMEN: Final = rows("""
Lisa|ليزا
Sarah|سارة
Marie|ماري
Anna|آنا
Claire|كلير
Laila|ليلى
Nadia|نادية
Fatima|فاطمة
Salma|سلمى
Mariam|مريم
Emma|إيما
Julia|جوليا
Laura|لورا
Sophie|صوفي
Helen|هيلين
Amina|أمينة
Rania|رانيا
Catherine|كاترين
Elena|إيلينا
Diana|ديانا
Nora|نورا
""")
FAMILIES: Final = rows("""
Huang|هوانغ
Wei|وي
Altman|ألتمان
Gomez|غوميز
Suleyman|سليمان
Nadella|ناديلا
Su|سو
Tan|تان
Martin|مارتن
Dubois|دوبوا
Bernard|برنار
Moreau|مورو
Laurent|لوران
Girard|جيرار
Smith|سميث
Johnson|جونسون
Brown|براون
Wilson|ويلسون
Taylor|تايلور
Clark|كلارك
Baker|بيكر
Miller|ميلر
Weber|فيبر
Schmidt|شميت
Fischer|فيشر
Rossi|روسي
Bianchi|بيانكي
Garcia|غارسيا
Lopez|لوبيز
Silva|سيلفا
Haddad|حداد
Mansour|منصور
Khalil|خليل
Saleh|صالح
Nasser|ناصر
Farouk|فاروق
Hamdan|حمدان
Aziz|عزيز
Benali|بن علي
Tanaka|تاناكا
Sato|ساتو
Kim|كيم
Park|بارك
Chen|تشن
Wang|وانغ
Novak|نوفاك
Petrov|بتروف
Larsen|لارسن
Jansen|يانسن
Murphy|ميرفي
Kelly|كيلي
Cooper|كوبر
Morgan|مورغان
Singh|سينغ
Patel|باتيل
Khan|خان
Okafor|أوكافور
Diallo|ديالو
Lefebvre|لوفيفر
""")
# en (for him, for her) | fr | ar with what binds it to the company | ar alone, where one can be appointed to it
ROLES: Final = [
    [column.strip() for column in row.split("|")]
    for row in (
        "chief executive|chief executive|directeur général|directrice générale"
        "|الرئيس التنفيذي لشركة|الرئيسة التنفيذية لشركة|الرئيس التنفيذي",
        "chairman|chairwoman|président|présidente|رئيس مجلس إدارة شركة|رئيسة مجلس إدارة شركة|رئيس مجلس الإدارة",
        "founder|founder|fondateur|fondatrice|مؤسس شركة|مؤسسة شركة|",
        "finance director|finance director|directeur financier|directrice financière"
        "|المدير المالي لشركة|المديرة المالية لشركة|المدير المالي",
        "head of research|head of research|directeur de la recherche|directrice de la recherche"
        "|مدير الأبحاث في شركة|مديرة الأبحاث في شركة|مدير الأبحاث",
        "spokesman|spokeswoman|porte-parole|porte-parole|المتحدث باسم شركة|المتحدثة باسم شركة|",
    )
]
PRODUCTS: Final = ("GB200", "ChatGPT", "Claude", "Command A", "Le Chat", "CoWoS", "H100", "Athena", "Gemini", "Copilot")
DAYS: Final = rows("""
Monday|lundi|يوم الاثنين
Tuesday|mardi|يوم الثلاثاء
Wednesday|mercredi|يوم الأربعاء
Thursday|jeudi|يوم الخميس
Friday|vendredi|يوم الجمعة
Saturday|samedi|يوم السبت
Sunday|dimanche|يوم الأحد
""")
MONTHS: Final = rows("""
January|janvier|يناير
February|février|فبراير
March|mars|مارس
April|avril|أبريل
May|mai|مايو
June|juin|يونيو
July|juillet|يوليو
August|août|أغسطس
September|septembre|سبتمبر
October|octobre|أكتوبر
November|novembre|نوفمبر
December|décembre|ديسمبر
""")
SEASONS: Final = rows("""
spring|le printemps|الربيع
summer|l’été|الصيف
autumn|l’automne|الخريف
winter|l’hiver|الشتاء
""")
# en | fr | fr at | fr de | ar
CITIES: Final = rows("""
Taipei|Taipei|à Taipei|de Taipei|تايبيه
Paris|Paris|à Paris|de Paris|باريس
Lyon|Lyon|à Lyon|de Lyon|ليون
Marseille|Marseille|à Marseille|de Marseille|مرسيليا
Brussels|Bruxelles|à Bruxelles|de Bruxelles|بروكسل
Geneva|Genève|à Genève|de Genève|جنيف
London|Londres|à Londres|de Londres|لندن
Berlin|Berlin|à Berlin|de Berlin|برلين
Munich|Munich|à Munich|de Munich|ميونيخ
Madrid|Madrid|à Madrid|de Madrid|مدريد
Milan|Milan|à Milan|de Milan|ميلانو
Cairo|Le Caire|au Caire|du Caire|القاهرة
Tunis|Tunis|à Tunis|de Tunis|تونس العاصمة
Rabat|Rabat|à Rabat|de Rabat|الرباط
Casablanca|Casablanca|à Casablanca|de Casablanca|الدار البيضاء
Algiers|Alger|à Alger|d’Alger|الجزائر العاصمة
Beirut|Beyrouth|à Beyrouth|de Beyrouth|بيروت
Amman|Amman|à Amman|d’Amman|عمان
Riyadh|Riyad|à Riyad|de Riyad|الرياض
Dubai|Dubaï|à Dubaï|de Dubaï|دبي
Doha|Doha|à Doha|de Doha|الدوحة
Tokyo|Tokyo|à Tokyo|de Tokyo|طوكيو
Seoul|Séoul|à Séoul|de Séoul|سيول
Beijing|Pékin|à Pékin|de Pékin|بكين
Shanghai|Shanghai|à Shanghai|de Shanghai|شنغهاي
Singapore|Singapour|à Singapour|de Singapour|سنغافورة
Mumbai|Mumbai|à Mumbai|de Mumbai|مومباي
New York|New York|à New York|de New York|نيويورك
Chicago|Chicago|à Chicago|de Chicago|شيكاغو
Montreal|Montréal|à Montréal|de Montréal|مونتريال
Dakar|Dakar|à Dakar|de Dakar|داكار
Nairobi|Nairobi|à Nairobi|de Nairobi|نيروبي
""")
# en | fr with article | fr at | fr de | ar | 0 where Arabic takes it for masculine, 1 for feminine
COUNTRIES: Final = rows("""
France|la France|en France|de France|فرنسا|1
Germany|l’Allemagne|en Allemagne|d’Allemagne|ألمانيا|1
Italy|l’Italie|en Italie|d’Italie|إيطاليا|1
Spain|l’Espagne|en Espagne|d’Espagne|إسبانيا|1
Belgium|la Belgique|en Belgique|de Belgique|بلجيكا|1
Egypt|l’Égypte|en Égypte|d’Égypte|مصر|1
Morocco|le Maroc|au Maroc|du Maroc|المغرب|0
Tunisia|la Tunisie|en Tunisie|de Tunisie|تونس|1
Algeria|l’Algérie|en Algérie|d’Algérie|الجزائر|1
Lebanon|le Liban|au Liban|du Liban|لبنان|0
Jordan|la Jordanie|en Jordanie|de Jordanie|الأردن|0
Iraq|l’Irak|en Irak|d’Irak|العراق|0
Saudi Arabia|l’Arabie saoudite|en Arabie saoudite|d’Arabie saoudite|السعودية|1
Turkey|la Turquie|en Turquie|de Turquie|تركيا|1
Japan|le Japon|au Japon|du Japon|اليابان|1
South Korea|la Corée du Sud|en Corée du Sud|de Corée du Sud|كوريا الجنوبية|1
China|la Chine|en Chine|de Chine|الصين|1
India|l’Inde|en Inde|d’Inde|الهند|1
Brazil|le Brésil|au Brésil|du Brésil|البرازيل|1
Mexico|le Mexique|au Mexique|du Mexique|المكسيك|1
Canada|le Canada|au Canada|du Canada|كندا|1
Poland|la Pologne|en Pologne|de Pologne|بولندا|1
Sweden|la Suède|en Suède|de Suède|السويد|1
Senegal|le Sénégal|au Sénégal|du Sénégal|السنغال|1
Kenya|le Kenya|au Kenya|du Kenya|كينيا|1
""")
# article | en | fr for him | fr for her | ar for her
NATIONALITIES: Final = rows("""
a|Canadian|canadien|canadienne|كندية
a|French|français|française|فرنسية
a|German|allemand|allemande|ألمانية
an|Italian|italien|italienne|إيطالية
a|Spanish|espagnol|espagnole|إسبانية
an|Egyptian|égyptien|égyptienne|مصرية
a|Moroccan|marocain|marocaine|مغربية
a|Tunisian|tunisien|tunisienne|تونسية
a|Lebanese|libanais|libanaise|لبنانية
a|Saudi|saoudien|saoudienne|سعودية
a|Turkish|turc|turque|تركية
a|Japanese|japonais|japonaise|يابانية
a|Chinese|chinois|chinoise|صينية
an|Indian|indien|indienne|هندية
a|Brazilian|brésilien|brésilienne|برازيلية
an|American|américain|américaine|أمريكية
a|British|britannique|britannique|بريطانية
a|Swedish|suédois|suédoise|سويدية
""")
# en | fr | 0 where French takes it for masculine, 1 for feminine | fr cheaper | ar
GOODS: Final = rows("""
chips|puces|1|moins chères|الرقائق
processors|processeurs|0|moins chers|المعالجات
batteries|batteries|1|moins chères|البطاريات
electric cars|voitures électriques|1|moins chères|السيارات الكهربائية
trucks|camions|0|moins chers|الشاحنات
phones|téléphones|0|moins chers|الهواتف
tablets|tablettes|1|moins chères|الأجهزة اللوحية
servers|serveurs|0|moins chers|الخوادم
robots|robots|0|moins chers|الروبوتات
screens|écrans|0|moins chers|الشاشات
printers|imprimantes|1|moins chères|الطابعات
cameras|caméras|1|moins chères|الكاميرات
solar panels|panneaux solaires|0|moins chers|الألواح الشمسية
wind turbines|éoliennes|1|moins chères|توربينات الرياح
engines|moteurs|0|moins chers|المحركات
tyres|pneus|0|moins chers|الإطارات
medicines|médicaments|0|moins chers|الأدوية
vaccines|vaccins|0|moins chers|اللقاحات
satellites|satellites|0|moins chers|الأقمار الاصطناعية
planes|avions|0|moins chers|الطائرات
""")
# en | fr | ar
SITES_SINGULAR: Final = rows("""
a new factory|une nouvelle usine|مصنعًا جديدًا|مصنع جديد
a data centre|un centre de données|مركز بيانات|مركز بيانات
a research centre|un centre de recherche|مركز أبحاث|مركز أبحاث
a training centre|un centre de formation|مركز تدريب|مركز تدريب
a laboratory|un laboratoire|مختبرًا|مختبر
a warehouse|un entrepôt|مستودعًا|مستودع
an office|un bureau|مكتبًا|مكتب
a solar power plant|une centrale solaire|محطة للطاقة الشمسية|محطة للطاقة الشمسية
a battery plant|une usine de batteries|مصنعًا للبطاريات|مصنع للبطاريات
""")
SITES_PLURAL: Final = rows("""
AI data centres|centres de données pour l’IA|مراكز بيانات الذكاء الاصطناعي
data centres|centres de données|مراكز البيانات
factories|usines|المصانع
chip plants|usines de puces|مصانع الرقائق
battery plants|usines de batteries|مصانع البطاريات
""")
# en | en before a noun | fr | fr with article and de | ar
MATERIALS: Final = rows("""
silicon|silicon|silicium|du silicium|السيليكون
chips|chip|puces|des puces|الرقائق
memory|memory|mémoire|de la mémoire|الذاكرة
steel|steel|acier|de l’acier|الصلب
copper|copper|cuivre|du cuivre|النحاس
lithium|lithium|lithium|du lithium|الليثيوم
cobalt|cobalt|cobalt|du cobalt|الكوبالت
gas|gas|gaz|du gaz|الغاز
oil|oil|pétrole|du pétrole|النفط
wheat|wheat|blé|du blé|القمح
glass|glass|verre|du verre|الزجاج
cotton|cotton|coton|du coton|القطن
""")
# en | fr with article | fr de | fr in | 0/1 gender in fr | ar | 0/1 gender in ar
SECTORS: Final = rows("""
AI|l’IA|de l’IA|dans l’IA|1|الذكاء الاصطناعي|0
software|le logiciel|du logiciel|dans le logiciel|0|البرمجيات|1
energy|l’énergie|de l’énergie|dans l’énergie|1|الطاقة|1
robotics|la robotique|de la robotique|dans la robotique|1|الروبوتات|1
advertising|la publicité|de la publicité|dans la publicité|1|الإعلانات|1
transport|le transport|du transport|dans le transport|0|النقل|0
""")
MAKERS: Final = rows("""
Chipmakers|Les fabricants de puces|صانعو الرقائق
Battery makers|Les fabricants de batteries|صانعو البطاريات
Carmakers|Les constructeurs automobiles|صانعو السيارات
Phone makers|Les fabricants de téléphones|صانعو الهواتف
Screen makers|Les fabricants d’écrans|صانعو الشاشات
""")
DOUBLE: Final = rows("""
double|doubler|تتضاعف|يتضاعف
rise|augmenter|ترتفع|يرتفع
fall|baisser|تنخفض|ينخفض
""")
# en | fr | ar with a masculine noun | with a feminine noun; "two" has forms of its own, as Arabic has a dual
FEW: Final = rows("""
three|trois|ثلاثة|ثلاث
four|quatre|أربعة|أربع
five|cinq|خمسة|خمس
six|six|ستة|ست
seven|sept|سبعة|سبع
eight|huit|ثمانية|ثماني
nine|neuf|تسعة|تسع
""")
CURRENCIES: Final = rows("""
$|de dollars|dollars|دولارات|دولارًا|دولار
€|d’euros|euros|يورو|يورو|يورو
""")
_ONSETS: Final = rows("b|c|d|f|g|h|k|l|m|n|p|r|s|t|v|z|br|cr|dr|gr|pl|st|tr")[0]
_VOWELS: Final = rows("a|e|i|o|u|ai|ea|io")[0]
_ENDS: Final = rows("x|n|ra|lis|tek|via|ron|dex|nova|ta|sol|ma|qo|rix|do")[0]
_TAILS: Final = rows("Labs|Group|Energy|Systems|Motors|Foods|Cloud|Robotics|Bank|Telecom")[0]


def _fresh(draw: Draw, make: Callable[[], str]) -> str:
    while is_held_out(name := make()) != draw.held_out:
        pass
    return name


def _invented(chance: random.Random) -> str:
    syllables = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(chance.randint(1, 2)))
    return (syllables + chance.choice(_ENDS)).capitalize()


def company(draw: Draw) -> Slot:
    """A company: half of them exist, half are invented; never one that the sentence has already."""
    chance = draw.chance
    taken = {f"{slot['en']}" for name, slot in draw.taken.items() if name.startswith("c")}

    def invent() -> str:
        if chance.random() < 0.12:
            return "".join(chance.choice("ABCDEFGHIKLMNOPRSTVXZ") for _ in range(3))
        return _invented(chance) + (f" {chance.choice(_TAILS)}" if chance.random() < 0.25 else "")

    while True:
        latin, arabic = chance.choice(COMPANIES) if chance.random() < 0.45 else [_fresh(draw, invent)] * 2
        if latin not in taken:
            return {
                "en": Filler(latin),
                "fr": Filler(latin, de=french_de(latin), que=french_que(latin)),
                "ar": Filler(arabic),
            }


def person(draw: Draw) -> Slot:
    """A woman or a man; training has other pairs of first and family name than what is held out."""
    return _person(draw, draw.chance.randrange(2))


def man(draw: Draw) -> Slot:
    """A man, for where only the family name stands and nothing tells the gender."""
    return _person(draw, 0)


def _person(draw: Draw, gender: int) -> Slot:
    while True:
        first, first_ar = draw.chance.choice((MEN, WOMEN)[gender])
        last, last_ar = draw.chance.choice(FAMILIES)
        name = f"{first} {last}"
        if is_held_out(name) == draw.held_out:
            break
    return {
        "en": Filler(name, gender, last=last),
        "fr": Filler(name, gender, last=last, de=french_de(name)),
        "ar": Filler(f"{first_ar} {last_ar}", gender, last=last_ar),
    }


def role(draw: Draw) -> Slot:
    """What the sentence's person is in the company."""
    gender = int(f"{draw.taken['p']['en']:0|1}")
    row = draw.chance.choice(ROLES)
    english, french, arabic, post = row[gender], row[2 + gender], row[4 + gender], row[6]
    article = f"the {english}"
    return {"en": Filler(article, bare=english), "fr": Filler(french, bare=french), "ar": Filler(arabic, post=post)}


def post(draw: Draw) -> Slot:
    """A role that somebody is appointed to."""
    while True:
        found = role(draw)
        if found["ar"].post:
            return found


def product(draw: Draw) -> Slot:
    """A product: letters and digits, or an invented word; a few exist."""
    chance = draw.chance

    def invent() -> str:
        letters = "".join(chance.choice("ABCDEFGHKLMNPRSTVXZ") for _ in range(chance.randint(1, 2)))
        if chance.random() < 0.5:
            return f"{letters}{chance.choice((chance.randint(2, 99), chance.randint(1, 99) * 10))}"
        return _invented(chance) + (f" {chance.randint(2, 9)}" if chance.random() < 0.4 else "")

    name = chance.choice(PRODUCTS) if chance.random() < 0.3 else _fresh(draw, invent)
    return {lang: Filler(name) for lang in LANGS}


def _agreement(number: int) -> int:
    """Which form an Arabic counted noun takes: plural (3–10), accusative (11–99), genitive (the rest)."""
    rest = number % 100
    return 0 if 3 <= rest <= 10 else 1 if rest >= 11 else 2


def count(draw: Draw) -> Slot:
    """A whole number, from 12 to some ten thousand."""
    chance = draw.chance
    number = chance.choice(
        (
            chance.randint(12, 999),
            chance.randint(2, 99) * 100,
            chance.randint(1000, 99999),
            chance.randint(2, 90) * 1000,
        )
    )
    return {
        "en": Filler(f"{number:,}"),
        "fr": Filler(f"{number:,}".replace(",", " ")),
        "ar": Filler(str(number), _agreement(number)),
    }


def percent(draw: Draw) -> Slot:
    """A percentage, with or without a decimal."""
    chance = draw.chance
    number = f"{chance.randint(1, 40)}.{chance.randint(1, 9)}" if chance.random() < 0.6 else str(chance.randint(2, 95))
    return {"en": Filler(f"{number}%"), "fr": Filler(f"{number.replace('.', ',')} %"), "ar": Filler(f"{number}%")}


def amount(draw: Draw) -> Slot:
    """Millions or billions of a currency."""
    chance = draw.chance
    sign, french, _, _, _, arabic = chance.choice(CURRENCIES)
    whole = chance.randint(3, 950) if chance.random() < 0.6 else None
    number = str(whole) if whole else f"{chance.randint(1, 9)}.{chance.randint(1, 9)}"
    plural = "s" if float(number) >= 2 else ""
    english_unit, french_unit, one, many = chance.choice(
        (("million", "million", "مليون", "ملايين"), ("billion", "milliard", "مليار", "مليارات"))
    )
    unit = many if whole and _agreement(whole) == 0 else one
    return {
        "en": Filler(f"{sign}{number} {english_unit}"),
        "fr": Filler(f"{number.replace('.', ',')} {french_unit}{plural} {french}"),
        "ar": Filler(f"{number} {unit} {arabic}"),
    }


def price(draw: Draw) -> Slot:
    """What one piece costs."""
    sign, _, french, *forms = draw.chance.choice(CURRENCIES)
    number = draw.chance.randint(12, 3999)
    return {
        "en": Filler(f"{sign}{number:,}"),
        "fr": Filler(f"{number:,} {french}".replace(",", " ")),
        "ar": Filler(f"{number} {forms[_agreement(number)]}"),
    }


def year(draw: Draw) -> Slot:
    """A year not far from now."""
    return {lang: Filler(text) for text in [str(draw.chance.randint(1998, 2040))] for lang in LANGS}


def few(draw: Draw) -> Slot:
    """A number from two to nine, in words."""
    if draw.chance.random() < 0.2:
        arabic = Filler(
            "اثنان",
            m="اثنين",
            billions="ملياري",
            cards="بطاقتي رسوميات",
            years="عامين",
            countries="بلدين",
            weeks="أسبوعين",
        )
        return {"en": Filler("two"), "fr": Filler("deux"), "ar": arabic}
    english, french, masculine, feminine = draw.chance.choice(FEW)
    arabic = Filler(
        masculine,
        m=masculine,
        billions=f"{masculine} مليارات",
        cards=f"{feminine} بطاقات رسوميات",
        years=f"{masculine} أعوام",
        countries=f"{masculine} بلدان",
        weeks=f"{masculine} أسابيع",
    )
    return {"en": Filler(english), "fr": Filler(french), "ar": arabic}


def possessor(draw: Draw) -> Slot:
    """Whose boss it is: a man's or a woman's."""
    his, arabic = draw.chance.choice((("his", "ه"), ("her", "ها")))
    return {"en": Filler(his), "fr": Filler(his), "ar": Filler(arabic)}


def _plain(table: list[list[str]]) -> Callable[[Draw], Slot]:
    def drawn(draw: Draw) -> Slot:
        english, french, arabic = draw.chance.choice(table)
        return {"en": Filler(english), "fr": Filler(french), "ar": Filler(arabic)}

    return drawn


def month(draw: Draw) -> Slot:
    """A month."""
    english, french, arabic = draw.chance.choice(MONTHS)
    return {"en": Filler(english), "fr": Filler(french, de=french_de(french)), "ar": Filler(arabic)}


def city(draw: Draw) -> Slot:
    """A city; never one that the sentence has already."""
    taken = {f"{slot['en']}" for name, slot in draw.taken.items() if name.startswith("city")}
    english, french, at, of, arabic = draw.chance.choice([row for row in CITIES if row[0] not in taken])
    return {
        "en": Filler(english, upper=english.upper()),
        "fr": Filler(french, at=at, de=of, upper=french.upper()),
        "ar": Filler(arabic),
    }


def country(draw: Draw) -> Slot:
    """A country."""
    english, french, at, of, arabic, gender = draw.chance.choice(COUNTRIES)
    upper = french[0].upper() + french[1:]
    return {
        "en": Filler(english),
        "fr": Filler(french, the=french, The=upper, at=at, de=of),
        "ar": Filler(arabic, int(gender)),
    }


def nationality(draw: Draw) -> Slot:
    """An adjective of nationality."""
    article, english, him, her, arabic = draw.chance.choice(NATIONALITIES)
    return {
        "en": Filler(english, a=f"{article} {english}"),
        "fr": Filler(him, f=her),
        "ar": Filler(arabic, f=arabic, the_f=f"ال{arabic}"),
    }


def goods(draw: Draw) -> Slot:
    """Things that are made and sold, in the plural."""
    english, french, gender, cheaper, arabic = draw.chance.choice(GOODS)
    forms = {
        "bare": french,
        "the": f"les {french}",
        "some": f"des {french}",
        "de": french_de(french),
        "cheaper": f"des {french} {cheaper}",
    }
    return {"en": Filler(english), "fr": Filler(french, int(gender), **forms), "ar": Filler(arabic)}


def site(draw: Draw) -> Slot:
    """Something that is built."""
    english, french, arabic, genitive = draw.chance.choice(SITES_SINGULAR)
    return {"en": Filler(english), "fr": Filler(french), "ar": Filler(arabic, gen=genitive)}


def sites(draw: Draw) -> Slot:
    """The same in the plural."""
    english, french, arabic = draw.chance.choice(SITES_PLURAL)
    return {
        "en": Filler(english),
        "fr": Filler(french, de=french_de(french), the=f"les {french}"),
        "ar": Filler(arabic),
    }


def material(draw: Draw) -> Slot:
    """What things are made of."""
    english, noun, french, of_the, arabic = draw.chance.choice(MATERIALS)
    return {
        "en": Filler(english, noun=noun),
        "fr": Filler(french, de=of_the, of=french_de(french)),
        "ar": Filler(arabic),
    }


def sector(draw: Draw) -> Slot:
    """A branch of the economy."""
    english, the, of, within, gender, arabic, gender_ar = draw.chance.choice(SECTORS)
    article = "an" if english[0] in "AEIOaeio" else "a"
    upper = the[0].upper() + the[1:]
    french = {"the": upper, "de": of, "in": within, "industry_a": f"à une industrie {of}"}
    return {
        "en": Filler(english, cap=english[0].upper() + english[1:], industry=f"{article} {english} industry"),
        "fr": Filler(the, int(gender), **french),
        "ar": Filler(arabic, int(gender_ar), industry_l=f"صناعة {arabic}"),
    }


def doubling(draw: Draw) -> Slot:
    """How a quantity moves."""
    english, french, feminine, masculine = draw.chance.choice(DOUBLE)
    return {"en": Filler(english), "fr": Filler(french), "ar": Filler(feminine, m=masculine)}


SLOTS: Final[dict[str, Callable[[Draw], Slot]]] = {
    "c": company,
    "p": person,
    "man": man,
    "role": role,
    "post": post,
    "poss": possessor,
    "prod": product,
    "amt": amount,
    "price": price,
    "pct": percent,
    "n": count,
    "few": few,
    "day": _plain(DAYS),
    "month": month,
    "season": _plain(SEASONS),
    "makers": _plain(MAKERS),
    "year": year,
    "city": city,
    "country": country,
    "nat": nationality,
    "goods": goods,
    "site": site,
    "sites": sites,
    "material": material,
    "sector": sector,
    "double": doubling,
}
