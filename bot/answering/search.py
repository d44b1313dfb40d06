"""Search: the passages that a retriever finds, and what is told of them."""

import re
from itertools import islice

from bot.answering.answers import MAX_PASSAGES_OF_ALL, Found, Guess, Passages, Refusal
from bot.article import Article
from bot.question import Question
from bot.retrieval import Hit, Retriever

# The confidence is a probability: four times of five an answer should be one.
ANSWERED = 0.8
# Asked about one passage, what it can't say would be asked of another.
ANSWERED_WITHIN = 0.4
# And one time of ten a guess should help.
GUESSED = 0.1
# A further passage is shown when it is at least this likely, compared with the best one: of 180
# questions about ten articles two more have a right one among those shown than from .3.
ALSO_ANSWERS = 0.1
_MOST_PASSAGES, _MOST_CORRECTIONS = 3, 3


class Search:
    """Searches one article, or several that are read as one."""

    def __init__(self, article: Article, retriever: Retriever) -> None:
        """Search *article*, which is what *retriever* has or a part of that."""
        self._article = article
        self._retriever = retriever
        self._among = range(article.offset, article.offset + len(article.passages))

    def hits(self, question: str | Question, top_k: int) -> list[Hit]:
        """Return the *top_k* best hits, best first."""
        return self._retriever.search(question, top_k, self._among)

    def best(self, question: str | Question, top_k: int) -> list[Found]:
        """Return the *top_k* passages that match *question* best, best first."""
        return [self._found(hit) for hit in self.hits(question, top_k)]

    def everything(self, asked: Question) -> Passages | None:
        """Return the best passages with a word of a question for everything on something."""
        if not asked.wants_everything:
            return None
        sharing = self._retriever.sharing(asked)
        found = self.best(asked, len(self._article.passages))
        told = (one for one in found if one.passage.number - 1 in sharing)
        return Passages(tuple(islice(told, MAX_PASSAGES_OF_ALL))) if sharing else None

    def decided(self, asked: Question, corrected: Question) -> Passages | Guess | Refusal:
        """Return what the best passages answer, by how sure they do.

        Only words of *corrected* are told to be read as others.
        """
        found = self.best(asked, _MOST_PASSAGES)
        if not found or found[0].confidence < GUESSED:
            return Refusal()
        sure = found[0].confidence
        if sure < ANSWERED:
            return Guess(tuple(found))
        several = tuple(one for one in found if one.confidence >= ALSO_ANSWERS * sure)
        words = (match.correction for match in self._retriever.matches(corrected))
        # With the capitals that they have there.
        text = " ".join(one.passage.text for one in several)
        told = (re.search(rf"\b{re.escape(word)}\b", text, re.I) for word in words if word)
        written = dict.fromkeys(match[0] for match in told if match)
        return Passages(several, tuple(written)[:_MOST_CORRECTIONS])

    def within(self, number: int, question: str | Question) -> Passages | None:
        """Return the passage with this *number* where it answers a question about itself.

        It does where it has the kind of thing asked for, or covers the rest of the question.
        """
        if number - 1 not in self._among:
            return None
        hit = self._retriever.within(number - 1, question)
        return Passages((self._found(hit),)) if hit.confidence >= ANSWERED_WITHIN else None

    def _found(self, hit: Hit) -> Found:
        passage = self._article.passage(hit.index + 1)
        return Found(passage, hit.mark, hit.confidence)
