"""Who asks, and whether it is an admin where that makes a difference."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.app.lately import Lately
from bot.app.tongues import Tongues
from bot.core.ask import Asker
from bot.core.settings_commands import ADMINS_ONLY
from bot.core.verbs import FULLER, parse
from bot.telegram.admins import Admins
from bot.telegram.heard import Person, Place


@dataclass(frozen=True, slots=True)
class Askers:
    """Finds out who asks. Raises ``StoreError``."""

    admins: Admins
    tongues: Tongues
    #: Returns the id of who has claimed the bot on the platform, or nothing.
    operator: Callable[[str], Awaitable[str]]
    #: What that was a moment ago: each question would wait for the archive.
    operators: Lately[str, str]

    async def of(
        self, person: Person, place: Place, text: str, *, guarded: bool = False
    ) -> Asker | None:
        """Return who asks; None where it makes a difference who that is, and nobody can tell.

        Telegram is asked only where it makes a difference: what is guarded is for admins alone.
        """
        asker = await self._of(person, place, text, guarded=guarded)
        if asker is None or not asker.id or not place.alone:
            return asker
        return replace(asker, operator=asker.id == await self._operator(place.destination.channel))

    async def _operator(self, platform: str) -> str:
        found = self.operators.of(platform)
        if found is None:
            found = await self.operator(platform)
            self.operators.keep(platform, found)
        return found

    async def _of(self, person: Person, place: Place, text: str, *, guarded: bool) -> Asker | None:
        name, asked = str(person.id) if person.id else "", parse(text)
        if not (guarded or isinstance(asked, ADMINS_ONLY | FULLER)):
            return Asker(id=name, admin=place.alone or person.surely_admin)
        admin = await self.admins.admit(person, place)
        if admin is None and isinstance(asked, FULLER):
            return Asker(id=name)
        if admin is None:
            return None
        if admin or (isinstance(asked, FULLER) and not guarded):
            return Asker(id=name, admin=admin)
        words = await self.tongues.words_of_chat(place.destination, own_language(person, place))
        return Asker(id=name, admins=await self.admins.named(place, words))


def own_language(person: Person, place: Place) -> str:
    """Return the language of a person who is alone with the bot; in other chats none counts."""
    return person.language if place.alone else ""
