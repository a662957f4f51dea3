"""Why Slack takes no message, by the error it names: what happened, and who mends it how."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.slack.address import Address

#: Where the operator looks after the app.
APPS = "https://api.slack.com/apps"
#: What a channel's link begins with.
_CLIENT = "https://app.slack.com/client"

_AGAIN = f"and set SLACK_BOT_TOKEN to the token that {APPS} shows under “OAuth & Permissions”."
_REINSTALL = f"Install the app in the workspace again, {_AGAIN}"
_ADMIN = "An admin of the workspace can change that."

#: Why a conversation takes nothing; {me} is the bot's name, {place} the conversation's id.
CONVERSATIONS: Mapping[str, str] = MappingProxyType(
    {
        "channel_not_found": "There is no conversation {place} for the app: it was deleted, has "
        "another ID, or is private without the app in it. Typing “/invite {me}” there mends that.",
        "not_in_channel": "The app is not in the channel {place}. Typing “/invite {me}” there "
        "mends that.",
        "is_archived": "The channel {place} is archived. Unarchiving it mends that.",
        "restricted_action": "A setting of the workspace lets the app post nothing in {place}. "
        f"{_ADMIN}",
        "restricted_action_read_only_channel": "The channel {place} is read-only for the app. "
        "Who manages the channel can let it post.",
        "restricted_action_thread_only_channel": "The channel {place} takes replies in threads "
        "only. Who manages the channel can change that, or ask for the digest in a thread.",
        "restricted_action_non_threadable_channel": "The channel {place} takes no replies in "
        "threads. Ask for the digest in the channel itself, and flat.",
        "restricted_action_thread_locked": "The thread in {place} is locked. An admin can unlock "
        "it; the digest can be asked for in another place.",
        "cannot_reply_to_message": "In {place} the digest was asked for below a message that is "
        "gone, or is not the first message of a thread. Ask for it in another place.",
        "thread_not_found": "The thread in {place} is gone. Ask for the digest in another place.",
        "team_not_found": "The workspace of {place} is not one that the app is in. Name a channel "
        "of its own workspace.",
        "messages_tab_disabled": "The app takes no direct messages. The operator switches on the "
        f"“Messages tab” under “App Home” at {APPS}.",
        "cannot_dm_bot": "{place} is a bot, and bots cannot write to each other.",
        "user_not_found": "There is no such person as {place} in the workspace.",
        "user_disabled": "The account of {place} is deactivated.",
        "user_not_visible": "The app may not write to {place}. An admin can let it.",
        "mpim_not_supported": "The app cannot write in {place}, a message to several people.",
        "access_denied": f"The app may not write in {{place}}. {_ADMIN}",
        "external_channel_migrating": "The channel {place} is being moved to another workspace. "
        "Invite the app once that is done.",
    }
)

#: Why the whole workspace takes nothing; for the operator.
ACCOUNTS: Mapping[str, str] = MappingProxyType(
    {
        "account_inactive": "The app was removed from the Slack workspace, or its account is "
        f"deactivated. {_REINSTALL}",
        "invalid_auth": "Slack does not accept the bot's token. Set SLACK_BOT_TOKEN to the one "
        f"that {APPS} shows under “OAuth & Permissions” (it begins with xoxb-).",
        "not_authed": f"Slack was sent no token. Set SLACK_BOT_TOKEN to the one that {APPS} shows "
        "under “OAuth & Permissions” (it begins with xoxb-).",
        "not_allowed_token_type": "Slack wants a bot's token here. Set SLACK_BOT_TOKEN to the one "
        "that begins with xoxb-.",
        "token_revoked": f"Slack has revoked the bot's token. {_REINSTALL}",
        "token_expired": "The bot's token for Slack has expired: token rotation is on, which this "
        f"bot does not use. Switch it off at {APPS}, {_AGAIN}",
        "no_permission": "The bot's token lacks a permission that Slack does not name. "
        f"{_REINSTALL}",
        "access_revoked": f"Somebody has taken the app's access away. {_REINSTALL}",
        "app_missing_action": f"The app may not do that in the workspace any more. {_REINSTALL}",
        "team_access_not_granted": "The app was not granted access to this workspace of the "
        "organisation. An admin of the organisation can grant it.",
        "org_login_required": "The workspace is being moved into an organisation, and answers "
        "nobody meanwhile. It mends itself, or the app has to be installed again.",
        "team_added_to_org": "The workspace is being moved into an organisation. Install the app "
        f"again once that is done, {_AGAIN}",
        "ekm_access_denied": "The admins of the organisation have suspended posting.",
        "enterprise_is_restricted": "The organisation does not let the app use Slack's methods. An "
        "admin of the organisation can change that.",
        "two_factor_setup_required": "The workspace wants two-factor authentication of whoever "
        f"installed the app. Once that is set up: {_REINSTALL[0].lower()}{_REINSTALL[1:]}",
        "accesslimited": "The organisation does not let the app's address in. An admin of the "
        "organisation can change that.",
    }
)


def why_closed(error: str, address: Address, me: str) -> str:
    """Return why the conversation takes nothing; empty for an error that says nothing of it.

    A channel has its link beside it: of many, nobody knows one by its id.
    """
    place = address.conversation
    if not address.is_direct:
        place = f"{place} ({_CLIENT}/{address.workspace}/{place})"
    return CONVERSATIONS.get(error, "").format(place=place, me=me)


def why_not_scoped(needed: str, provided: str) -> str:
    """Return which scope the app lacks, and where to click for it."""
    lacks = f"the scope {needed}" if needed else "a scope"
    has = f" (it has {provided})" if provided else ""
    return f"The Slack app lacks {lacks}{has}. {_scoping('it')}"


def why_not_answering(needed: Sequence[str]) -> str:
    """Return which scopes the app lacks for what people ask, and where to click for them."""
    return (
        f"The Slack app lacks the scopes {', '.join(needed)}. Without them some questions and "
        f"settings do not work. {_scoping('them')}"
    )


def _scoping(them: str) -> str:
    return (
        f"At {APPS}, choose the app, add {them} under “OAuth & Permissions”, “Bot Token Scopes”, "
        "and press “Reinstall to Workspace”."
    )
