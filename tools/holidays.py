"""Writes the public holidays of the capitals, rules/rcm-2011/calendars, from the Python package holidays:
`python3 -m venv V && V/bin/pip install holidays==0.109 && V/bin/python tools/holidays.py`.

With `--check` it writes nothing. Exit code 1: another version of the package, a name without its Spanish, files that differ.
"""

import collections
import datetime
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path = [path for path in sys.path if pathlib.Path(path).resolve() != HERE]  # else this file is taken for the package

import holidays  # noqa: E402
from dateutil.easter import easter  # noqa: E402

VERSION = "0.109"
YEARS = range(1996, 2036)
KNOWN = 2026  # the last year that is not a projection
FOLDER = HERE.parent / "rules/rcm-2011/calendars"
CAPITALS = {
    "BZ": ("America/Belize", "Belmopán", "Belmopan"),
    "CA": ("America/Toronto", "Ottawa", "Ottawa"),
    "CR": ("America/Costa_Rica", "San José", "San José"),
    "DO": ("America/Santo_Domingo", "Santo Domingo", "Santo Domingo"),
    "GT": ("America/Guatemala", "Ciudad de Guatemala", "Guatemala City"),
    "HN": ("America/Tegucigalpa", "Tegucigalpa", "Tegucigalpa"),
    "MX": ("America/Mexico_City", "Ciudad de México", "Mexico City"),
    "NI": ("America/Managua", "Managua", "Managua"),
    "PA": ("America/Panama", "Ciudad de Panamá", "Panama City"),
    "SV": ("America/El_Salvador", "San Salvador", "San Salvador"),
    "US": ("America/New_York", "Washington, D. C.", "Washington, D.C."),
}
# Where the package has a category of federal offices, it holds every day of the public one as well.
CATEGORIES = {"CA": "government", "US": "government"}
# What is taken in English alone, and in which of the package's.
ENGLISH = {"BZ": None, "CA": "en_CA", "US": "en_US"}

OBSERVED, MOVED, HALF = " (observed)", " (trasladado)", " (half-day closing)"
# What the package has no Spanish for: Belize, Canada, the United States.
SPANISH = {
    "Birthday of Martin Luther King, Jr.": "Natalicio de Martin Luther King Jr.",
    "Boxing Day": "Día de San Esteban",
    "Canada Day": "Día de Canadá",
    "Christmas Day": "Navidad",
    "Christmas Eve": "Nochebuena",
    "Columbus Day": "Día de Cristóbal Colón",
    "Commonwealth Day": "Día de la Mancomunidad de Naciones",
    "Day After Christmas": "Día siguiente a la Navidad",
    "Easter Monday": "Lunes de Pascua",
    "Emancipation Day": "Día de la Emancipación",
    "Garifuna Settlement Day": "Día del Asentamiento Garífuna",
    "George Price Day": "Día de George Price",
    "Good Friday": "Viernes Santo",
    "Holy Saturday": "Sábado Santo",
    "Independence Day": "Día de la Independencia",
    "Indigenous Peoples' Resistance Day": "Día de la Resistencia de los Pueblos Indígenas",
    "Juneteenth National Independence Day": "Día Nacional de la Independencia de Juneteenth",
    "Labor Day": "Día del Trabajo",
    "Labour Day": "Día del Trabajo",
    "Memorial Day": "Día de los Caídos",
    "National Day for Truth and Reconciliation": "Día Nacional de la Verdad y la Reconciliación",
    "National Day of Mourning for former President George H. W. Bush":
        "Día de Duelo Nacional por el expresidente George H. W. Bush",
    "National Day of Mourning for former President Gerald R. Ford":
        "Día de Duelo Nacional por el expresidente Gerald R. Ford",
    "National Day of Mourning for former President Jimmy Carter":
        "Día de Duelo Nacional por el expresidente Jimmy Carter",
    "National Day of Mourning for former President Ronald Reagan":
        "Día de Duelo Nacional por el expresidente Ronald Reagan",
    "National Heroes and Benefactors Day": "Día de los Héroes y Benefactores Nacionales",
    "New Year's Day": "Año Nuevo",
    "Pan American Day": "Día Panamericano",
    "Remembrance Day": "Día del Recuerdo",
    "Saint George's Caye Day": "Día del Cayo San Jorge",
    "Thanksgiving Day": "Día de Acción de Gracias",
    "Veterans Day": "Día de los Veteranos",
    "Victoria Day": "Día de la Reina Victoria",
    "Washington's Birthday": "Natalicio de George Washington",
}
# The package's own Spanish, where it does not read right.
MENDED = {"Toma posesión del Presidente de la república": "Toma de posesión del Presidente de la República"}

