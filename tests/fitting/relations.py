"""Writes bot/data/relations.txt: words that may stand in for one another, from WordNet 3.0.

Needs wordfreq 3.1.1 and WordNet's database files, such as those of Debian's wordnet-base:
python tests/fitting/relations.py /usr/share/wordnet
"""

import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from wordfreq import get_frequency_dict

from bot.language.text import stem

TARGET = Path(__file__).parents[2] / "bot" / "data" / "relations.txt"
HEADER = """\
# Words that may stand in for one another. A line: a stem, then the stems that may stand in for it:
# other forms of the same word that the stemmer doesn't see (built and build, lunar and moon) and,
# for a word of few senses, its synonyms. Derived from WordNet 3.0, whose notice follows.
"""
# The zipf frequency that both words reach: down to 3.3 nothing is lost on squad2-dev.
LEAST_ZIPF = 3.3
# A word of more senses has no synonyms here: it seldom means this one.
MOST_SENSES = 5
LEAST_LETTERS = 3
LETTER = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
ENDINGS = {
    "noun": "s: ses:s xes:x zes:z ches:ch shes:sh men:man ies:y",
    "verb": "s: ies:y es:e es: ed:e ed: ing:e ing:",
    "adj": "er: est: er:e est:e ier:y iest:y",
    "adv": "",
}
DERIVED, PERTAINS = "+", "\\"

Synset = tuple[str, str]


class WordNet:
    """WordNet's database files.

    Attributes:
        senses: For each lemma the words of each of its senses.
        lemmas: For each part of speech its lemmas.
        forms: Other forms of a lemma: irregular ones, derived ones, what it pertains to.
        irregular: The lemmas of an irregular form.
    """

    def __init__(self, folder: Path) -> None:
        self.senses: dict[str, list[list[str]]] = defaultdict(list)
        self.lemmas: dict[str, set[str]] = defaultdict(set)
        self.forms: dict[str, set[str]] = defaultdict(set)
        self.irregular: dict[str, set[str]] = defaultdict(set)
        synsets: dict[Synset, list[str]] = {}
        links: list[tuple[Synset, Synset, str]] = []
        for part, letter in LETTER.items():
            for fields in _rows(folder / f"data.{part}"):
                here = (letter, fields[0])
                end = 4 + 2 * int(fields[3], 16)
                synsets[here] = [re.sub(r"\(\w+\)$", "", w).lower() for w in fields[4:end:2]]
                links += [(here, *link) for link in _links(fields, end)]
            for fields in _rows(folder / f"{part}.exc"):
                self.irregular[fields[0]].update(fields[1:])
        for part, letter in LETTER.items():
            for fields in _rows(folder / f"index.{part}"):
                self.lemmas[part].add(fields[0])
                offsets = fields[-int(fields[2]) :]
                self.senses[fields[0]] += [synsets[letter, offset] for offset in offsets]
        self._relate(synsets, links)

    def _relate(
        self, synsets: dict[Synset, list[str]], links: list[tuple[Synset, Synset, str]]
    ) -> None:
        for source, target, numbers in links:
            first = synsets[source][int(numbers[:2], 16) - 1]
            second = synsets[target][int(numbers[2:], 16) - 1]
            self.forms[first].add(second)
            self.forms[second].add(first)
        for form, lemmas in self.irregular.items():
            for lemma in lemmas:
                self.forms[lemma].add(form)

    def stand_ins(self, word: str) -> set[str]:
        """Return what may stand in for *word*, the word itself included."""
        lemmas = {word, *self.irregular.get(word, ()), *self._bases(word)}
        found = lemmas.union(*(self.forms.get(lemma, ()) for lemma in lemmas))
        senses = [sense for lemma in lemmas for sense in self.senses.get(lemma, ())]
        return found.union(*senses) if len(senses) <= MOST_SENSES else found

    def _bases(self, word: str) -> Iterator[str]:
        for part, endings in ENDINGS.items():
            for ending, other in (rule.split(":") for rule in endings.split()):
                base = word.removesuffix(ending) + other
                if word.endswith(ending) and base in self.lemmas[part]:
                    yield base


def _rows(path: Path) -> Iterator[list[str]]:
    lines = path.read_text("latin-1").splitlines()
    return (line.split() for line in lines if not line.startswith(" "))


def _links(fields: list[str], end: int) -> Iterator[tuple[Synset, str]]:
    for start in range(end + 1, end + 1 + 4 * int(fields[end]), 4):
        pointer, offset, part, numbers = fields[start : start + 4]
        if pointer in (DERIVED, PERTAINS) and numbers != "0000":
            yield (part.replace("s", "a"), offset), numbers


def relations(wordnet: WordNet) -> dict[str, set[str]]:
    frequencies = get_frequency_dict("en", wordlist="small").items()
    words = {
        word
        for word, frequency in frequencies
        if math.log10(frequency) + 9 >= LEAST_ZIPF
        and len(word) >= LEAST_LETTERS
        and word.isascii()
        and word.isalpha()
    }
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        found[stem(word)] |= {stem(other) for other in wordnet.stand_ins(word) & words}
    return {one: others - {one} for one, others in sorted(found.items()) if others - {one}}


def notice(folder: Path) -> str:
    """Return WordNet's own notice, which every copy must carry."""
    lines = (folder / "data.adv").read_text("latin-1").splitlines()
    told = (re.sub(r"^ +\d+ ", "# ", line).rstrip() for line in lines if line.startswith("  "))
    return "".join(f"{line}\n" for line in told)


def main() -> None:
    folder = Path(sys.argv[1])
    found = relations(WordNet(folder))
    lines = (f"{one} {' '.join(sorted(others))}\n" for one, others in found.items())
    TARGET.write_text(HEADER + notice(folder) + "".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
