"""Writes bot/language/data/english.txt: how common the words of general English are.

Needs wordfreq 3.1.1 (pip install wordfreq==3.1.1): python tests/fitting/english.py
"""

from math import log10
from pathlib import Path

from wordfreq import get_frequency_dict

from bot.language.text import tokens

TARGET = Path(__file__).parents[2] / "bot" / "language" / "data" / "english.txt"
HEADER = """\
# How common words are in general English, as wordfreq 3.1.1 counts it (its small list).
# A line: a word, folded as bot/language/text.py does; then its zipf frequency, that is the
# logarithm to base 10 of its occurrences in a thousand million words, to one decimal place.
# Robyn Speer, wordfreq, 2022, doi 10.5281/zenodo.7199437; licence of this file:
# CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/.
"""


def main() -> None:
    highest: dict[str, float] = {}
    for word, frequency in get_frequency_dict("en", wordlist="small").items():
        folded = tokens(word)
        if len(folded) == 1 and not folded[0][0].isdigit():
            zipf = round(log10(frequency) + 9, 1)
            highest[folded[0]] = max(zipf, highest.get(folded[0], zipf))
    lines = (f"{word} {zipf}\n" for word, zipf in sorted(highest.items()))
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
