"""The command itself, run as the README shows it: tokens, a Slack, and the first digest."""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import select

from bot.slack.manifest import PATH, manifest
from bot.store.database import open_database
from bot.store.delivery_tables import heard as heard_table
from bot.store.marks import Marks
from tests.fakes.bot_api.server import fake_bot_api
from tests.fakes.commands import Process, started
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.settings import APP_TOKEN, BOT_TOKEN, Settings
from tests.fakes.slack.values import BOT_ID, TEAM_ID

pytestmark = pytest.mark.slow

LISTED = """
[[sources]]
name = "news"
folder = "news"
"""
OPEN = '[access]\nmode = "open"\n'
SECRET = "0123456789abcdef" * 2
#: So long, in seconds, is waited for what a process does.
PATIENCE = 20
STORY = "Four countries agreed on one track gauge"


@dataclass
class Heard:
    """What a process has said until now."""

    process: Process
    lines: list[str] = field(default_factory=list)

    async def line(self, pattern: str) -> re.Match[str]:
        """Wait for a line of this form."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while text := await self.process.stdout.readline():
                self.lines.append(text.decode())
                if found := re.search(pattern, self.lines[-1]):
                    return found
        raise AssertionError("".join(self.lines))

    async def end(self) -> str:
        """Return all that it said, once it has ended."""
        out, _ = await asyncio.wait_for(self.process.communicate(), PATIENCE)
        return "".join(self.lines) + out.decode()


def play(scene: Callable[[FakeSlack], Awaitable[None]], *, url: str = "") -> None:
    """Play a scene with an app that was made from our manifest."""
    settings = Settings.of_manifest(manifest(beat="SCO", command="/brief", url=url))
    settings.signing_secret = SECRET

    async def run() -> None:
        async with fake_slack(settings) as slack:
            await scene(slack)

    asyncio.run(run())


def bot(
    folder: Path, slack: FakeSlack, *words: str, config: str = LISTED, **more: str
) -> AbstractAsyncContextManager[Process]:
    more.setdefault("SLACK_BOT_TOKEN", BOT_TOKEN)
    more.setdefault("SLACK_API_URL", f"{slack.url}/api/")
    return started(folder, *words, config=config, heard=True, **more)


def socket_mode(
    folder: Path, slack: FakeSlack, *words: str, config: str = LISTED
) -> AbstractAsyncContextManager[Process]:
    words = words or ("run", "--stay")
    return bot(folder, slack, *words, config=config, SLACK_APP_TOKEN=APP_TOKEN)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def first_digest(slack: FakeSlack, heard: Heard) -> None:
    """Do what the README says from the claim on, until the digest is there."""
    anna, ben = slack.user("Anna", role="admin"), slack.user("Ben")
    news = slack.channel("news", members=[anna, ben])
    code = (await heard.line(r"Who types this in Slack .*: /brief claim (\S+)$"))[1]

    anna.says(f"/brief claim {code}", in_=news)
    await slack.until(lambda: news.ephemeral_to(anna), seconds=PATIENCE)
    assert "You are the operator of this bot now." in news.ephemeral_to(anna)[-1].shown

    news.adds(slack.bot, by=anna)
    await slack.until(lambda: news.messages, seconds=PATIENCE)
    assert "I read news on SCO" in news.last.shown
    assert "08:00" in " ".join(news.last.buttons)

    said = len(news.ephemeral_to(ben))
    ben.says("/brief", in_=news)
    await slack.until(lambda: len(news.ephemeral_to(ben)) > said, seconds=PATIENCE)
    assert STORY in news.ephemeral_to(ben)[-1].shown

    ben.presses(news.ephemeral_to(ben)[-1], "Show to channel")
    await slack.until(lambda: STORY in news.last.shown, seconds=PATIENCE)

    asked = ben.says("@briefbot status", in_=news).message
    assert asked is not None
    await slack.until(lambda: asked.thread, seconds=PATIENCE)

    anna.says("brief 1")
    direct = slack.direct(anna.id)
    await slack.until(lambda: direct.messages, seconds=PATIENCE)
    assert STORY in direct.last.shown

    anna.opens_home()
    await slack.until(
        lambda: anna.id in slack.homes and "news" in anna.home.shown, seconds=PATIENCE
    )


async def known(folder: Path) -> str | None:
    """Return which bot of Slack's the archive belongs to."""
    async with open_database(folder / "data" / "briefbot.db") as database:
        return await Marks(database).of("bot.slack")


async def belongs_to(folder: Path, name: str) -> None:
    """Let the archive be another bot's."""
    async with open_database(folder / "data" / "briefbot.db") as database:
        await Marks(database).put("bot.slack", name)


