"""Somebody in the workspace, as the API tells it."""

from dataclasses import dataclass

from tests.fakes.slack.values import BOT_ID, TEAM_ID, Json


@dataclass(eq=False, kw_only=True)
class User:
    """A person, or the bot."""

    id: str
    name: str
    zone: str = "Europe/London"
    locale: str = "en-GB"
    #: The workspace; another one's for a guest of Slack Connect.
    team: str = TEAM_ID
    #: "admin", "owner", "guest" or "single guest"; empty for a member.
    role: str = ""
    is_bot: bool = False
    #: The workspaces of an organisation that they are in; none outside of organisations.
    teams: tuple[str, ...] = ()
    #: Whether the account is deactivated.
    deleted: bool = False

    def json(self, *, locale: bool = False) -> Json:
        """Return the user as ``users.info`` tells it."""
        told: Json = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name.lower().replace(" ", "."),
            "real_name": self.name,
            "deleted": self.deleted,
            "profile": {"real_name": self.name, "display_name": self.name},
            "is_bot": self.is_bot,
            "is_app_user": False,
        }
        if self.teams:
            told["enterprise_user"] = {"id": self.id, "teams": [*self.teams]}
        if self.team != TEAM_ID and TEAM_ID not in self.teams:
            return told | {"is_stranger": not self.teams}
        if self.is_bot:
            told["profile"]["bot_id"] = BOT_ID
        if locale:
            told["locale"] = self.locale
        if self.deleted:
            return told
        return told | {
            "tz": self.zone,
            "is_admin": self.role in {"admin", "owner"},
            "is_owner": self.role == "owner",
            "is_primary_owner": False,
            "is_restricted": self.role in {"guest", "single guest"},
            "is_ultra_restricted": self.role == "single guest",
        }
