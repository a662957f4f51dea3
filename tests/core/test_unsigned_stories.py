"""A story whose article names neither a publisher nor a source says none."""

from bot.core.brief import brief
from bot.core.compose import stories_blocks
from bot.core.page import Note, Plain
from bot.core.phrases import publishers_of
from bot.core.stories import group
from bot.core.values import Article
from bot.core.wording import English
from tests.fakes.press import NOW

ARTICLE = Article(id="07.txt", source="", text="Ministers of ten states met in Osh on Monday.")


def test_a_brief_of_a_file_names_no_publisher() -> None:
    (story,) = group([brief(ARTICLE, lines=3)])

    *_, note = stories_blocks([story], lines=3, today=NOW.date(), words=English())

    assert (story.publishers, publishers_of(story)) == ((), ())
    assert note == Note((Plain("no date"),))
