"""Accuracy@1 of finding the Latin form of an Arabic name among thousands, and the other way, beside simpler ways.

Data: `ar2en-{train,eval}.txt` of Rosca and Breuel (github.com/google/transliteration, Apache-2.0). Queries are the
pairs of the evaluation file, candidates all names of both files. The costs were learned from the training file only.
The brand and person spellings below were written down from knowledge of the Arabic and the French press, not sampled.

    python tests/benchmarks/name_matching.py --data ../shared/bench/names [--every 4]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from eval.names.match import Matcher
from eval.names.spelling.phonology import skeleton, sketch

# Spellings that the Arabic and the French press use, from knowledge; the Latin one is the form to find.
PRESS = """
مايكروسوفت Microsoft|غوغل Google|جوجل Google|أمازون Amazon|إنفيديا Nvidia|إنتل Intel|سامسونغ Samsung
سامسونج Samsung|فيسبوك Facebook|إنستغرام Instagram|واتساب WhatsApp|تويتر Twitter|لينكدإن LinkedIn
نتفليكس Netflix|أوبر Uber|تسلا Tesla|كوالكوم Qualcomm|برودكوم Broadcom|أوراكل Oracle|سيسكو Cisco
نوكيا Nokia|إريكسون Ericsson|سيمنس Siemens|بوينغ Boeing|إيرباص Airbus|رينو Renault|تويوتا Toyota
هيونداي Hyundai|فولكسفاغن Volkswagen|مرسيدس Mercedes|فايزر Pfizer|موديرنا Moderna|أسترازينيكا AstraZeneca
علي بابا Alibaba|تينسنت Tencent|بايدو Baidu|هواوي Huawei|شاومي Xiaomi|لينوفو Lenovo|فوكسكون Foxconn
بلومبرغ Bloomberg|رويترز Reuters|باركليز Barclays|بيرنشتاين Bernstein|أنثروبيك Anthropic|كوهير Cohere
ميسترال Mistral|سبوتيفاي Spotify|ديزني Disney|نايكي Nike|أديداس Adidas|ستاربكس Starbucks
ماكدونالدز McDonald's|كوكاكولا Coca-Cola|سام ألتمان Sam Altman|جنسن هوانغ Jensen Huang
إيلون ماسك Elon Musk|ساتيا ناديلا Satya Nadella|مارك زوكربيرغ Mark Zuckerberg|سوندار بيتشاي Sundar Pichai
تيم كوك Tim Cook|جيف بيزوس Jeff Bezos|داريو أمودي Dario Amodei|ديميس هاسابيس Demis Hassabis
جيفري هينتون Geoffrey Hinton|يان لوكان Yann LeCun|نويل والش Noelle Walsh|رايمو لينشو Raimo Lenschow
ستايسي راسجون Stacy Rasgon|كريستوفر دانلي Christopher Danely|إيمانويل ماكرون Emmanuel Macron
أولاف شولتس Olaf Scholz|فلاديمير بوتين Vladimir Poutine|فولوديمير زيلينسكي Volodymyr Zelensky
دونالد ترامب Donald Trump|جو بايدن Joe Biden|كريستين لاغارد Christine Lagarde
أورسولا فون دير لاين Ursula von der Leyen|أنطونيو غوتيريش Antonio Guterres|ليو داين Liu Deyin
هوانغ رينشون Huang Renxun|شي جين بينغ Xi Jinping|مصطفى سليمان Mustafa Suleyman
ميخائيل غورباتشوف Mikhaïl Gorbatchev|نيكيتا خروتشوف Nikita Khrouchtchev
عبد الفتاح السيسي Abdel Fattah al-Sissi|محمد بن سلمان Mohammed ben Salmane|أنجيلا ميركل Angela Merkel
جاك شيراك Jacques Chirac
"""


def press_pairs() -> list[tuple[str, str]]:
    pairs = []
    for item in PRESS.replace("\n", "|").split("|"):
        if item:
            cut = next(place for place, char in enumerate(item) if char.isascii() and char.isalpha())
            pairs.append((item[:cut].strip(), item[cut:]))
    return pairs


def read_pairs(path: Path) -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [(arabic, latin) for arabic, latin in lines]


def nearest_by(key: Callable[[str], str], queries: Sequence[str], candidates: Sequence[str]) -> list[str]:
    """The simple way: one key a name, normalised edit distance between keys."""
    keys = [key(candidate) for candidate in candidates]
    found = []
    for query in queries:
        scores = process.cdist([key(query)], keys, scorer=Levenshtein.normalized_similarity)[0]
        found.append(candidates[int(scores.argmax())])
    return found


def report(
    what: str, pairs: Sequence[tuple[str, str]], arabic: Sequence[str], latin: Sequence[str], *, peers: bool
) -> None:
    for way, turned, candidates in (
        ("Arabic to Latin", pairs, latin),
        ("Latin to Arabic", [(right, left) for left, right in pairs], arabic),
    ):
        queries = [query for query, _ in turned]
        # A name that the list spells in two ways (غوغل, جوجل) is found by either.
        golds = [{gold for other, gold in turned if other == query} for query in queries]
        print(f"\n{what}, {way}: {len(queries)} queries, {len(candidates)} candidates")
        keys = {"consonant skeleton": skeleton, "sketch of the sounds": sketch} if peers else {}
        for name, key in keys.items():
            begin = time.process_time()
            found = nearest_by(key, queries, candidates)
            show(name, found, golds, time.process_time() - begin)
        matcher = Matcher(candidates)
        matcher.rank(queries[0])
        begin = time.process_time()
        ranked = [matcher.rank(query, top=10) for query in queries]
        seconds = time.process_time() - begin
        show("muwazi", [best[0].candidate for best in ranked], golds, seconds)
        in_ten = sum(any(one.candidate in gold for one in best) for best, gold in zip(ranked, golds, strict=True))
        print(f"  {'muwazi, among the best 10':28} {in_ten / len(golds):.3f}")


def show(name: str, found: Sequence[str], golds: Sequence[set[str]], seconds: float) -> None:
    right = sum(one in gold for one, gold in zip(found, golds, strict=True))
    print(f"  {name:28} {right / len(golds):.3f}   {1000 * seconds / len(golds):.1f} ms a query")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench/names"))
    parser.add_argument("--every", type=int, default=1, help="take every n-th evaluation pair")
    arguments = parser.parse_args()
    train, held_out = (read_pairs(arguments.data / f"ar2en-{part}.txt") for part in ("train", "eval"))
    arabic = sorted({left for left, _ in [*train, *held_out]})
    latin = sorted({right for _, right in [*train, *held_out]})
    report("held-out pairs", held_out[:: arguments.every], arabic, latin, peers=True)
    press = press_pairs()
    report(
        "press spellings",
        press,
        sorted({*arabic, *(left for left, _ in press)}),
        sorted({*latin, *(right for _, right in press)}),
        peers=False,
    )


if __name__ == "__main__":
    main()
