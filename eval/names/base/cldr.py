"""The Unicode CLDR tables in babel in, countries and currencies as entities out, in Arabic, English and French.

Languages are left out on purpose: in French and Arabic their names are adjectives (puces chinoises, الشركة الصينية),
which no translation owes to the source. What CLDR says otherwise than the press stands in `data/places.names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from eval.names.base.records import identifier
from eval.names.entity import Entity, Form

LANGUAGES = ("en", "fr", "ar")
# Groupings, pseudo-regions, and what places.names has with better names.
_LEFT_OUT = frozenset("AC CP CQ DG EA EU EZ HK IC MO QO TA UN XA XB ZZ".split())  # noqa: SIM905
# Countries whose name is also an ordinary word, in Arabic (مالي, بنين, قطر, عمان …) or in English.
_ORDINARY = frozenset("BJ CL ES GE GN GR HU JO JE LK ML NE OM PE QA RE SD TD TG TR".split())  # noqa: SIM905
_CURRENCIES = (
    "AED ARS AUD BHD BRL CAD CHF CNY CZK DKK DZD EGP EUR GBP HKD HUF IDR ILS INR IQD IRR JOD JPY KRW KWD LBP LYD MAD "
    "MXN MYR NGN NOK NZD OMR PHP PKR PLN QAR RUB SAR SDG SEK SGD SYP THB TND TRY TWD UAH USD VND YER ZAR"
)
_ASIDE = re.compile(r"\s*\(.*?\)")


def cldr_entities() -> Iterator[Entity]:
    """Countries and territories by their ISO code, then the currencies that news names."""
    from babel import localedata

    tables = {lang: localedata.load(lang) for lang in LANGUAGES}
    territories = {lang: table["territories"] for lang, table in tables.items()}
    for code in sorted(territories["en"]):
        if len(code) == 2 and code not in _LEFT_OUT:
            yield _country(code, {lang: names[code] for lang, names in territories.items() if code in names})
    for code in _CURRENCIES.split():
        yield _currency({lang: table["currency_names"][code] for lang, table in tables.items()})


def _country(code: str, names: Mapping[str, str]) -> Entity:
    plain = {lang: _ASIDE.sub("", name).replace(" - ", "-").replace(" & ", " and ") for lang, name in names.items()}
    forms = [Form(name, lang, "canonical") for lang, name in plain.items()]
    return Entity(identifier("place", plain["en"]), plain["en"], "place", tuple(forms), common_word=code in _ORDINARY)


def _currency(names: Mapping[str, str]) -> Entity:
    head, _, unit = names["en"].rpartition(" ")
    english = f"{head.replace('New', 'new')} {unit.lower()}".strip()
    forms = [
        Form(english, "en", "canonical"),
        *(Form(names[lang], lang, "canonical") for lang in ("fr", "ar")),
        *([Form(names["en"], "en", "accepted")] if english != names["en"] else []),
    ]
    return Entity(identifier("currency", english), english, "currency", tuple(forms), common_word=True)
