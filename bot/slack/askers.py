"""Who asks, and whether they may change something where that makes a difference."""

from dataclasses import dataclass, replace

from bot.app.tongues import Tongues
from bot.core.ask import Asker
from bot.core.settings_commands import ADMINS_ONLY
from bot.core.verbs import FULLER, parse
from bot.core.wording import Words
from bot.slack.heard import Person, Place
from bot.slack.people import People


@dataclass(frozen=True, slots=True)
class Askers:
    """Finds out who asks. Raises ``StoreError``."""

    people: People
    tongues: Tongues

    async def who(self, person: Person, place: Place) -> Asker | None:
        """Return who acts there, and whether they may change it; None where nobody can tell."""
        return await self.of(person, place, "", guarded=True)

    async def of(
        self, person: Person, place: Place, text: str, *, guarded: bool = False
    ) -> Asker | None:
        """Return who asks; None where it makes a difference who that is, and nobody can tell.

        Slack is asked only where it makes a difference: what is guarded is for admins alone.
        """
        asker = await self._of(person, place, text, guarded=guarded)
        if asker is None or not await self.people.is_operator(person):
            return asker
        # What is for them alone, nobody else reads only in their own direct message.
        return replace(asker, operator=await self.people.is_own(person, place))

    async def _of(self, person: Person, place: Place, text: str, *, guarded: bool) -> Asker | None:
        asked = parse(text)
        if not (guarded or isinstance(asked, ADMINS_ONLY | FULLER)):
            return Asker(id=person.name)
        admin = await self.people.admit(person, place)
        if admin is None and isinstance(asked, FULLER) and not guarded:
            return Asker(id=person.name)
        if admin is None:
            return None
        if admin and not isinstance(asked, FULLER):
            # What an admin sets may be a time, which is in some zone.
            return Asker(id=person.name, admin=True, zone=await self.people.zone(person))
        if admin or (isinstance(asked, FULLER) and not guarded):
            return Asker(id=person.name, admin=admin)
        words = await self.words(person, place)
        admins = await self.people.named(place, words)
        # Alone with the bot, everybody else may.
        return Asker(id=person.name, admins=admins, visitor=place.is_direct)

    async def words(self, person: Person, place: Place) -> Words:
        """Return the words of the conversation, else those of a person who is alone there."""
        return await self.tongues.words_of_chat(place.whole, await self.language(person, place))

    async def language(self, person: Person, place: Place) -> str:
        """Return the language of a person who is alone with the bot; in other places none counts.

        Slack is asked only where there is a choice of languages.
        """
        if len(self.tongues.codes) == 1 or not await self.people.is_own(person, place):
            return ""
        return await self.people.language(person)
