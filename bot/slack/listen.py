"""The ear of the bot on Slack: what is typed and pressed there is answered."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import assert_never

from bot.app.access import Access
from bot.app.crowd import UNNOTED, Steps
from bot.app.hands import Hands
from bot.app.lines import Lines
from bot.app.outbox import Tell
from bot.app.reply import Replies
from bot.app.throttle import Throttle, Verdict
from bot.app.tongues import Tongues
from bot.app.welcome import Welcome
from bot.core.ask import Ask
from bot.core.errors import BriefbotError, StoreError
from bot.core.greeting_pages import flooded_page
from bot.core.page import Inline, Page
from bot.core.subscription import Destination
from bot.core.trouble_pages import trouble_page
from bot.core.wording import Words
from bot.slack.askers import Askers
from bot.slack.asks import Asks
from bot.slack.client import Me
from bot.slack.connection import Connection
from bot.slack.ephemeral import Corner, Ephemeral
from bot.slack.heard import (
    Archived,
    Came,
    Clicked,
    Heard,
    Linked,
    Manner,
    Moved,
    Opened,
    Pressed,
    Submitted,
    Typed,
    Uninstalled,
    Went,
)
from bot.slack.jobs import Asked, Job, Windows
from bot.slack.members import Members
from bot.slack.people import People
from bot.slack.presses import Presses
from bot.slack.speaking import Speaking, Spot
from bot.slack.turns import Turns

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ear:
    """Hears what people do and answers it."""

    line: Connection
    #: Who the bot is; it is asked once the room knows.
    me: Callable[[], Me]
    #: Never raises ``StoreError``.
    answer: Callable[[Ask], Awaitable[Page]]
    replies: Replies
    access: Access
    welcome: Welcome
    people: People
    surfaces: Windows
    throttle: Throttle
    #: The operator's name as people see it, where it is known.
    contact: Inline | None
    tongues: Tongues
    #: What answers are made with; while the replies wait they hold none.
    hands: Hands
    #: Tells the operator.
    tell: Tell
    #: Who asks alone is told after so many seconds that the answer takes longer.
    soon: float = 4.0
    _shown: dict[tuple[Destination, str], None] = field(default_factory=dict)
    #: The workspaces that the app was taken out of, as the operator was told.
    _gone: set[str] = field(default_factory=set)

    async def hand(self, heard: Heard, lines: Lines[Job], steps: Steps = UNNOTED) -> None:
        """Bring what was heard to its line; what can open a window has one of its own.

        It is done once it was worked on, whatever came of it but trouble of our own.
        """
        if not isinstance(heard, Went | Archived | Moved | Uninstalled):
            # The app is there again, if it was taken out.
            self._gone.clear()
        await self._turns.hand(heard, lines, steps)

    async def work(self, job: Job) -> None:
        """Do what follows from what was heard; trouble is said where it happened."""
        async with job.steps.turn() as its_turn:
            if its_turn and await self._worked(job):
                job.steps.done()

    async def _worked(self, job: Job) -> bool:
        """Work, and say whether nothing is left to do."""
        try:
            await self._work(job)
        except BriefbotError as error:
            log.error("What was heard on Slack was not done. %s", error)  # noqa: TRY400 - the sentence says all
            if not isinstance(job.heard, Asked):
                return False
            await self._trouble(job.heard, job.since, error)
        return True

    async def _work(self, job: Job) -> None:
        heard = job.heard
        match heard:
            case Typed() | Pressed() | Linked():
                await self._asked(heard, job)
            case Clicked() | Submitted() if job.verdict is Verdict.SAY:
                await self.surfaces.flooded(heard)
            case Opened():
                await self.surfaces.opened(heard)
            case Clicked():
                await self.surfaces.clicked(heard)
            case Submitted():
                await self.surfaces.submitted(heard)
            case Came() | Went() | Archived() | Moved():
                page = await self._members().stands(heard)
                await self.surfaces.stands(heard)
                if page is not None:
                    await self.replies.send(heard.place.whole, page)
            case Uninstalled():
                await self._uninstalled(heard)
            case _:
                assert_never(heard)

    async def _uninstalled(self, heard: Uninstalled) -> None:
        """Tell the operator once, though Slack tells it of the app and of its token."""
        if heard.workspace in self._gone:
            return
        self._gone.add(heard.workspace)
        await self.tell.tell(
            f"The app was taken out of the Slack workspace {heard.workspace}: nothing is posted"
            " there until it is installed again. What its channels have set is kept."
        )

    async def _asked(self, heard: Asked, job: Job) -> None:
        verdict = self._turns.judged(heard, job)
        if verdict is Verdict.IGNORE:
            return
        spot, asks = await self._spot(heard, job.since), self._asks()
        if verdict is Verdict.SAY:
            await asks.speaking.answer(spot, flooded_page(words=spot.words))
            return
        match heard:
            case Typed():
                await asks.typed(heard, spot)
            case Linked():
                await asks.linked(heard, spot)
            case Pressed():
                edit = self.line.channel.edit
                await Presses(asks=asks, edit=edit, shown=self._shown).work(heard, spot)
            case _:
                assert_never(heard)

    async def _spot(self, heard: Asked, since: float) -> Spot:
        """Return where it is answered. Raises ``StoreError``."""
        place, person = heard.place, heard.person
        if isinstance(heard, Typed) and heard.manner is Manner.DIRECT:
            self.people.met(person, place)
        return Spot(
            corner=Corner(place=place, person=person, url=heard.url, since=since),
            alone=await self._alone(heard),
            words=await self._askers().words(person, place),
        )

    async def _alone(self, heard: Asked) -> bool:
        """Say whether the answer is for the person alone: in their own chat all is."""
        if isinstance(heard, Pressed):
            return heard.private or not heard.place.is_direct
        if isinstance(heard, Typed) and heard.manner is not Manner.COMMAND:
            return False
        return not await self.people.is_own(heard.person, heard.place)

    async def _trouble(self, heard: Asked, since: float, error: BriefbotError) -> None:
        """Say what went wrong, whatever can be known of the place."""
        words = await self._words(heard)
        page = trouble_page(error, words=words)
        public = isinstance(heard, Typed) and heard.manner is not Manner.COMMAND
        if public:
            await self.replies.send(heard.place.destination, page, flat=True)
            return
        corner = Corner(place=heard.place, person=heard.person, url=heard.url, since=since)
        await self._ephemeral().say(corner, page, words=words)

    async def _words(self, heard: Asked) -> Words:
        """Return the words that are spoken there, else the usual ones."""
        try:
            return await self._askers().words(heard.person, heard.place)
        except StoreError:
            return self.tongues.words(self.tongues.otherwise)

    @property
    def _turns(self) -> Turns:
        return Turns(self.throttle)

    def _askers(self) -> Askers:
        return Askers(self.people, self.tongues)

    def _ephemeral(self) -> Ephemeral:
        return Ephemeral(
            line=self.line, me=self.me, replies=self.replies, seconds=self.throttle.seconds
        )

    def _members(self) -> Members:
        return Members(
            access=self.access,
            welcome=self.welcome,
            people=self.people,
            contact=self.contact,
            tongues=self.tongues,
        )

    def _asks(self) -> Asks:
        speaking = Speaking(
            ephemeral=self._ephemeral(),
            replies=self.replies,
            saving=self.welcome.saving,
            may=self.people.admit,
        )
        return Asks(
            me=self.me,
            ask=self.answer,
            access=self.access,
            askers=self._askers(),
            members=self._members(),
            speaking=speaking,
            window=self.surfaces.open,
            hands=self.hands,
            soon=self.soon,
        )
