"""What people ask, by an admin of the chat unless a test says otherwise."""

from bot.core.ask import Ask, Asker
from bot.core.subscription import destination_of

ADMIN = Asker(id="1", admin=True)
MEMBER = Asker(id="2", admins="@anna or @li")


def ask(text: str, *, of: str = "here", asker: Asker = ADMIN) -> Ask:
    return Ask(destination=destination_of(of), text=text, asker=asker)
