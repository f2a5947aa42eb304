"""The one table of languages: BCP-47, NLLB-200, Marian and English names, one language a row.

Columns: BCP-47 code, NLLB-200 code (FLORES-200 spelling, script included), Marian's label where it is not the first
part of the NLLB code (`>>label<<` in front of the source of a multi-target model), English name. Script, direction and
metric tokenizer follow from the row. To add a language, add a row.

Sources: the language list of NLLB-200 (Costa-jussà et al. 2022, table 1) and the target labels of the OPUS-MT models
(Tatoeba Challenge spelling: ISO 639-3, with a script where a language has several). A label that a given model does not
have is refused when the model is loaded, so a wrong one here cannot pass in silence.
"""

from __future__ import annotations

ROWS = """
ar|arb_Arab|ara|Arabic
fr|fra_Latn||French
en|eng_Latn||English
zh-Hans|zho_Hans|cmn_Hans|Chinese (Simplified)
zh-Hant|zho_Hant|cmn_Hant|Chinese (Traditional)
yue|yue_Hant||Cantonese
de|deu_Latn||German
es|spa_Latn||Spanish
it|ita_Latn||Italian
pt|por_Latn||Portuguese
ru|rus_Cyrl||Russian
ja|jpn_Jpan||Japanese
ko|kor_Hang||Korean
tr|tur_Latn||Turkish
fa|pes_Arab||Persian
ur|urd_Arab||Urdu
he|heb_Hebr||Hebrew
nl|nld_Latn||Dutch
pl|pol_Latn||Polish
hi|hin_Deva||Hindi
id|ind_Latn||Indonesian
ms|zsm_Latn|zsm_Latn|Malay
vi|vie_Latn||Vietnamese
uk|ukr_Cyrl||Ukrainian
af|afr_Latn||Afrikaans
sq|als_Latn|sqi|Albanian
am|amh_Ethi||Amharic
hy|hye_Armn||Armenian
as|asm_Beng||Assamese
ast|ast_Latn||Asturian
az|azj_Latn|aze_Latn|Azerbaijani
azb|azb_Arab||South Azerbaijani
ba|bak_Cyrl||Bashkir
eu|eus_Latn||Basque
be|bel_Cyrl||Belarusian
bn|ben_Beng||Bangla
bs|bos_Latn|bos_Latn|Bosnian
bg|bul_Cyrl||Bulgarian
my|mya_Mymr||Burmese
ca|cat_Latn||Catalan
ceb|ceb_Latn||Cebuano
ckb|ckb_Arab||Central Kurdish
hr|hrv_Latn|hrv|Croatian
cs|ces_Latn||Czech
da|dan_Latn||Danish
prs|prs_Arab||Dari
dz|dzo_Tibt||Dzongkha
eo|epo_Latn||Esperanto
et|est_Latn||Estonian
fo|fao_Latn||Faroese
tl|tgl_Latn|tgl_Latn|Filipino
fi|fin_Latn||Finnish
gl|glg_Latn||Galician
ka|kat_Geor||Georgian
el|ell_Grek||Greek
gn|grn_Latn||Guarani
gu|guj_Gujr||Gujarati
ht|hat_Latn||Haitian Creole
ha|hau_Latn|hau_Latn|Hausa
hu|hun_Latn||Hungarian
is|isl_Latn||Icelandic
ig|ibo_Latn||Igbo
ilo|ilo_Latn||Iloko
ga|gle_Latn||Irish
jv|jav_Latn||Javanese
kn|kan_Knda||Kannada
kk|kaz_Cyrl|kaz_Cyrl|Kazakh
km|khm_Khmr||Khmer
rw|kin_Latn||Kinyarwanda
ku|kmr_Latn|kmr_Latn|Kurdish
ky|kir_Cyrl|kir_Cyrl|Kyrgyz
lo|lao_Laoo||Lao
lv|lvs_Latn|lav|Latvian
ln|lin_Latn||Lingala
lt|lit_Latn||Lithuanian
lb|ltz_Latn||Luxembourgish
mk|mkd_Cyrl||Macedonian
mg|plt_Latn|mlg|Malagasy
ml|mal_Mlym||Malayalam
mt|mlt_Latn||Maltese
mi|mri_Latn||Māori
mr|mar_Deva||Marathi
mn|khk_Cyrl|mon|Mongolian
ne|npi_Deva|nep|Nepali
nb|nob_Latn||Norwegian Bokmål
nn|nno_Latn||Norwegian Nynorsk
ny|nya_Latn||Nyanja
oc|oci_Latn||Occitan
or|ory_Orya|ori|Odia
om|gaz_Latn||Oromo
ps|pbt_Arab|pus|Pashto
pa|pan_Guru|pan_Guru|Punjabi
ro|ron_Latn||Romanian
rn|run_Latn||Rundi
sm|smo_Latn||Samoan
sg|sag_Latn||Sango
sa|san_Deva||Sanskrit
gd|gla_Latn||Scottish Gaelic
sr|srp_Cyrl|srp_Cyrl|Serbian
sn|sna_Latn||Shona
sd|snd_Arab|snd_Arab|Sindhi
si|sin_Sinh||Sinhala
sk|slk_Latn||Slovak
sl|slv_Latn||Slovenian
so|som_Latn||Somali
st|sot_Latn||Southern Sotho
su|sun_Latn||Sundanese
sw|swh_Latn||Swahili
ss|ssw_Latn||Swati
sv|swe_Latn||Swedish
tg|tgk_Cyrl|tgk_Cyrl|Tajik
ta|tam_Taml||Tamil
tt|tat_Cyrl||Tatar
te|tel_Telu||Telugu
th|tha_Thai||Thai
bo|bod_Tibt||Tibetan
ti|tir_Ethi||Tigrinya
tpi|tpi_Latn||Tok Pisin
ts|tso_Latn||Tsonga
tn|tsn_Latn||Tswana
tk|tuk_Latn|tuk_Latn|Turkmen
ug|uig_Arab|uig_Arab|Uyghur
uz|uzn_Latn|uzb_Latn|Uzbek
cy|cym_Latn||Welsh
wo|wol_Latn||Wolof
xh|xho_Latn||Xhosa
yi|ydd_Hebr|yid|Yiddish
yo|yor_Latn||Yoruba
zu|zul_Latn||Zulu
ace|ace_Latn||Acehnese
ace-Arab|ace_Arab|ace_Arab|Acehnese (Arabic script)
acm|acm_Arab||Mesopotamian Arabic
acq|acq_Arab||Ta'izzi-Adeni Arabic
aeb|aeb_Arab||Tunisian Arabic
ajp|ajp_Arab||South Levantine Arabic
apc|apc_Arab||North Levantine Arabic
ars|ars_Arab||Najdi Arabic
ary|ary_Arab||Moroccan Arabic
arz|arz_Arab||Egyptian Arabic
ak|aka_Latn||Akan
awa|awa_Deva||Awadhi
ay|ayr_Latn|aym|Aymara
bm|bam_Latn||Bambara
ban|ban_Latn||Balinese
bem|bem_Latn||Bemba
bho|bho_Deva||Bhojpuri
bjn|bjn_Latn||Banjar
bjn-Arab|bjn_Arab|bjn_Arab|Banjar (Arabic script)
bug|bug_Latn||Buginese
cjk|cjk_Latn||Chokwe
crh|crh_Latn||Crimean Tatar
din|dik_Latn||Dinka
dyu|dyu_Latn||Dyula
ee|ewe_Latn||Ewe
fj|fij_Latn||Fijian
fon|fon_Latn||Fon
fur|fur_Latn||Friulian
fuv|fuv_Latn||Nigerian Fulfulde
hne|hne_Deva||Chhattisgarhi
kab|kab_Latn||Kabyle
kac|kac_Latn||Jingpho
kam|kam_Latn||Kamba
ks|kas_Arab||Kashmiri
ks-Deva|kas_Deva|kas_Deva|Kashmiri (Devanagari)
kr|knc_Latn||Kanuri
kr-Arab|knc_Arab|knc_Arab|Kanuri (Arabic script)
kbp|kbp_Latn||Kabiye
kea|kea_Latn||Kabuverdianu
ki|kik_Latn||Kikuyu
kmb|kmb_Latn||Kimbundu
kg|kon_Latn||Kongo
lij|lij_Latn||Ligurian
li|lim_Latn||Limburgish
lmo|lmo_Latn||Lombard
ltg|ltg_Latn||Latgalian
lua|lua_Latn||Luba-Lulua
lg|lug_Latn||Ganda
luo|luo_Latn||Luo
lus|lus_Latn||Mizo
mag|mag_Deva||Magahi
mai|mai_Deva||Maithili
min|min_Latn||Minangkabau
mni|mni_Beng||Manipuri
mos|mos_Latn||Mossi
nso|nso_Latn||Northern Sotho
nus|nus_Latn||Nuer
pag|pag_Latn||Pangasinan
pap|pap_Latn||Papiamento
qu|quy_Latn|que|Quechua
sat|sat_Beng||Santali
scn|scn_Latn||Sicilian
sc|srd_Latn||Sardinian
shn|shn_Mymr||Shan
szl|szl_Latn||Silesian
taq|taq_Latn||Tamasheq
taq-Tfng|taq_Tfng|taq_Tfng|Tamasheq (Tifinagh)
tum|tum_Latn||Tumbuka
tw|twi_Latn||Twi
tzm|tzm_Tfng||Central Atlas Tamazight
umb|umb_Latn||Umbundu
vec|vec_Latn||Venetian
war|war_Latn||Waray
"""

