"""What people write on Slack becomes what the bot understands, and odd payloads become nothing."""

import pytest

from bot.slack.commands import addressed, commanded
from bot.slack.heard import Manner, Pressed, Submitted, Typed
from bot.slack.hearing import heard
from bot.slack.mrkdwn import links_of, plain
from bot.slack.reading import Body
from bot.slack.whereabouts import Name, is_ours

ME = Name(workspace="T0TEAM", user="U0BOT", command="/brief")
CODE = "kJ3-_x9Qw2ErTyUiOpAsDfGhJkLzXcVb"
MOMENT = "1693526400.000100"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", "/brief"),
        ("   ", "/brief"),
        ("/", "/brief"),
        ("1", "/brief 1"),
        ("2 sources", "/brief 2 sources"),
        ("brief 1", "/brief 1"),
        ("/brief 1", "/brief 1"),
        ("brief", "/brief"),
        ("Tokayev AI", "/brief Tokayev AI"),
        ("help", "/help"),
        ("HELP schedule", "/help schedule"),
        ("ｈｅｌｐ", "/help"),
        ("schedule 8am weekdays", "/schedule 8am weekdays"),
        ("/schedule 8am", "/schedule 8am"),
        ("/ schedule", "/schedule"),
        ("schedule\n8am", "/schedule 8am"),
        ("scheduled talks", "/brief scheduled talks"),
        ("/shedule 8am", "/shedule 8am"),
        ("https://example.org", "/brief https://example.org"),
        (f"claim {CODE}", f"/claim {CODE}"),
        (f" /claim  {CODE} ", f"/claim {CODE}"),
        ("claim Kazakhstan", "/brief claim Kazakhstan"),
        ("claim antidisestablish", "/brief claim antidisestablish"),
        (f"claim {CODE}{CODE}{CODE}", f"/brief claim {CODE}{CODE}{CODE}"),
        ("上合组织", "/brief 上合组织"),
    ],
)
def test_the_verb_of_a_command_stands_first_and_words_are_looked_for(
    typed: str, meant: str
) -> None:
    assert commanded(typed) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<@U0BOT>", "/help"),
        ("<@U0BOT> brief 1", "brief 1"),
        ("<@U0BOT|briefbot>: brief", "brief"),
        ("<@U0BOT> 1", "/brief 1"),
        ("<@U0BOT> 2 sources", "/brief 2 sources"),
        ("<@U0BOT> Tokayev AI", "/brief Tokayev AI"),
        ("Tokayev", "/brief Tokayev"),
        ("上合组织", "/brief 上合组织"),
        ("sources of energy", "/brief sources of energy"),
        ("shedule 8am", "shedule 8am"),
        ("hello", "hello"),
        ("<@U0BOT> thanks a lot :pray:", "thanks a lot :pray:"),
        (":wave:", ":wave:"),
        ("start", "start"),
        ("Hey <@U0BOT>, what is new?", "/brief what is new?"),
        ("Hey <@U0BOT> figures", "figures"),
        ("Many thanks, <@U0BOT>", "Many thanks"),
        ("Tell me, <@U0BOT>, what is new?", "/brief Tell me what is new?"),
        ("AT&amp;T &amp; <@U0BOT>", "/brief AT&T &"),
        ("<@U0BOT> oil and <@U0BOT>", "/brief oil and"),
        ("<@U0OTHER> brief", "/brief @U0OTHER brief"),
        ("<@U0BOT> /brief schedule 8am", "/schedule 8am"),
        ("<@U0BOT> /BRIEF", "/brief"),
        ("<@U0BOT> /briefing", "/briefing"),
        ("<@U0BOT> <https://a.example/1|this>", "/brief https://a.example/1"),
        ("<https://a.example/1>", "/brief https://a.example/1"),
        ("<http://news.example|news.example>", "/brief http://news.example"),
        (
            "<https://a.example/1> <https://a.example/2>",
            "/brief https://a.example/1 https://a.example/2",
        ),
        ("see <https://a.example/1>", "/brief see https://a.example/1"),
        (f"claim {CODE}", f"/claim {CODE}"),
        ("schedule 8am", "schedule 8am"),
    ],
)
def test_what_is_said_to_the_bot_is_read_without_its_name(written: str, meant: str) -> None:
    assert addressed(written, me="U0BOT", command="/brief") == meant