def test_the_readme_s_way_leads_to_the_first_digest(tmp_path: Path) -> None:
    async def scene(slack: FakeSlack) -> None:
        async with socket_mode(tmp_path, slack) as process:
            heard = Heard(process)
            await heard.line(r"I post to this terminal and to Slack\.$")
            await heard.line(r"I post to Slack as @briefbot\.$")
            await first_digest(slack, heard)
            process.terminate()
            out = await heard.end()

        assert process.returncode == 0
        assert out.endswith("Stopped.\n")
        assert "Traceback" not in out
        assert not any(secret in out for secret in (BOT_TOKEN, APP_TOKEN, SECRET, "ticket"))

    play(scene)


async def written(folder: Path) -> None:
    """Wait until what was asked is written down, as it is some milliseconds after it is heard."""
    query = select(heard_table.c.key).where(heard_table.c.body.is_not(None))
    async with open_database(folder / "data" / "briefbot.db") as database:
        for _ in range(500):
            if await database.read(lambda connection: connection.execute(query).all()):
                return
            await asyncio.sleep(0.01)
    raise TimeoutError


def test_what_was_asked_of_a_bot_that_was_killed_is_answered_by_the_next_one(
    tmp_path: Path,
) -> None:
    async def scene(slack: FakeSlack) -> None:
        anna = slack.user("Anna", role="admin")
        news = slack.channel("news", members=[anna, slack.bot])
        async with socket_mode(tmp_path, slack, config=f"{LISTED}{OPEN}") as process:
            heard = Heard(process)
            await heard.line(r"I post to Slack as @briefbot\.$")
            await slack.until(lambda: slack.sockets.open, seconds=PATIENCE)
            slack.hangs("users.info", times=9)
            asked = anna.says("/brief help", in_=news)
            await slack.until(lambda: asked.acked and slack.called("users.info"), seconds=PATIENCE)
            await written(tmp_path)
            process.kill()
            await process.wait()
        assert news.ephemeral_to(anna) == []

        slack.is_well()
        async with socket_mode(tmp_path, slack, config=f"{LISTED}{OPEN}"):
            await slack.until(lambda: news.ephemeral_to(anna), seconds=PATIENCE)
        assert ["/brief" in one.shown for one in news.ephemeral_to(anna)] == [True]

    play(scene)


def test_slack_calls_the_bot_at_its_address_where_it_has_no_app_token(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}{PATH}"

    async def scene(slack: FakeSlack) -> None:
        given = {"SLACK_SIGNING_SECRET": SECRET, "HTTP_PORT": str(port)}
        async with bot(tmp_path, slack, "run", "--stay", **given) as process:
            heard = Heard(process)
            await heard.line(r"I post to Slack as @briefbot\.$")
            assert await slack.listens_at(url)
            await first_digest(slack, heard)
            process.terminate()
            out = await heard.end()

        assert process.returncode == 0
        assert "Traceback" not in out
        assert not any(secret in out for secret in (BOT_TOKEN, SECRET))

    play(scene, url=url)


def test_a_bot_that_could_not_hear_does_not_start(tmp_path: Path) -> None:
    async def scene(slack: FakeSlack) -> None:
        async with bot(tmp_path, slack, "run", "--stay") as process:
            out = await Heard(process).end()

        assert process.returncode == 1
        assert "SLACK_BOT_TOKEN is set, but nothing is heard from Slack." in out
        assert "Set SLACK_APP_TOKEN, too" in out

    play(scene)


