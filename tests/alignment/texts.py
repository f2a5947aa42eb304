"""Two short reports in three languages, a line a sentence, for the tests of this floor."""

from __future__ import annotations

ENGLISH = [
    "The city council approved a new tram line on Tuesday.",
    "It will connect the harbour with the university.",
    "Work is to begin next spring and cost 240 million euros.",
    "Residents had asked for a bus lane instead.",
    "“We listened to everybody,” the mayor said.",
    "The first trams are expected to run in 2029.",
]
FRENCH = [
    "Mardi, le conseil municipal a approuvé une nouvelle ligne de tramway.",
    "Elle reliera le port à l’université.",
    "Les travaux doivent commencer au printemps prochain et coûter 240 millions d’euros.",
    "Les habitants avaient plutôt demandé un couloir de bus.",
    "« Nous avons écouté tout le monde », a déclaré le maire.",
    "Les premiers tramways devraient circuler en 2029.",
]
ARABIC = [
    "وافق مجلس المدينة يوم الثلاثاء على خط ترام جديد.",
    "وسيربط الخط الميناء بالجامعة.",
    "ومن المقرر أن تبدأ الأعمال في الربيع المقبل وأن تكلف 240 مليون يورو.",
    "وكان السكان قد طلبوا مسارًا للحافلات بدلًا من ذلك.",
    'وقال رئيس البلدية: "لقد استمعنا إلى الجميع".',
    "ومن المتوقع أن تسير أولى عربات الترام عام 2029.",
]

ENGLISH_SPORT = [
    "The national team won the cup on penalties last night.",
    "Goalkeeper Maria Keller saved three of five shots.",
    "More than 40,000 people watched the match in the rain.",
    "The coach had changed half of the side after the defeat in Oslo.",
    "It was her last match before she retires.",
    "Celebrations in the capital went on until dawn.",
]
FRENCH_SPORT = [
    "L’équipe nationale a remporté la coupe aux tirs au but hier soir.",
    "La gardienne Maria Keller a arrêté trois tirs sur cinq.",
    "Plus de 40 000 personnes ont regardé le match sous la pluie.",
    "L’entraîneuse avait changé la moitié de l’équipe après la défaite d’Oslo.",
    "C’était son dernier match avant sa retraite.",
    "Dans la capitale, la fête a duré jusqu’à l’aube.",
]
