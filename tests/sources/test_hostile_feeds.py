"""Whatever a feed serves is named in its health, hurts nothing stored, and stops no other feed."""

import asyncio
import gzip
import shutil
import ssl
import subprocess
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.app.feed import FeedSetting
from bot.core.faults import Reading, failing_words, faults_words
from bot.core.health import Health, Reason, Standing
from bot.core.values import Article
from bot.core.wording import English
from tests.fakes.fed import SETTINGS, Fed, fed, feed
from tests.fakes.feed_server import (
    Answer,
    FeedServer,
    Site,
    cut,
    drip,
    endless,
    feed_server,
    hang,
    page,
    raw,
    redirect,
)
from tests.fakes.feed_texts import Entry, atom, entries, rss

pytestmark = pytest.mark.slow

OPENSSL = shutil.which("openssl")
MAKE = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=x -keyout key.pem -out certificate.pem"
#: A second for each feed, and a megabyte.
STRICT = f"{SETTINGS}\nseconds = 1\nmax_megabytes = 1\n"
WORDS = English()

NEWS = rss(entries(3))
HTML = b"<!doctype html><html><head><title>%s</title></head><body>%s</body></html>"
LOGIN = HTML % (b"Sign in", b"<form><input name=user><input type=password name=p></form>")
BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "%s">%s]>
<rss version="2.0"><channel><title>N</title><item><title>&z;</title></item></channel></rss>""" % (
    b"a" * 1000,
    b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghijz"
    ).replace(b"&y;", b"&j;"),
)
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>N</title><item><title>&a; root</title></item></channel></rss>"""
GZIP = {"Content-Encoding": "gzip"}

#: What cannot be read at all, and why.
FAILING: Mapping[str, tuple[Callable[[], Answer], Reason]] = {
    "not XML": (lambda: page(b"what <is this> & that"), Reason.NOT_A_FEED),
    "a page": (
        lambda: page(HTML % (b"Home", b"<h1>Welcome</h1>"), kind="text/html"),
        Reason.NOT_A_FEED,
    ),
    "a login page": (lambda: page(LOGIN, kind="text/html"), Reason.LOGIN_PAGE),
    "a picture": (lambda: page(b"\x89PNG\r\n\x1a\n" + bytes(100)), Reason.NOT_A_FEED),
    "nothing": (lambda: page(b""), Reason.EMPTY),
    "an entity bomb": (lambda: page(BOMB), Reason.ENTITIES),
    "an entity of a file": (lambda: page(OUTSIDE), Reason.ENTITIES),
    "200 MB": (
        lambda: endless(bytes(65536), headers={"Content-Length": "200000000"}),
        Reason.TOO_LARGE,
    ),
    "an endless stream": (lambda: endless(b"<item>" * 9999), Reason.TOO_LARGE),
    "a gzip bomb": (lambda: page(gzip.compress(bytes(30_000_000)), headers=GZIP), Reason.TOO_LARGE),
    "cut off": (lambda: cut(NEWS, after=300), Reason.BAD_ANSWER),
    "no HTTP": (lambda: raw(b"SSH-2.0-OpenSSH_9.6\r\n"), Reason.BAD_ANSWER),
    "a closed door": (lambda: raw(b""), Reason.BAD_ANSWER),
    "silence": (hang, Reason.NO_ANSWER),
    "silence after the head": (lambda: hang(head=True), Reason.NO_ANSWER),
    "drop by drop": (lambda: drip(NEWS, pieces=100, seconds=60), Reason.NO_ANSWER),
    "not found": (lambda: page(b"", status=404), Reason.HTTP_ERROR),
    "broken": (lambda: page(b"", status=503), Reason.HTTP_ERROR),
    "too often": (
        lambda: page(b"", status=429, headers={"Retry-After": "7200"}),
        Reason.TOO_MANY_REQUESTS,
    ),
    "gone": (lambda: page(b"", status=410), Reason.GONE),
    "round and round": (lambda: redirect("/feed.xml"), Reason.REDIRECTED_TOO_OFTEN),
    "to a file": (lambda: redirect("file:///etc/passwd"), Reason.FORBIDDEN_ADDRESS),
    "to this machine": (lambda: redirect("http://127.0.0.1:22/"), Reason.FORBIDDEN_ADDRESS),
}


