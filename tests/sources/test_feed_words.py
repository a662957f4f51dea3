import pytest

from bot.core.beginning import LONGEST_TEXT
from bot.core.values import Extent
from bot.sources import feed_words
from bot.sources.feed_entry import Entry, Marked

ARTICLE = "\n".join(
    f"<p>Ministers met on day {day} to speak of trade, water and railways in the region.</p>"
    for day in range(1, 9)
)
PARAGRAPHS = [line[3:-4] for line in ARTICLE.split("\n")]


def read(content: str = "", summary: str = "", title: str | None = None) -> tuple[str, Extent]:
    return feed_words.text(Entry(content=Marked(content), summary=Marked(summary)), title)


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Leaders  meet\n in Tianjin ", "Leaders meet in Tianjin"),
        ("<b>Leaders</b> meet<br/>", "Leaders meet"),
        ("AT&amp;T &#8220;grows&#8221;", "AT&T “grows”"),
        ("AT&amp;amp;T", "AT&amp;T"),
        ("Growth < 5% & falling > slowly", "Growth < 5% & falling > slowly"),
        ("Leaders<script>alert('x')</script>", "Leaders"),
        ("Leaders<style>p {}", "Leaders"),
        ("Lead<!-- a note -->ers", "Leaders"),
        ("<img src=x onerror=alert(1)>Leaders", "Leaders"),
        ("Lead\u00aders\u200b \u202emeet\u202c", "Leaders meet"),
        ("<b></b>", None),
        (" ", None),
    ],
)
def test_a_title_is_words_on_one_line(printed: str, title: str | None) -> None:
    assert feed_words.title(Marked(printed)) == title


def test_a_title_that_is_plain_keeps_its_signs() -> None:
    assert feed_words.title(Marked("Use <b> & &amp;", is_markup=False)) == "Use <b> & &amp;"


def test_a_long_title_is_cut_between_words() -> None:
    title = feed_words.title(Marked("Leaders meet " * 40))
    signs = feed_words.title(Marked("会" * 400))

    assert title is not None
    assert title.endswith(("meet…", "Leaders…"))
    assert len(title) <= 300
    assert signs == "会" * 299 + "…"


def test_a_content_of_many_words_is_the_article() -> None:
    assert read(ARTICLE, "Ministers met.") == ("\n\n".join(PARAGRAPHS), Extent.WHOLE)


@pytest.mark.parametrize(
    ("end", "last"),
    [
        (" and […]", "and …"),
        (" and...", "and …"),
        (" [&#8230;]", "region."),
        (" … <a href='/'>Continue reading</a>", "region."),
        (" <a href='/'>Continue reading Leaders meet &#8594;</a>", "region."),
        ("<p>Read more</p>", "region."),
        ("<p>Continue reading Leaders meet &#8594;</p>", "region."),
        ("<p>Читать далее</p>", "region."),
        ("<p>阅读全文</p>", "region."),
    ],
)
def test_a_content_that_goes_on_elsewhere_is_a_teaser(end: str, last: str) -> None:
    text, extent = read(f"{ARTICLE.removesuffix('</p>')}{end}")

    assert extent is Extent.TEASER
    assert text.split("\n\n")[:-1] == PARAGRAPHS[:-1]
    assert text.endswith(last)


def test_a_short_content_is_a_teaser() -> None:
    assert read("<p>Ministers met.</p>") == ("Ministers met.", Extent.TEASER)


def test_a_short_content_is_the_article_where_its_format_says_so() -> None:
    entry = Entry(content=Marked("<p>Ministers of six states met in Tashkent.</p>"), is_whole=True)
    title = Entry(content=Marked("<p>Leaders meet</p>"), is_whole=True)

    assert feed_words.text(entry, None)[1] is Extent.WHOLE
    assert feed_words.text(title, "Leaders meet") == ("", Extent.HEADLINE)


def test_of_a_content_without_end_the_beginning_is_kept_and_called_so() -> None:
    text, extent = read(f"{ARTICLE}\n" * 400)

    assert LONGEST_TEXT // 2 < len(text) <= LONGEST_TEXT
    assert set(text.split("\n\n")) == set(PARAGRAPHS)
    assert extent is Extent.TEASER


def test_the_longer_of_two_teasers_is_taken() -> None:
    assert read("Short.", "Ministers met in Tashkent.")[0] == "Ministers met in Tashkent."
    assert read("Ministers met in Tashkent.", "Short.")[0] == "Ministers met in Tashkent."


def test_a_description_as_long_as_an_article_is_one() -> None:
    assert read(summary=ARTICLE * 3)[1] is Extent.WHOLE
    assert read(summary=ARTICLE)[1] is Extent.TEASER


def test_chinese_is_counted_by_its_signs() -> None:
    assert read(f"<p>{'上海合作组织' * 30}。</p>")[1] is Extent.WHOLE
    assert feed_words.count("上海合作组织 member states") == 3 + 3


@pytest.mark.parametrize(
    "summary",
    [
        "",
        " ",
        "<p></p>",
        "Leaders meet in Tianjin",
        "LEADERS MEET IN TIANJIN!",
        "Leaders meet in",
        '<a href="https://n.example">Leaders meet in Tianjin</a>&nbsp;<font>Trend</font>',
        "<img src='x.jpg'>",
        "Read more",
        "…",
    ],
)
def test_a_text_that_repeats_its_title_is_none(summary: str) -> None:
    assert read(summary=summary, title="Leaders meet in Tianjin") == ("", Extent.HEADLINE)


def test_a_title_above_its_text_is_no_part_of_it() -> None:
    summary = "<h2>Leaders meet</h2><p>Ministers came as well.</p>"

    assert read(summary=summary, title="Leaders meet") == (
        "Ministers came as well.",
        Extent.TEASER,
    )


@pytest.mark.parametrize(
    "footer",
    [
        'The post <a href="/">Leaders meet</a> appeared first on <a href="/">The News</a>.',
        "This article was originally published on The News.",
        "Сообщение Встреча появились сначала на Новости.",
        "Comments",
        "Read more: Ministers resign",
    ],
)
def test_what_a_sites_software_adds_is_left_out(footer: str) -> None:
    assert read(f"{ARTICLE}<p>{footer}</p>") == ("\n\n".join(PARAGRAPHS), Extent.WHOLE)


@pytest.mark.parametrize(
    "last",
    ["More than 500 delegates came.", "Read in Tashkent, the speech was long.",
     "The post office appeared in 1900.", "He asked them to read more."],
)  # fmt: skip
def test_a_sentence_that_looks_like_it_stays(last: str) -> None:
    assert read(f"{ARTICLE}<p>{last}</p>")[0].endswith(last)


def test_quotations_keep_their_marks_and_what_is_not_shown_is_left_out() -> None:
    text, _ = read(
        "<script>x()</script><p>He said: “We will go on.”</p><blockquote>And soon.</blockquote>"
        "<figure><img src=x><figcaption>Photo: Trend</figcaption></figure>"
    )

    assert text == "He said: “We will go on.”\n\n“And soon.”"


def test_plain_text_keeps_its_paragraphs() -> None:
    text = feed_words.text(Entry(content=Marked("One\nline <b>.\n\nTwo.", is_markup=False)), None)[
        0
    ]

    assert text == "One line <b>.\n\nTwo."
