"""How the app is set up with Slack: its tokens, scopes, commands and events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

BOT_TOKEN: Final = "xoxb-1-2-fake"  # noqa: S105 # opens nothing but this server
APP_TOKEN: Final = "xapp-1-A0000APP-1-fake"  # noqa: S105 # the same
SIGNING_SECRET: Final = "fake-signing-secret"  # noqa: S105 # the same

#: What an app like ours asks for.
SCOPES: Final = frozenset(
    "commands chat:write app_mentions:read channels:read groups:read im:read mpim:read "
    "channels:history groups:history im:history im:write users:read files:write".split()
)
#: Events by the scope that each needs: any one of these.
EVENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "tokens_revoked": (),
    "message.im": ("im:history",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_archive": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_id_changed": ("channels:read", "groups:read"),
    "group_archive": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_left": ("groups:read",),
}


@dataclass(kw_only=True)
class Settings:
    """What the operator has clicked together, or what a manifest says."""

    bot_token: str = BOT_TOKEN
    app_token: str = APP_TOKEN
    signing_secret: str = SIGNING_SECRET
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    #: Those of the app-level token.
    app_scopes: set[str] = field(default_factory=lambda: {"connections:write"})
    #: Commands, with whether what people type is escaped.
    commands: dict[str, bool] = field(default_factory=lambda: {"/brief": False})
    #: Message shortcuts: name and callback id.
    shortcuts: dict[str, str] = field(default_factory=lambda: {"Brief this link": "brief_link"})
    events: set[str] = field(
        default_factory=lambda: set(EVENTS) - {"message.channels", "message.groups"}
    )
    home_tab: bool = True
    messages_tab: bool = True
    interactive: bool = True
    socket_mode: bool = True
    #: The error that the bot's token meets now; empty while it is good.
    token_error: str = ""

    @classmethod
    def of_manifest(cls, manifest: Mapping[str, Any]) -> Self:
        """Return the settings that an app manifest stands for."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        home = features.get("app_home", {})
        return cls(
            scopes=set(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
            commands={
                one["command"]: one.get("should_escape", False)
                for one in features.get("slash_commands", ())
            },
            shortcuts={
                one["name"]: one["callback_id"]
                for one in features.get("shortcuts", ())
                if one["type"] == "message"
            },
            events=set(settings.get("event_subscriptions", {}).get("bot_events", ())),
            home_tab=home.get("home_tab_enabled", False),
            messages_tab=home.get("messages_tab_enabled", False),
            interactive=settings.get("interactivity", {}).get("is_enabled", False),
            socket_mode=settings.get("socket_mode_enabled", False),
        )

    def hears(self, event: str) -> bool:
        """Tell whether Slack tells the app of such an event: asked for, and allowed."""
        needed = EVENTS[event]
        return event in self.events and (not needed or bool(self.scopes.intersection(needed)))
