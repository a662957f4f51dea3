"""Who may do what: people and conversations as Slack tells of them, asked once in some minutes."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from slack_sdk.web.async_client import AsyncWebClient

from bot.app.lately import Lately
from bot.core.alone_pages import keepers_words
from bot.core.wording import Words
from bot.slack.client import ComplaintError, Me, answered
from bot.slack.heard import Person, Place
from bot.slack.reading import Body, body_at, list_at, text_at

#: So long, in seconds, holds what Slack told: who was made an admin waits no longer.
FRESH = 180.0
#: The same of what never changes: which conversation a person has with the bot.
_ALWAYS = 86_400.0
#: How Slack says that the bot is not there, or may not know of it.
_ABSENT = frozenset({"channel_not_found", "not_in_channel"})

log = logging.getLogger(__name__)


class Presence(Enum):
    """Whether the bot is in a conversation."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    #: Slack does not say.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Profile:
    """A person of the workspace."""

    #: As others see it; no @name, for nothing calls them.
    name: str
    #: Whether they keep the workspace: an admin or an owner.
    keeper: bool
    #: Whether they are a guest there, or belong to another workspace.
    guest: bool
    #: An IETF tag; empty when not told.
    language: str
    #: A time zone, an IANA name; empty when not told.
    zone: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation of the workspace."""

    inside: bool
    #: The id of who made it; empty for nobody.
    creator: str = ""
    #: Without "#".
    name: str = ""


class People:
    """Asks Slack who somebody is. Only ``admit`` and ``is_operator`` raise, ``StoreError``."""

    def __init__(
        self,
        questions: AsyncWebClient,
        *,
        me: Callable[[], Me],
        admins: frozenset[str],
        operator: Callable[[], Awaitable[str]],
        seconds: Callable[[], float],
    ) -> None:
        """Ask through the client; seconds only go forward.

        ``admins`` are those whom the operator lists, ``operator`` is who has claimed the bot, all
        by their names as ``Person.name`` has them.
        """
        self._questions = questions
        self._me = me
        self._admins = admins
        self._operator = operator
        self._profiles: Lately[str, Profile] = Lately(seconds, FRESH)
        self._conversations: Lately[str, Conversation] = Lately(seconds, FRESH)
        self._own: Lately[str, str] = Lately(seconds, _ALWAYS)

    async def admit(self, person: Person, place: Place) -> bool | None:
        """Say whether the person may change the settings there; None where Slack does not say.

        Those are whom the operator lists, who has claimed the bot, who keeps the workspace and who
        made the channel; alone with the bot, the person. Guests never, nor people of elsewhere.
        """
        if person.name in self._admins or await self.is_operator(person):
            return True
        if person.workspace != self._me().workspace:
            return False
        profile = await self.profile(person)
        if profile is None or profile.guest:
            return None if profile is None else False
        if place.is_direct:
            own = await self._own_of(person)
            return None if own is None else own == place.conversation
        if profile.keeper:
            return True
        found = await self._of(place)
        return None if found is None else bool(found.creator) and found.creator == person.id

    async def is_operator(self, person: Person) -> bool:
        """Say whether it is who has claimed the bot."""
        return person.name == await self._operator()

    async def named(self, place: Place, words: Words) -> str:
        """Return whom to ask for a change of the settings there: "Anna, who made this channel"."""
        found = None if place.is_direct else await self._of(place)
        if found is None or not found.creator:
            return keepers_words("", words)
        workspace = self._me().workspace
        maker = await self.profile(Person(workspace=workspace, id=found.creator))
        return keepers_words("" if maker is None or maker.guest else maker.name, words)

    async def presence(self, person: Person, place: Place) -> Presence:
        """Say whether the bot is in the conversation in which the person acts."""
        if place.is_direct:
            own = await self._own_of(person)
            if own is None:
                return Presence.UNKNOWN
            return Presence.INSIDE if own == place.conversation else Presence.OUTSIDE
        found = await self._of(place)
        if found is None:
            return Presence.UNKNOWN
        return Presence.INSIDE if found.inside else Presence.OUTSIDE

    async def is_own(self, person: Person, place: Place) -> bool:
        """Say whether it is the direct message of that person and the bot, as far as Slack says."""
        return place.is_direct and await self._own_of(person) == place.conversation

    def met(self, person: Person, place: Place) -> None:
        """Note that the person has written to the bot there, where the two are alone."""
        self._own.keep(person.name, place.conversation)

    async def title(self, place: Place) -> str:
        """Return the name of the channel with "#"; nothing where it has none, or nobody says."""
        if place.is_direct:
            return ""
        name = place.title
        if not name:
            found = await self._of(place)
            name = "" if found is None else found.name
        return f"#{name}" if name else ""

    async def language(self, person: Person) -> str:
        """Return the language of a person, an IETF tag; nothing where nobody says."""
        profile = await self.profile(person)
        return "" if profile is None else profile.language

    async def zone(self, person: Person) -> str:
        """Return the time zone of a person; nothing where nobody says."""
        profile = await self.profile(person)
        return "" if profile is None else profile.zone

    async def profile(self, person: Person) -> Profile | None:
        """Return what Slack tells of a person; None where it tells nothing."""
        known = self._profiles.of(person.name)
        if known is not None:
            return known
        call = self._questions.users_info(user=person.id, include_locale=True)
        try:
            said = body_at(await answered(call), "user")
        except ComplaintError as error:
            log.warning("Slack does not say who %s is: %s.", person.name, error)
            return None
        found = _profile(said, self._me().workspace)
        self._profiles.keep(person.name, found)
        return found

    async def _of(self, place: Place) -> Conversation | None:
        """Return what Slack tells of a conversation; None where it tells nothing."""
        key = str(place.whole)
        known = self._conversations.of(key)
        if known is not None:
            return known
        call = self._questions.conversations_info(channel=place.conversation)
        try:
            found = _conversation(body_at(await answered(call), "channel"))
        except ComplaintError as error:
            if error.complaint.error not in _ABSENT:
                log.warning("Slack does not say what %s is: %s.", key, error)
                return None
            found = Conversation(inside=False)
        # Whoever was just told how to invite the bot does so, and asks again.
        if found.inside:
            self._conversations.keep(key, found)
        return found

    async def _own_of(self, person: Person) -> str | None:
        """Return the conversation that a person has alone with the bot; None where nobody says."""
        known = self._own.of(person.name)
        if known is not None:
            return known
        call = self._questions.conversations_open(users=person.id)
        try:
            found = text_at(body_at(await answered(call), "channel"), "id")
        except ComplaintError as error:
            log.warning("There is no conversation with %s: %s.", person.name, error)
            return None
        if found:
            self._own.keep(person.name, found)
        return found or None


def _profile(said: Body, workspace: str) -> Profile:
    shown = body_at(said, "profile")
    names = (text_at(shown, "display_name"), text_at(shown, "real_name"), text_at(said, "name"))
    guest = any(said.get(key) for key in ("is_restricted", "is_ultra_restricted", "is_stranger"))
    # Who belongs to an organisation may be in several workspaces of it.
    teams = list_at(said, "enterprise_user", "teams")
    elsewhere = text_at(said, "team_id") not in {"", workspace} and workspace not in teams
    return Profile(
        name=next((name for name in names if name), ""),
        keeper=any(said.get(key) for key in ("is_admin", "is_owner", "is_primary_owner")),
        guest=guest or elsewhere,
        language=text_at(said, "locale"),
        zone=text_at(said, "tz"),
    )


def _conversation(said: Body) -> Conversation:
    return Conversation(
        # A message to several people is told of only where the bot is part of it.
        inside=bool(said.get("is_member") or said.get("is_mpim")),
        creator=text_at(said, "creator"),
        name=text_at(said, "name"),
    )