@pytest.mark.parametrize(
    ("marked", "read"),
    [
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("<https://a.example/?x=1&amp;y=2|here &amp; there>", "https://a.example/?x=1&y=2"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<mailto:a@b.example>", "mailto:a@b.example"),
        ("<@U1|anna> <@U2> <#C1|news> <#C2>", "@anna @U2 #news #C2"),
        ("<!here> <!subteam^S1|@desk> <!subteam^S2>", "@here @desk @subteam"),
        ("<!date^0^{date}|some day>", "some day"),
        ("a < b and c > d, <b>", "a < b and c > d, <b>"),
        ("<>", "<>"),
        ("<<https://a.example>>", "<https://a.example>"),
    ],
)
def test_slack_s_markup_is_read_as_it_was_written(marked: str, read: str) -> None:
    assert plain(marked) == read


def test_the_links_of_a_message_are_found_wherever_they_stand() -> None:
    link = {"type": "link", "url": "https://a.example/2&3", "text": "two"}
    message: Body = {
        "text": "<https://a.example/1|one> and <mailto:a@b.example>, <https://a.example/1>",
        "blocks": [
            {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [link]}]},
            {"type": "section", "text": {"type": "mrkdwn", "text": "<https://a.example/4>"}},
            {"type": "section", "fields": [{"type": "mrkdwn", "text": "<http://a.example/5>"}]},
            "nothing",
        ],
        "attachments": [{"title_link": "https://a.example/6", "from_url": "javascript:alert(1)"}],
    }

    assert links_of(message) == (
        "https://a.example/1",
        "https://a.example/2&3",
        "https://a.example/4",
        "http://a.example/5",
        "https://a.example/6",
    )


def test_links_are_looked_for_only_so_deep_and_so_many() -> None:
    deep: dict[str, object] = {"text": "<https://a.example/deep>"}
    for _ in range(1000):
        deep = {"elements": [deep]}
    many = " ".join(f"<https://a.example/{number}>" for number in range(1000))

    assert links_of(deep) == ()
    assert len(links_of({"text": many})) == 50


def message(**more: object) -> dict[str, object]:
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": "D0HERE",
        "user": "U0ANNA",
        "text": "help",
        "ts": MOMENT,
    }
    return {"type": "event_callback", "event": event | more}


def test_what_slack_does_not_say_is_taken_for_the_bot_s_own_workspace() -> None:
    said = heard(message(), ME)

    assert isinstance(said, Typed)
    assert (said.person.name, said.manner) == ("T0TEAM/U0ANNA", Manner.DIRECT)


def test_an_organisation_stands_for_the_workspace_in_it() -> None:
    ours = dict(message(user_team="E0ORG")) | {"authorizations": [{"enterprise_id": "E0ORG"}]}
    said, stranger = heard(ours, ME), heard(message(user_team="E0ORG"), ME)

    assert isinstance(said, Typed)
    assert isinstance(stranger, Typed)
    assert (said.person.workspace, stranger.person.workspace) == ("T0TEAM", "E0ORG")


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "message_changed"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"hidden": True},
        {"edited": {"user": "U0ANNA"}},
        {"bot_id": "B0OTHER"},
        {"user": "U0BOT"},
        {"user": "B0OTHER"},
        {"user": ""},
        {"user": None},
        {"text": " "},
        {"text": None},
        {"channel": ""},
        {"channel": "D0HERE/../C0"},
        {"channel": {"id": "D0HERE"}},
        {"channel_type": "channel"},
        {"channel_type": "mpim"},
        {"thread_ts": "yesterday"},
        {"team": "<T0TEAM>"},
        {"type": "reaction_added"},
        {"type": "app_home_opened", "tab": "messages"},
        {"type": "app_home_opened", "tab": "home", "user": None},
        {"type": "member_joined_channel", "channel": "C0HERE"},
        {"type": "member_left_channel", "channel": "C0HERE"},
        {"type": "channel_id_changed", "old_channel_id": "C0OLD"},
        {"type": "tokens_revoked", "tokens": {"bot": "U0BOT"}},
    ],
)
def test_what_is_not_said_to_the_bot_anew_is_nothing(more: dict[str, object]) -> None:
    assert heard(message(**more), ME) is None


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_a_message_with_a_file_or_shown_in_the_channel_too_is_said(subtype: str) -> None:
    assert isinstance(heard(message(subtype=subtype), ME), Typed)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": 1},
        {"type": "view_closed", "user": {"id": "U0ANNA"}},
        {"type": "shortcut", "user": {"id": "U0ANNA"}},
        {"type": "event_callback"},
        {"type": "event_callback", "event": ["message"]},
        {"type": "block_actions", "user": {"id": "U0ANNA"}, "actions": []},
        {"type": "block_actions", "user": {"id": "U0ANNA"}, "actions": ["press"]},
        {"type": "block_actions", "actions": [{"value": "/help"}]},
        {"type": "block_actions", "user": "U0ANNA", "actions": [{"value": "/help"}]},
        {
            "type": "block_actions",
            "user": {"id": "U0ANNA"},
            "actions": [{"value": "/help"}],
            "container": {"type": "message", "channel_id": "nowhere"},
        },
        {"type": "view_submission"},
        {"type": "message_action", "user": {"id": "U0ANNA"}},
        {"type": "message_action", "channel": {"id": "C0HERE"}},
        {"command": "/brief", "channel_id": "C0HERE"},
        {"command": "/brief", "user_id": "U0ANNA"},
    ],
)
def test_a_payload_of_another_shape_is_nothing(body: Body) -> None:
    assert heard(body, ME) is None


