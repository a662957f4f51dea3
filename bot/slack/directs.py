"""The direct messages with people: some methods want their ids, where posting takes a person's."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.address import Address
from bot.slack.client import answered


class Directs:
    """Opens direct messages, each once."""

    def __init__(self, questions: AsyncWebClient) -> None:
        """Ask through this client."""
        self._questions = questions
        self._known: dict[str, str] = {}

    async def conversation(self, address: Address) -> str:
        """Return the id of the conversation, opened if it is named by the person.

        Raises ``ComplaintError``.
        """
        person = address.conversation
        if person[0] not in "UW":
            return person
        if person not in self._known:
            said = await answered(self._questions.conversations_open(users=person))
            opened = said.get("channel")
            self._known[person] = str(opened["id"]) if isinstance(opened, dict) else person
        return self._known[person]
