from collections.abc import Callable

import pytest

from bot.article import Article
from bot.article.lines import lines, plain

Read = Callable[[str], Article]


def told(article: Article) -> list[tuple[str, str]]:
    return [(passage.heading, passage.text) for passage in article.passages]


@pytest.mark.parametrize(
    "heading",
    ["Flat tyre", "FLAT TYRE", "## Flat tyre", "**Flat tyre**", "1. Flat tyre", "Flat tyre\n---",
     "Why flat?", "Flat tyre:", "Chapter 1: Flat tyre"],
)  # fmt: skip
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_heading_belongs_to_the_text_below(read: Read, heading: str, gap: str) -> None:
    body = "Take the wheel off and pull out the tube. Then put a patch on the hole."
    article = read(
        f"Bikes\n\nThis is about bikes.\n\n{heading}{gap}{body}\n\nIt holds.\n\nEnd\n\nSo."
    )
    found = article.passages[1]

    assert found.text == body
    assert plain(found.heading.splitlines()[0]) == plain(heading.splitlines()[0])
    assert found.paragraphs == ((2, 3) if gap == "\n\n" else (2,))
    assert article.passages[-1].headings[-1] == "End"


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\n## A\n\nOne.\n\n### B\n\nTwo.\n\nThree.\n\n### C\n\nFour.\n\n## D\n\nFive.",
        "T\n\n1. A\n\nOne.\n\n1.1 B\n\nTwo.\n\nThree.\n\n1.2 C\n\nFour.\n\n2. D\n\nFive.",
    ],
)
def test_headings_hold_until_the_next_of_their_level(read: Read, text: str) -> None:
    letters = ["".join(one[-1] for one in passage.headings) for passage in read(text).passages]

    assert letters == ["A", "AB", "AB", "AC", "D"]


@pytest.mark.parametrize(
    "pairs",
    [
        [("Q: Where?", "A: At the quay."), ("Q: When?", "A: At ten.")],
        [("**Where?**", "At the quay."), ("**Tell me when.**", "At ten.")],
        [("Where does it stop?", "At the quay."), ("And when?", "It stops at ten.")],
        [("TIMES: Where?", "MARSH: There."), ("TIMES: When?", "MARSH: At ten."),
         ("TIMES: Go on.", "MARSH: No.")],
    ],
)  # fmt: skip
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_an_answer_has_its_question_above(
    read: Read, pairs: list[tuple[str, str]], gap: str
) -> None:
    text = "\n\n".join(f"{question}{gap}{answer}" for question, answer in pairs)

    assert told(read(f"Ferries\n\nAll about ferries.\n\n{text}"))[1:] == [
        (plain(question), answer) for question, answer in pairs
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The woods are dark and deep\nBut I have words to keep\nAnd miles to go before I sleep.",
        "Anna Berg\n\nOle Dahl\n\nPer Lund\n\nIda Moe",
        "Anna Berg\nOle Dahl\nPer Lund",
        "“Who goes there?” he said.\n\n“Only me.”\n\n“Then row.”",
        "Ann: We need more buses.\nOle: How many?\nAnn: Seven will do.",
        "- Monday: 9:00-17:00\n- Tuesday: closed",
        "1. Wet the stone.\n\n2. Draw it along the edge.\n\n3. Wipe the blade.",
    ],
)
def test_lines_that_belong_together_are_one_passage(read: Read, text: str) -> None:
    article = read(f"Title\n\nA sentence stands here.\n\n{text}\n\nAnother stands here.")
    _, middle, _ = article.passages

    assert (middle.heading, middle.text) == ("", text.replace("\n\n", "\n"))
    assert middle.paragraphs == tuple(range(2, 3 + text.count("\n\n")))


@pytest.mark.parametrize(
    "text",
    ["He stopped.", "“Where is the map?”", "Then came rain!", "and so on", "Where? At the quay."],
)
def test_short_speech_is_no_heading(read: Read, text: str) -> None:
    article = read(f"A walk\n\nWe left at six.\n\n{text}\n\nIt was cold, and we went home.")

    assert [passage.heading for passage in article.passages] == ["", "", ""]