def russian(text: bytes) -> bytes:
    return text.replace(b"<title>", b"<title>\xcf\xf0\xe8\xe2\xe5\xf2 ", 3)


def dated(item: Entry, year: int) -> Entry:
    return replace(item, published=item.published.replace(year=year))


def scripted(item: Entry) -> Entry:
    title = '<b>Grain</b> <script>alert("x")</script> is dear <img onerror=y>'
    return replace(item, title=title)


def some(number: int, count: int = 3) -> list[Entry]:
    """Return news of a host of its own: the same article in two feeds is one."""
    return entries(count, host=f"https://site{number}.example")


#: What is read as far as it goes: how many articles come of it, and what is said of it.
READ: Mapping[str, tuple[Callable[[list[Entry]], Answer], int, set[Reason]]] = {
    "truncated": (lambda it: page(rss(it)[: len(rss(it)) * 3 // 4]), 2, {Reason.BROKEN_FEED}),
    "a wrong label": (
        lambda it: page(russian(rss(it)), kind="application/xml; charset=utf-8"),
        3,
        set(),
    ),
    "plain, labelled as gzip": (lambda it: page(rss(it), headers=GZIP), 3, set()),
    "1970 and 2099": (
        lambda it: page(rss([dated(it[0], 1970), dated(it[1], 2099), it[2]])),
        3,
        {Reason.BAD_DATE, Reason.FUTURE_DATE},
    ),
    "scripts in titles": (lambda it: page(rss([scripted(it[0])])), 1, set()),
    "one guid for all": (lambda it: page(rss([replace(one, guid="1") for one in it])), 3, set()),
    "items twice": (lambda it: page(atom([*it, *it])), 3, set()),
    "neither title nor text": (
        lambda it: page(rss([replace(it[0], title="", summary=""), it[1]])),
        1,
        {Reason.NO_TEXT},
    ),
}


def keep(promise: Callable[[FeedServer], Awaitable[None]]) -> None:
    """Keep a promise beside a server."""

    async def run() -> None:
        async with feed_server() as server:
            await promise(server)

    asyncio.run(run())


def parts() -> dict[str, Answer]:
    return {name: make(some(n)) for n, (name, (make, _, _)) in enumerate(READ.items())}


async def opened(server: FeedServer, answers: Mapping[str, Answer]) -> dict[str, Site]:
    """Return a site for each answer, by its name."""
    return {name: await server.site({"/feed.xml": answer}) for name, answer in answers.items()}


def settings(sites: Mapping[str, Site]) -> list[FeedSetting]:
    return [feed(name, site.url()) for name, site in sites.items()]


async def stored(it: Fed) -> dict[str, list[Article]]:
    """Return what the archive holds of each source."""
    found: dict[str, list[Article]] = {}
    for one in await it.archive.articles():
        found.setdefault(one.article.source, []).append(one.article)
    return found


def reasons(health: Health) -> set[Reason]:
    return {fault.reason for fault in health.faults}


def test_what_cannot_be_read_is_named_and_the_round_goes_on(tmp_path: Path) -> None:
    async def promise(server: FeedServer) -> None:
        answers = {name: make() for name, (make, _) in FAILING.items()}
        sites = await opened(server, {**answers, "sound": page(NEWS)})
        async with fed(tmp_path, settings(sites), text=STRICT) as it:
            readings = await it.round()
            healths = await it.healths()

            failing = {name: one.failing and one.failing.reason for name, one in healths.items()}
            assert failing == {
                **{name: reason for name, (_, reason) in FAILING.items()},
                "sound": None,
            }
            assert readings["sound"].new == 3
            assert set(await stored(it)) == {"sound"}
            for name in FAILING:
                assert failing_words(healths[name], WORDS).startswith(f"{name}: ")
            assert healths["gone"].standing is Standing.RETIRED

    keep(promise)


def test_what_can_be_read_in_part_is_read_and_the_rest_is_named(tmp_path: Path) -> None:
    async def promise(server: FeedServer) -> None:
        sites = await opened(server, parts())
        async with fed(tmp_path, settings(sites), text=STRICT) as it:
            await it.round()
            healths, found = await it.healths(), await stored(it)

            assert {
                name: (len(found.get(name, [])), reasons(health))
                for name, health in healths.items()
            } == {name: (count, said) for name, (_, count, said) in READ.items()}
            for health in healths.values():
                assert bool(health.faults) == bool(faults_words(health.faults, WORDS))
            (script,) = found["scripts in titles"]
            assert script.title is not None
            assert "<" not in script.title
            assert "alert" not in script.title
            assert all("Привет" in (one.title or "") for one in found["a wrong label"][:2])
            assert not any(
                one.published and one.published.day.year in {1970, 2099}
                for one in found["1970 and 2099"]
            )

    keep(promise)


def test_a_feed_of_ten_thousand_items_brings_its_newest(tmp_path: Path) -> None:
    async def promise(server: FeedServer) -> None:
        site = await server.site({"/feed.xml": page(rss(entries(10_000, summary=0)))})
        async with fed(tmp_path, [feed("huge", site.url())]) as it:
            reading = (await it.round())["huge"]

            assert reading.new == 500
            assert {fault.reason for fault in reading.faults} == {Reason.TOO_LARGE}

    keep(promise)


def test_nothing_stored_is_harmed_and_recovery_announces_nothing_twice(tmp_path: Path) -> None:
    async def promise(server: FeedServer) -> None:
        names = [*READ, *FAILING]
        news = {name: page(rss(some(number))) for number, name in enumerate(names)}
        sites = await opened(server, news)
        async with fed(tmp_path, settings(sites), text=STRICT) as it:
            await it.round()
            before = await stored(it)
            for name, (make, _) in FAILING.items():
                sites[name].pages["/feed.xml"] = make()
            for name, partly in parts().items():
                sites[name].pages["/feed.xml"] = partly
            await asyncio.sleep(1.1)  # the manners between two requests
            await it.round()
            during = await stored(it)
            for name in FAILING:
                assert during[name] == before[name], name
            for name in READ:
                assert {one.id for one in before[name]} <= {one.id for one in during[name]}, name

            for name, site in sites.items():
                site.pages["/feed.xml"] = news[name]
            await asyncio.sleep(1.1)
            readings = await it.round()
            assert {name: one.new for name, one in readings.items() if one.new} == {}
            healths = await it.healths()
            assert [name for name, one in healths.items() if one.failing] == []

    keep(promise)


# The same news


def changed_ids(items: list[Entry]) -> list[Entry]:
    return [replace(one, guid=f"new-{one.guid}") for one in items]


def changed_dates(items: list[Entry]) -> list[Entry]:
    return [replace(one, published=one.published.replace(day=5)) for one in items]


def changed_links(items: list[Entry]) -> list[Entry]:
    return [replace(one, link=f"{one.link}?utm_source=rss&fbclid=9#top") for one in items]


def moved_links(items: list[Entry]) -> list[Entry]:
    return [replace(one, link=one.link.replace("/articles/", "/a/")) for one in items]


def changed_words(items: list[Entry]) -> list[Entry]:
    return [replace(one, title=f"UPDATE: {one.title}") for one in items]


CHANGES = [changed_ids, changed_dates, changed_links, moved_links, changed_words, list.copy]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_news_is_announced_once_however_its_feed_changes(
    tmp_path: Path, change: Callable[[list[Entry]], list[Entry]]
) -> None:
    async def promise(server: FeedServer) -> None:
        site = await server.site({"/feed.xml": page(rss(entries(5)))})
        async with fed(tmp_path, [feed("wire", site.url())]) as it:
            first = (await it.round())["wire"]
            before = {one.article.id: one for one in await it.archive.articles()}
            site.pages["/feed.xml"] = page(rss(change(entries(5))))
            await asyncio.sleep(1.1)
            second = (await it.round())["wire"]
            after = {one.article.id: one for one in await it.archive.articles()}

            assert (first.new, second.new) == (5, 0)
            assert set(after) == set(before)
            assert all(after[name].seen == one.seen for name, one in before.items())
            assert all(
                published(after[name].article) <= published(one.article)
                for name, one in before.items()
            )

    keep(promise)


def published(article: Article) -> datetime:
    assert article.published
    return article.published.latest()


def test_a_feed_that_is_set_up_again_announces_nothing_again(tmp_path: Path) -> None:
    async def promise(server: FeedServer) -> None:
        old = await server.site({"/feed.xml": page(rss(entries(5)))})
        new = await server.site({"/feed.xml": page(rss(entries(5)))})
        async with fed(tmp_path, [feed("wire", old.url())]) as it:
            await it.round()
        async with fed(tmp_path, [feed("wire", new.url())]) as it:
            again = (await it.round())["wire"]

            assert (again.new, again.articles) == (0, 5)
            assert new.count() == 1

    keep(promise)


# The way there


@pytest.mark.skipif(OPENSSL is None, reason="openssl makes the certificate")
def test_a_certificate_that_nobody_vouches_for_is_named(tmp_path: Path) -> None:
    command = [OPENSSL or "", *MAKE.split()]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")

    async def promise(server: FeedServer) -> None:
        site = await server.site({"/feed.xml": page(NEWS)}, tls=context)
        async with fed(tmp_path, [feed("mine", site.url())]) as it:
            assert reason((await it.round())["mine"]) is Reason.BAD_CERTIFICATE

    keep(promise)


def reason(reading: Reading) -> Reason | None:
    return reading.failing.reason if reading.failing else None


def test_a_host_that_nobody_knows_is_named(tmp_path: Path) -> None:
    async def promise(server: FeedServer) -> None:
        del server
        async with fed(tmp_path, [feed("lost", "http://feeds.invalid/rss")]) as it:
            assert reason((await it.round())["lost"]) is Reason.NO_SUCH_HOST

    keep(promise)


def test_a_proxy_in_the_environment_is_not_used_and_is_named_where_nothing_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def promise(server: FeedServer) -> None:
        proxy = await server.site({"/feed.xml": page(LOGIN, kind="text/html")})
        site = await server.site({"/feed.xml": page(NEWS)})
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url(""))
        lost = feed("lost", "http://feeds.invalid/rss")
        async with fed(tmp_path, [feed("wire", site.url()), lost]) as it:
            readings = await it.round()

            assert readings["wire"].new == 3
            assert proxy.opened == 0
            failing = readings["lost"].failing
            assert failing
            assert "HTTP_PROXY" in failing.hint

    keep(promise)


# However a round ends


def test_a_round_that_is_stopped_leaves_all_consistent(tmp_path: Path) -> None:
    async def promise(server: FeedServer) -> None:
        news = {f"feed {number}": page(rss(some(number, 5))) for number in range(30)}
        slow = drip(NEWS, pieces=9, seconds=20)
        sites = await opened(server, {**news, "feed 0": slow})
        async with fed(tmp_path, settings(sites)) as it:
            heard: list[str] = []
            enough = asyncio.Event()

            def tell(reading: Reading) -> None:
                heard.append(reading.source)
                if len(heard) > 10:
                    enough.set()

            round_ = asyncio.create_task(it.feeds.round(it.settings, tell=tell))
            await enough.wait()
            round_.cancel()
            await asyncio.wait({round_})
        sites["feed 0"].pages["/feed.xml"] = news["feed 0"]
        async with fed(tmp_path, settings(sites)) as it:
            before = {name: len(some) for name, some in (await stored(it)).items()}
            await asyncio.sleep(1.1)
            readings = await it.round()

            assert set(heard) <= set(before)
            assert {name: one.new for name, one in readings.items()} == {
                name: 5 - before.get(name, 0) for name in sites
            }

    keep(promise)
