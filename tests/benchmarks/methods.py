"""The ways of choosing sentences that are measured side by side: ours, and those of others."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from nltk.tokenize import NLTKWordTokenizer
from rouge_score.tokenizers import DefaultTokenizer
from sumy.nlp.stemmers import Stemmer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

from bot.core.brief import brief
from bot.core.languages import language
from bot.core.report import report
from bot.core.salience import choose
from bot.core.sentences import sentences
from bot.core.values import Article
from bot.core.wire import read

#: What counts as a word for sumy.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['-])*$")
#: An article and a number of sentences in, so many of its sentences out.
Method = Callable[[Article, int], list[str]]


def shown(article: Article, count: int) -> list[str]:
    """Return our lines as people see them: words may be left out. Its time is a whole brief's."""
    return [line.text for line in brief(article, lines=count).lines]


def whole(article: Article, count: int) -> list[str]:
    """Return the source sentences of our lines. Its time is that of choosing, as for others."""
    return [sentence.span.of(article.text) for sentence in choose(report(article), count)]


def lead(article: Article, count: int) -> list[str]:
    """Return the first sentences below the title, the hardest peer where news is concerned."""
    return _sentences(article)[:count]


class _Words:
    """Splits for sumy as its own tokenizer does, but for the sentence model it would download."""

    def __init__(self) -> None:
        self._rules = language("en")
        self._splitter = NLTKWordTokenizer()

    def to_sentences(self, paragraph: str) -> list[str]:
        """Return the sentences that we find too, so that only the choice of them differs."""
        return [span.of(paragraph) for span in sentences(paragraph, self._rules)]

    def to_words(self, sentence: str) -> list[str]:
        """Return the words without numbers and marks."""
        return [word for word in self._splitter.tokenize(sentence) if _WORD.match(word)]


def sumy() -> dict[str, Method]:
    """Return sumy's methods by name, each with the stemmer and stop words of its manual."""
    words, stemmer = _Words(), Stemmer("english")
    kinds = {
        "sumy LexRank": LexRankSummarizer(stemmer),
        "sumy TextRank": TextRankSummarizer(stemmer),
        "sumy SumBasic": SumBasicSummarizer(stemmer),
        "sumy LSA": LsaSummarizer(stemmer),
    }
    for summarizer in kinds.values():
        summarizer.stop_words = get_stop_words("english")
    return {name: _of_sumy(summarizer, words) for name, summarizer in kinds.items()}


def _of_sumy(summarizer: Callable[[object, int], Sequence[object]], words: _Words) -> Method:
    def chosen(article: Article, count: int) -> list[str]:
        body = article.text[read(article.text, article.language).body :]
        document = PlaintextParser.from_string(body, words).document
        return [str(sentence) for sentence in summarizer(document, count)]

    return chosen


def oracle(article: Article, count: int, references: Sequence[str]) -> list[str]:
    """Return what comes nearest to the summaries, taken greedily: a bound for any choice.

    As in Nallapati et al., 2017: each step takes the sentence that adds most to ROUGE-1 + ROUGE-2,
    as long as one adds anything.
    """
    tokenizer = DefaultTokenizer(use_stemmer=True)
    candidates = _sentences(article)
    grams = [_grams(tokenizer.tokenize(sentence)) for sentence in candidates]
    goals = [_grams(tokenizer.tokenize(reference)) for reference in references]
    taken: list[int] = []
    reached = 0.0
    while len(taken) < min(count, len(candidates)):
        free = (index for index in range(len(candidates)) if index not in taken)
        worth, index = max((_worth([*taken, index], grams, goals), index) for index in free)
        if worth <= reached:
            break
        reached = worth
        taken.append(index)
    return [candidates[index] for index in sorted(taken)]


Grams = tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]


def _grams(tokens: Sequence[str]) -> Grams:
    return Counter((token,) for token in tokens), Counter(pairwise(tokens))


def _worth(chosen: Sequence[int], grams: Sequence[Grams], goals: Sequence[Grams]) -> float:
    total = 0.0
    for order in (0, 1):
        union: Counter[tuple[str, ...]] = Counter()
        for index in chosen:
            union.update(grams[index][order])
        for goal in goals:
            common = sum(min(many, union[gram]) for gram, many in goal[order].items())
            size = union.total() + goal[order].total()
            total += 2 * common / size if size else 0.0
    return total


def _sentences(article: Article) -> list[str]:
    body = read(article.text, article.language).body
    spans = sentences(article.text, language(article.language), start=body)
    return [span.of(article.text) for span in spans]