# What people write that is neither a BCP-47 code nor a name: other standards' codes, macrolanguages, old codes.
ALIASES = """
zh=zh-Hans cmn=zh-Hans zho=zh-Hans chi=zh-Hans chinese=zh-Hans mandarin=zh-Hans ara=ar arabic=ar fre=fr ger=de dut=nl
per=fa fas=fa farsi=fa iw=he in=id ji=yi no=nb nor=nb norwegian=nb fil=tl fra=fr sqi=sq alb=sq aze=az arm=hy baq=eu
bur=my bengali=bn cze=cs gre=el geo=ka ice=is lav=lv mac=mk mao=mi may=ms msa=ms mon=mn nep=ne ori=or pus=ps pashto=ps
que=qu rum=ro slo=sk srp=sr swa=sw tib=bo uzb=uz yid=yi wel=cy kur=ku orm=om mlg=mg mo=ro sh=sr scc=sr scr=hr
"""

# Direction and tokenizer follow from the script. BLEU's 13a leaves the Arabic comma and the danda glued to their words,
# which `intl` splits; scripts without spaces are scored by character (a morphological analyser is not a dependency).
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr"})
TOKENIZER = {
    "Hans": "zh",
    "Hant": "zh",
    **dict.fromkeys(("Jpan", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"), "char"),
    **dict.fromkeys(
        (
            *("Arab", "Armn", "Beng", "Deva", "Ethi", "Gujr", "Guru", "Knda", "Mlym", "Orya", "Sinh", "Taml", "Telu"),
            *("Hebr", "Tfng"),
        ),
        "intl",
    ),
}
DEFAULT_TOKENIZER = "13a"
