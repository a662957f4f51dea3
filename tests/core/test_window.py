"""Today's news is what is new today, and nothing passes for newer than it is."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.values import Article, Published, Stored
from bot.core.window import choose, newest, news, oldest

NOW = datetime(2025, 9, 2, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def stored(
    published: Published | date | None, *, seen: datetime = NOW - HOUR, imported: bool = False
) -> Stored:
    when = Published(day=published) if isinstance(published, date) else published
    article = Article(id="a", source="s", text="t", published=when)
    return Stored(article=article, seen=seen, imported=imported)


def is_news(one: Stored, *, max_age_days: int = 3) -> bool:
    window = choose([one], now=NOW, max_age_days=max_age_days)
    assert window.stored == (one,)
    return window.newest is None


def at(moment: datetime) -> Published:
    return Published(day=moment.date(), at=moment)


def test_what_was_first_seen_in_the_last_day_is_news() -> None:
    assert is_news(stored(date(2025, 9, 1)))
    assert is_news(stored(None))
    assert is_news(stored(None, seen=NOW - 24 * HOUR))
    assert not is_news(stored(date(2025, 9, 1), seen=NOW - 25 * HOUR))
    assert not is_news(stored(None, seen=NOW - 25 * HOUR))


def test_what_was_published_long_ago_is_no_news_though_first_seen_today() -> None:
    assert is_news(stored(date(2025, 8, 30)))
    assert not is_news(stored(date(2025, 8, 29)))
    assert not is_news(stored(at(NOW - timedelta(days=3, seconds=1))))


def test_an_import_is_news_by_its_publication_alone() -> None:
    assert is_news(stored(date(2025, 9, 1), imported=True))
    assert not is_news(stored(date(2025, 8, 31), imported=True))
    assert is_news(stored(at(NOW - 24 * HOUR), imported=True))
    assert not is_news(stored(at(NOW - 25 * HOUR), imported=True))
    assert not is_news(stored(None, imported=True))


def test_the_import_of_a_day_that_has_begun_east_of_here_is_news() -> None:
    assert is_news(stored(date(2025, 9, 2), imported=True))
    evening = NOW.replace(hour=12)
    east = stored(date(2025, 9, 3), imported=True)

    assert choose([east], now=evening, max_age_days=3).newest is None


def test_a_date_to_come_is_trusted_no_further_than_the_first_sighting() -> None:
    future = date(2099, 1, 1)

    assert is_news(stored(future))
    assert is_news(stored(at(NOW + HOUR)))
    assert not is_news(stored(future, imported=True))
    assert not is_news(stored(at(NOW + HOUR), imported=True))
    assert choose([stored(future, imported=True)], now=NOW, max_age_days=3).newest == date(
        2025, 9, 2
    )
    seen = stored(future, seen=NOW - 50 * HOUR)
    assert choose([seen], now=NOW, max_age_days=3).newest == date(2025, 8, 31)


def test_a_day_ahead_of_utc_is_told_by_its_first_sighting() -> None:
    # Seen before its day began anywhere, and still ahead of the day in UTC.
    evening = NOW.replace(hour=12)
    east = stored(date(2025, 9, 3), seen=evening - 30 * HOUR)

    assert choose([east], now=evening, max_age_days=3).newest == date(2025, 9, 1)


def test_a_window_of_many_days_is_not_cut_by_the_age_gate() -> None:
    a_week = NOW - timedelta(days=7)
    tuesday = at(NOW - timedelta(days=6))
    before = at(a_week - HOUR)

    assert news([stored(tuesday)], now=NOW, since=a_week, max_age_days=3)
    assert not news([stored(before)], now=NOW, since=a_week, max_age_days=3)
    assert news([stored(before)], now=NOW, since=a_week, max_age_days=8)


def test_what_a_new_source_brings_is_news_since_the_window_began() -> None:
    since = NOW - timedelta(hours=5)

    assert news([stored(at(NOW - HOUR), imported=True)], now=NOW, since=since, max_age_days=3)
    assert not news(
        [stored(at(NOW - 6 * HOUR), imported=True)], now=NOW, since=since, max_age_days=3
    )


def test_without_news_the_articles_of_the_newest_day_are_chosen() -> None:
    day = stored(date(2025, 8, 20), imported=True)
    same = stored(at(datetime(2025, 8, 20, 9, tzinfo=UTC)), imported=True)
    older = stored(date(2025, 8, 19), imported=True)
    undated = stored(None, imported=True)

    window = choose([undated, older, day, same], now=NOW, max_age_days=3)

    assert window.stored == (day, same)
    assert window.newest == date(2025, 8, 20)


def test_imports_without_dates_count_when_there_is_nothing_else() -> None:
    undated = stored(None, imported=True, seen=NOW - 50 * HOUR)

    window = choose([undated], now=NOW, max_age_days=3)

    assert window.stored == (undated,)
    assert window.newest == date(2025, 8, 31)


def test_an_empty_archive_has_no_window() -> None:
    window = choose([], now=NOW, max_age_days=3)

    assert window.stored == ()
    assert window.newest is None
    assert oldest([], now=NOW) is None


def test_the_oldest_and_the_newest_day_are_those_of_publication() -> None:
    both = [stored(date(2025, 8, 1)), stored(date(2025, 8, 3)), stored(None, imported=True)]

    assert oldest(both, now=NOW) == date(2025, 8, 1)
    assert newest(both, now=NOW) == date(2025, 8, 3)


moments = st.datetimes(
    min_value=datetime(2025, 8, 20),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2025, 9, 10),  # noqa: DTZ001 - Hypothesis adds the zone
    timezones=st.just(UTC),
)
anything = st.lists(
    st.builds(
        stored,
        st.none() | st.dates() | st.dates(date(2025, 8, 20), date(2025, 9, 10)) | moments.map(at),
        seen=moments,
        imported=st.booleans(),
    )
)


@given(anything, st.integers(1, 10))
def test_the_window_holds_given_articles_in_order_and_is_empty_only_without_any(
    articles: list[Stored], age: int
) -> None:
    window = choose(articles, now=NOW, max_age_days=age)

    rest = iter(articles)
    assert all(one in rest for one in window.stored)
    assert bool(window.stored) == bool(articles)


@given(anything, st.integers(1, 10))
def test_the_newest_day_is_never_one_to_come(articles: list[Stored], age: int) -> None:
    day = choose(articles, now=NOW, max_age_days=age).newest

    assert day is None or day <= NOW.date()


@given(anything, st.integers(1, 10))
def test_news_is_never_older_than_the_age_gate(articles: list[Stored], age: int) -> None:
    window = choose(articles, now=NOW, max_age_days=age)

    gate = NOW - timedelta(days=age)
    if window.newest is None:
        for one in window.stored:
            published = one.article.published
            assert published is None or published.latest() >= gate
            assert published is not None or not one.imported


@given(anything)
def test_old_news_is_shown_only_where_there_is_no_news(articles: list[Stored]) -> None:
    news = [one for one in articles if choose([one], now=NOW, max_age_days=3).newest is None]

    window = choose(articles, now=NOW, max_age_days=3)

    if news:
        assert window.stored == tuple(news)
        assert window.newest is None