def test_whatever_is_chosen_in_a_form_is_heard_by_its_block() -> None:
    states: dict[str, object] = {
        "text": {"a": {"type": "plain_text_input", "value": "words"}},
        "empty": {"a": {"type": "plain_text_input", "value": None}},
        "one": {"a": {"type": "static_select", "selected_option": {"value": "en"}}},
        "none": {"a": {"type": "static_select", "selected_option": None}},
        "several": {"a": {"selected_options": [{"value": "mon"}, {"value": "tue"}, None]}},
        "time": {"a": {"type": "timepicker", "selected_time": "08:00"}},
        "where": {"a": {"type": "conversations_select", "selected_conversation": "C0HERE"}},
        "odd": "nothing",
        "odder": {"a": "nothing"},
    }
    body = {
        "type": "view_submission",
        "user": {"id": "U0ANNA"},
        "view": {"state": {"values": states}},
    }
    said = heard(body, ME)

    assert isinstance(said, Submitted)
    assert said.values == {
        "text": "words",
        "empty": "",
        "one": "en",
        "none": "",
        "several": ("mon", "tue"),
        "time": "08:00",
        "where": "C0HERE",
    }


def test_a_choice_in_a_menu_is_a_press_and_a_message_that_began_a_thread_stands_in_none() -> None:
    said = heard(
        {
            "type": "block_actions",
            "user": {"id": "U0ANNA"},
            "container": {"type": "message", "message_ts": MOMENT, "channel_id": "C0HERE"},
            "message": {"thread_ts": MOMENT},
            "actions": [{"selected_option": {"value": "/help"}}],
        },
        ME,
    )

    assert isinstance(said, Pressed)
    assert (said.value, said.place.thread) == ("/help", None)


OTHER = {"team_id": "T9OTHER", "authorizations": [{"team_id": "T9OTHER"}]}


@pytest.mark.parametrize(
    "body",
    [
        message() | OTHER,
        {"type": "event_callback", "event": {"type": "app_uninstalled"}} | OTHER,
        {"command": "/brief", "user_id": "U1", "channel_id": "C1", "team_id": "T9OTHER"},
        {
            "type": "message_action",
            "user": {"id": "U1"},
            "channel": {"id": "C1"},
            "team": {"id": "T9OTHER"},
        },
        {
            "type": "block_actions",
            "user": {"id": "U1"},
            "container": {"type": "view"},
            "view": {"app_installed_team_id": "T9OTHER"},
            "actions": [{"value": "1"}],
        },
        {
            "type": "view_submission",
            "user": {"id": "U1"},
            "view": {"app_installed_team_id": "T9OTHER"},
        },
        {
            "type": "block_actions",
            "user": {"id": "U1"},
            "container": {"message_ts": MOMENT},
            "channel": {"id": "C1"},
            "message": {"user": "U9OTHERBOT"},
            "actions": [{"value": "1"}],
        },
    ],
)
def test_what_is_told_of_another_workspace_is_nothing(body: Body) -> None:
    assert not is_ours(body, ME)


@pytest.mark.parametrize(
    "body",
    [
        message(),
        message() | {"team_id": "T0TEAM"},
        # Somebody of elsewhere, in a channel that both share.
        message() | {"team_id": "T9OTHER", "authorizations": [{"team_id": "T0TEAM"}]},
        message() | {"team_id": "T9OTHER", "context_team_id": "T0TEAM"},
        message() | {"team_id": "E0ORG", "authorizations": [{"is_enterprise_install": True}]},
        {"command": "/brief", "team_id": "T9OTHER", "enterprise_id": "E0ORG"},
        {"command": "/brief", "team_id": "T0TEAM"},
        {"type": "block_actions", "team": {"id": "T9OTHER"}, "message": {"user": "U0BOT"}},
        {"type": "block_actions", "team": {"id": "T9OTHER"}, "container": {"is_ephemeral": True}},
        {"type": "view_submission", "view": {"app_installed_team_id": "T0TEAM"}},
        {"type": "message_action", "team": {"id": "T9OTHER"}, "enterprise": {"id": "E0ORG"}},
    ],
)
def test_what_is_told_of_ones_own_workspace_is_heard(body: Body) -> None:
    assert is_ours(body, ME)
