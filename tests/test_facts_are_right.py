"""What is taken out of the labelled articles is right, and little of it is missed."""

import pytest

from bot.core.facts import facts
from bot.core.report import report
from bot.core.values import Article
from bot.core.wire import read
from tests import labels, scoring

#: A wrong fact is worse than a missing one.
PRECISION, RECALL = 0.97, 0.85


@pytest.mark.parametrize("kind", ["quotes", "figures", "events"])
def test_facts_are_right_and_few_are_missed(kind: str) -> None:
    tally = scoring.Tally()
    for path in sorted(labels.FOLDER.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        frame = read(text, "en")
        article = Article(id=path.name, source="labelled", text=text, published=frame.published)
        found = scoring.score(labels.read(path), facts(report(article)))
        tally += getattr(found, kind)

    assert tally.precision >= PRECISION
    assert tally.recall >= RECALL