# The package begins with 1998 for the Dominican Republic. Before Law 139-97 holidays were kept on their own dates; it came
# into force on 27 June 1997 (so the Ministry of Labour), and moved one day of that year: Thursday 6 November, to the Monday
# after. The official gazette was not seen: the days are those of the package for 1998, the dates are ours.
DOMINICAN_YEARS = (1996, 1997)
DOMINICAN = {
    (1, 1): "Año Nuevo",
    (1, 6): "Día de los Santos Reyes",
    (1, 21): "Día de la Altagracia",
    (1, 26): "Día de Duarte",
    (2, 27): "Día de la Independencia Nacional",
    (5, 1): "Día del Trabajo",
    (8, 16): "Día de la Restauración",
    (9, 24): "Día de las Mercedes",
    (11, 6): "Día de la Constitución",
    (12, 25): "Día de Navidad",
}
DOMINICAN_MOVED = {datetime.date(1997, 11, 6): datetime.date(1997, 11, 10)}
DOMINICAN_EASTER = {-2: "Viernes Santo", 60: "Corpus Christi"}

HEAD = f"""\
# Public holidays of the capitals, made by tools/holidays.py: national days, for Canada and the United States those of federal
# offices; no local days, no half days. mark: filled = not in the source, set by the script; projected = after {KNOWN}, by rule.
# source: Python holidays {VERSION} (MIT), by the Vacanza Team and contributors; Spanish names of BZ, CA, US: the script's
# version: holidays-{VERSION}/1
# years: {YEARS[0]}-{YEARS[-1]}
country	date	mark	es	en
"""

lacking = set()  # English names that SPANISH does not have


def listed(code, language):
    """The days of a country, each with its names in a language of the package."""
    category = CATEGORIES.get(code, "public")
    days = holidays.country_holidays(code, years=YEARS, categories=category, language=language)
    return {day: days.get_list(day) for day in days}


def mended(name):
    return MENDED.get(name, name).replace(" (observado)", MOVED)


def from_both(code):
    """Names from the package's Spanish and English. It sorts them by language, so they are paired where one stands alone."""
    spanish, english = listed(code, "es"), listed(code, "en_US")
    pairs = {names[0]: english[day][0] for day, names in spanish.items() if len(names) == 1}
    return {day: [(mended(name), pairs[name]) for name in names] for day, names in spanish.items()}


def from_english(code):
    """Names from the package's English and the table above."""
    days = {}
    for day, names in listed(code, ENGLISH[code]).items():
        pairs = [(to_spanish(name), name) for name in names if not name.endswith(HALF)]
        days |= {day: pairs} if pairs else {}
    return days


def to_spanish(name):
    bare = name.removesuffix(OBSERVED)
    if bare not in SPANISH:
        lacking.add(bare)
    return SPANISH.get(bare, "") + (MOVED if name != bare else "")


def dominican(days):
    """The days of the Dominican Republic that the package does not have."""
    english = {es: en for names in days.values() for es, en in names}
    filled = {}
    for year in DOMINICAN_YEARS:
        dates = {datetime.date(year, *day): name for day, name in DOMINICAN.items()}
        dates |= {easter(year) + datetime.timedelta(after): name for after, name in DOMINICAN_EASTER.items()}
        filled |= {DOMINICAN_MOVED.get(day, day): [(name, english[name])] for day, name in dates.items()}
    return filled


def days_of(code):
    if code in ENGLISH:
        return from_english(code)
    days = from_both(code)
    return days | dominican(days) if code == "DO" else days


def mark(code, day):
    if code == "DO" and day.year in DOMINICAN_YEARS:
        return "filled"
    return "projected" if day.year > KNOWN else ""


def rows():
    for code in CAPITALS:
        for day, names in sorted(days_of(code).items()):
            yield code, day.isoformat(), mark(code, day), *map("; ".join, zip(*names))


def capitals():
    head = "# Capitals of the members with their time zones (IANA).\ncountry\tzone\tes\ten\n"
    return head + "".join("\t".join((code, *capital)) + "\n" for code, capital in CAPITALS.items())


def print_summary(table):
    counts = collections.Counter((code, day[:4]) for code, day, *_ in table)
    print("year " + "".join(f"{code:>5}" for code in CAPITALS))
    for year in map(str, YEARS):
        print(f"{year} " + "".join(f"{counts[code, year]:>5}" for code in CAPITALS))
    totals = collections.Counter(row[0] for row in table)
    print("all  " + "".join(f"{totals[code]:>5}" for code in CAPITALS))


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit("the one option is --check")
    if holidays.__version__ != VERSION:
        sys.exit(f"this needs holidays {VERSION}, and there is {holidays.__version__}: pip install holidays=={VERSION}")
    table = list(rows())
    if lacking:
        sys.exit("no Spanish for: " + "; ".join(sorted(lacking)))
    files = {"capitals.tsv": capitals(), "holidays.tsv": HEAD + "".join("\t".join(row) + "\n" for row in table)}
    files = {FOLDER / name: text.encode() for name, text in files.items()}
    if sys.argv[1:]:
        differing = [path for path, text in files.items() if not path.exists() or path.read_bytes() != text]
        if differing:
            sys.exit("not as they would be made: " + ", ".join(path.name for path in differing))
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        path.write_bytes(text)
    print_summary(table)


if __name__ == "__main__":
    main()