def test_a_swapped_token_is_said_at_the_start(tmp_path: Path) -> None:
    async def scene(slack: FakeSlack) -> None:
        swapped = {"SLACK_BOT_TOKEN": APP_TOKEN, "SLACK_APP_TOKEN": BOT_TOKEN}
        async with bot(tmp_path, slack, "run", **swapped) as process:
            out = await Heard(process).end()

        assert process.returncode == 1
        assert "SLACK_BOT_TOKEN holds an app-level token, which begins with xapp-." in out
        assert APP_TOKEN not in out

    play(scene)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"SLACK_BOT_TOKEN": "xoxb-1-2-wrong"},
            "Slack does not accept the bot's token. Set SLACK_BOT_TOKEN to the one that",
        ),
        (
            {"SLACK_APP_TOKEN": "xapp-1-A0-1-wrong"},
            "Slack does not accept the app-level token. Set SLACK_APP_TOKEN to the one that",
        ),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Slack gives no answer at http://127"),
    ],
)
def test_a_run_that_ends_says_why_slack_does_not_take_it(
    given: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    async def scene(slack: FakeSlack) -> None:
        async with bot(
            tmp_path, slack, "run", **{"SLACK_APP_TOKEN": APP_TOKEN, **given}
        ) as process:
            out = await Heard(process).end()

        assert STORY in out
        assert out.splitlines()[-1].startswith(sentence)
        assert process.returncode == 1
        assert "wrong" not in out

    play(scene)


def test_a_run_that_ends_says_that_its_tokens_are_of_two_apps(tmp_path: Path) -> None:
    others = "xapp-1-A0000OTHER-1-fake"

    async def scene(slack: FakeSlack) -> None:
        slack.settings.app_token = others
        async with bot(tmp_path, slack, "run", SLACK_APP_TOKEN=others) as process:
            out = await Heard(process).end()

        said = "SLACK_APP_TOKEN belongs to another app than SLACK_BOT_TOKEN"
        assert out.splitlines()[-1].startswith(said)
        assert process.returncode == 1

    play(scene)


def test_the_archive_of_another_app_is_not_taken_over_unasked(tmp_path: Path) -> None:
    async def scene(slack: FakeSlack) -> None:
        async with socket_mode(tmp_path, slack, "run") as process:
            assert "End of input." in await Heard(process).end()
        assert await known(tmp_path) == f"{TEAM_ID}/{BOT_ID}"
        await belongs_to(tmp_path, "T9/B9")

        async with socket_mode(tmp_path, slack, "run") as process:
            refused = await Heard(process).end()
        assert process.returncode == 1
        assert "This database belongs to the slack bot T9/B9" in refused
        assert BOT_TOKEN not in refused

        async with socket_mode(tmp_path, slack, "run", "--adopt") as process:
            assert "End of input." in await Heard(process).end()
        assert await known(tmp_path) == f"{TEAM_ID}/{BOT_ID}"

    play(scene)


def test_a_digest_is_posted_by_hand_without_a_bot_that_runs(tmp_path: Path) -> None:
    async def scene(slack: FakeSlack) -> None:
        anna = slack.user("Anna", role="admin")
        news = slack.channel("news", members=[anna, slack.bot])
        name = f"slack:{TEAM_ID}/{news.id}"
        async with socket_mode(tmp_path, slack, "post", "--to", name) as process:
            out = await Heard(process).end()

        assert process.returncode == 0, out
        assert "part 2 of 2" in out
        assert STORY in news.last.shown
        assert [len(one.thread) for one in news.messages] == [1]
        assert news.last.metadata is not None
        assert news.last.metadata["event_type"] == "briefbot_part"

    play(scene)


def test_a_channel_that_the_bot_was_removed_from_while_it_did_not_run_is_left_alone(
    tmp_path: Path,
) -> None:
    async def scene(slack: FakeSlack) -> None:
        news = slack.channel("news", members=[])
        name = f"slack:{TEAM_ID}/{news.id}"
        async with socket_mode(tmp_path, slack, "post", "--to", name) as process:
            await Heard(process).end()
        assert (process.returncode, news.has_bot) == (0, True)

        news.removes(slack.bot)
        async with socket_mode(tmp_path, slack, "post", "--to", name) as process:
            out = await Heard(process).end()
        assert (process.returncode, news.has_bot) == (1, False)
        assert "Typing “/invite @briefbot” there mends that." in " ".join(out.split())

    play(scene)


def test_a_bot_starts_without_slack_and_is_recognised_once_it_answers(tmp_path: Path) -> None:
    async def scene(slack: FakeSlack) -> None:
        slack.goes_down()
        async with socket_mode(tmp_path, slack) as process:
            heard = Heard(process)
            await heard.line(r"End of input. I stay until I am stopped.$")
            slack.comes_back()
            await heard.line(r"I post to Slack as @briefbot\.$")
            process.terminate()
            await heard.end()
        assert process.returncode == 0

        await belongs_to(tmp_path, "T9/B9")
        slack.goes_down()
        async with socket_mode(tmp_path, slack) as process:
            heard = Heard(process)
            await heard.line(r"End of input. I stay until I am stopped.$")
            slack.comes_back()
            assert "This database belongs to the slack bot T9/B9" in await heard.end()
        assert process.returncode == 1

    play(scene)


def test_both_platforms_call_the_bot_at_one_address(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    async def statuses() -> list[int]:
        async with aiohttp.ClientSession() as session:
            found = []
            for path in ("/telegram/webhook", PATH, "/elsewhere"):
                async with session.post(f"{url}{path}", data=b"{}") as answer:
                    found.append(answer.status)
            async with session.get(f"{url}/healthz") as answer:
                return [*found, answer.status]

    async def scene(slack: FakeSlack) -> None:
        async with fake_bot_api() as api:
            given = {
                "SLACK_SIGNING_SECRET": SECRET,
                "TELEGRAM_BOT_TOKEN": api.token,
                "TELEGRAM_API_URL": api.url,
                "TELEGRAM_WEBHOOK_URL": "https://bot.example.org/telegram/webhook",
                "HTTP_PORT": str(port),
            }
            async with bot(tmp_path, slack, "run", "--stay", **given) as process:
                heard = Heard(process)
                await heard.line(r"I post to this terminal, to Telegram and to Slack\.$")
                await api.until(lambda: api.called("setWebhook"), seconds=PATIENCE)
                assert await slack.listens_at(f"{url}{PATH}")
                # Neither believes whoever is not who they say.
                assert await statuses() == [403, 401, 404, 200]
                process.terminate()
                await heard.end()
        assert process.returncode == 0

    play(scene, url=f"{url}{PATH}")
