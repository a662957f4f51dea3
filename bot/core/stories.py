"""One story from many articles: copies are one item, articles on one speech are marked."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.core.report import report
from bot.core.speeches import Speech, same, speech
from bot.core.values import Article, Brief, Story
from bot.core.words import WORD

#: Two texts are copies when so much of their runs of words is shared (Jaccard similarity).
_COPY = 0.3
#: The length of a run, in words.
_RUN = 4
#: A run that stands in more articles than this is a formula of the trade and tells nothing.
_COMMON = 50


def duplicates(articles: Sequence[Article]) -> list[tuple[Article, ...]]:
    """Return the articles in groups of near-duplicates, each led by the first of its articles.

    Of an article without a text the title is compared.
    The time grows with the number of shared runs of words, not with the number of pairs.
    """
    places: dict[int, list[int]] = {}
    sizes: list[int] = []
    groups: list[list[Article]] = []
    for article in articles:
        runs = _runs(article.text or article.title or "")
        shared: Counter[int] = Counter()
        for run in runs:
            shared.update(places.get(run, ())[:_COMMON])
        home = next(
            (
                number
                for number, count in shared.most_common()
                if count >= _COPY * (len(runs) + sizes[number] - count)
            ),
            None,
        )
        if home is not None:
            groups[home].append(article)
            continue
        for run in runs:
            places.setdefault(run, []).append(len(groups))
        sizes.append(len(runs))
        groups.append([article])
    return [tuple(group) for group in groups]


def group(
    briefs: Sequence[Brief], copies: Mapping[str, Sequence[Article]] | None = None
) -> tuple[Story, ...]:
    """Return the stories of the briefs, numbered in the order given.

    Copies, where given, holds the near-duplicates of each brief's article by its id; without it
    they are looked for among the briefs themselves.
    """
    if copies is None:
        found = duplicates([brief.article for brief in briefs])
        copies = {articles[0].id: articles for articles in found}
    leads = [brief for brief in briefs if brief.article.id in copies]
    speeches = [speech(report(brief.article)) for brief in leads]
    return tuple(
        Story(
            number=number,
            brief=brief,
            articles=tuple(article.id for article in copies[brief.article.id]),
            publishers=_publishers(copies[brief.article.id]),
            same_speech=_others(number, speeches),
        )
        for number, brief in enumerate(leads, start=1)
    )


def _runs(text: str) -> set[int]:
    words = [word.lower() for word in WORD.findall(text)]
    if len(words) < _RUN:
        # What has no words at all is no copy of anything.
        return {hash(tuple(words))} if words else set()
    return {hash(tuple(words[i : i + _RUN])) for i in range(len(words) - _RUN + 1)}


def _publishers(articles: Sequence[Article]) -> tuple[str, ...]:
    names = dict.fromkeys(article.publisher or article.source for article in articles)
    return tuple(name for name in names if name)


def _others(number: int, speeches: Sequence[Speech | None]) -> tuple[int, ...]:
    own = speeches[number - 1]
    if own is None:
        return ()
    return tuple(
        other
        for other, spoken in enumerate(speeches, start=1)
        if other != number and spoken is not None and same(own, spoken)
    )