RUNNING = "It came.\n\nA Report\n\n1\n\nIt went.\n\nA Report\n\n2\n\nRow on.\n\nRow on."
DOUGH, TOP = "For the dough:\n500 g flour\n75 g sugar", "For the top:\n- plums"
GRID = "|  | Days |\n|:--|--:|\n| Roma | 75 |\n| Ida | 60 |"
CELLS = "Sort: Roma; Days: 75\nSort: Ida; Days: 60"


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        (RUNNING, [("", "It came."), ("", "It went."), ("", "Row on."), ("", "Row on.")]),
        (f"Ingredients\n\n{DOUGH}\n\n{TOP}\n\nMethod\n\nMix.",
         [("Ingredients\nFor the dough:", "500 g flour\n75 g sugar"),
          ("Ingredients\nFor the top:", "- plums"), ("Method", "Mix.")]),
        ("| Sort | Days |\n|:--|--:|\n| Roma | 75 |\n| Ida | 60 |", [("", CELLS)]),
        ("Sort\tDays\nRoma\t75\nIda\t60", [("", CELLS)]),
        (f"| A | B |\n|--|--|\n| x | y |\n\n{GRID}",
         [("", "A: x; B: y"), ("", "Roma; Days: 75\nIda; Days: 60")]),
        ("| Mills | |\n|--|--|\n| Height | 9 m |", [("", "Height; 9 m")]),
        ("~~~sh\nls\n# two\nls a\n~~~\n\nSo.", [("", "ls\ntwo\nls a"), ("", "So.")]),
        ("It grows.[^1]\n\n[^1]: Or not.", [("", "It grows."), ("", "Or not.")]),
        ("# A\n\n# B\n\n# C\n\n# D", [("", "A\nB\nC\nD")]),
        ("Not a word\n\nIt was still.\n\nIt was cold.",
         [("Not a word", "It was still."), ("", "It was cold.")]),
    ],
)  # fmt: skip
def test_lines_are_read_as_what_they_are_to_a_person(
    read: Read, text: str, passages: list[tuple[str, str]]
) -> None:
    assert told(read(f"Title\n\nIt begins here.\n\n{text}"))[1:] == passages


CREDITED = [
    "It rains. (Photo by Ann Lee / Desk)", "It rains (Xinhua/Li Wei)", "It rains (Getty Images)",
    "It rains (AP Photo/Ann Lee).", "It rains. Photo: Ann Lee", "It rains.\nImage credit: Ann Lee",
    "Photo: a street in the rain", "![A street in the rain](street.jpg)",
]  # fmt: skip
NOT_CREDITED = [
    "It teaches vision (image processing).", "It is about power (AC/DC).", "It is at (Main/North).",
    "It runs fast (km/h).", "It was the agency (EPA).", "A photo of the king hung on the wall.",
    "Prices rose (source: the bank).",
]  # fmt: skip


@pytest.mark.parametrize("text", CREDITED + NOT_CREDITED)
def test_only_a_credit_makes_a_caption(read: Read, text: str) -> None:
    article = read(f"A title\n\nIt is dry here.\n\n{text}\n\nIt still rains.")

    assert [one.number for one in article.passages if one.is_caption] == (
        [2] if text in CREDITED else []
    )
    assert len(article.passages) == 3


@pytest.mark.parametrize(
    "line",
    ["Advertisement", "Read more: How it began", "Share this on Facebook", "- 12 -", "Page 3 of 9",
     "* * *", "[12]", "Related articles", "Sign up for our daily newsletter!", "12",
     "[tea]: https://tea.example 'Tea'"],
)  # fmt: skip
def test_a_line_of_the_page_is_left_out(read: Read, line: str) -> None:
    article = read(f"Tea\n\nIt came first.\n\n{line}\n\nThen coffee came.")

    assert told(article) == [("", "It came first."), ("", "Then coffee came.")]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The con-\nstruction firm", "The construction firm"),
        ("The con\u00ad\nstruction firm", "The construction firm"),
        ("A well-\nknown firm", "A well-known firm"),
        ("Spear-\nheading the 19th-\ncentury", "Spearheading the 19th-century"),
        ("They re-\npainted it", "They repainted it"),
        ("Tea[^1], [green][a] or <b>[]", "Tea, green or <b>"),
        ("**Bold**, *thin* and `code`[3]", "Bold, thin and code"),
        ("See [the shop](https://a.example/b_c_d?Is=It)", "See the shop (https://a.example/b_c_d?Is=It)"),
        ("2 * 3 * 4 and snake_case_names", "2 * 3 * 4 and snake_case_names"),
        ("5\u00a0km of soft\u00adness", "5\u00a0km of soft\u00adness"),
        ("one\u2028two", "one\ntwo"),
    ],
)  # fmt: skip
def test_a_line_is_shown_as_a_person_reads_it(written: str, shown: str) -> None:
    assert "\n".join(line.text for line in lines(written + "\n\nb\n\nc")[:-2]) == shown


def test_wrapped_prose_is_read_over_its_line_ends(read: Read) -> None:
    rows = [
        "The canal was begun in 1804 and took nineteen",
        "years to dig. Four thousand men worked on it–",
        "and they were paid by the yard.",
    ]
    wrapped, text = "\n".join(rows), " ".join(rows).replace("– ", "–")
    article = read(f"The canal\n\n{wrapped}\n\nTHE LOCKS\n{wrapped}\n\nIt is old.")

    assert told(article)[:2] == [("", text), ("THE LOCKS", text)]
