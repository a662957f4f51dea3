"""The fake Slack shows modals and Home tabs within their limits, and keeps triggers short."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.acting import Person
from tests.fakes.slack.clients import run
from tests.fakes.slack.server import FakeSlack

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def modal(title: str = "Settings", **more: object) -> Json:
    section = {"type": "section", "text": plain(title)}
    return {"type": "modal", "title": plain(title), "blocks": [section], **more}


TIME = {
    "type": "input",
    "block_id": "when",
    "label": plain("Time"),
    "element": {"type": "timepicker", "action_id": "time", "initial_time": "08:00"},
}
DAYS = {
    "type": "input",
    "block_id": "days",
    "optional": True,
    "label": plain("Days"),
    "element": {
        "type": "checkboxes",
        "action_id": "days",
        "options": [
            {"text": plain("Weekdays"), "value": "weekdays"},
            {"text": plain("Weekends"), "value": "weekends"},
        ],
    },
}
FORM = modal(submit=plain("Save"), blocks=[TIME, DAYS], notify_on_close=True)


def trigger(person: Person) -> str:
    """Return the trigger of a command that somebody types."""
    return str(person.says("/brief settings").payload["trigger_id"])


async def refused(client: AsyncWebClient, method: str, **said: object) -> str:
    """Return the error that a call is refused with."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=said)
    return str(caught.value.response["error"])


def test_a_trigger_opens_one_modal_within_three_seconds() -> None:
    now = [1000.0]

    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        used, late = trigger(anna), trigger(anna)

        await client.views_open(trigger_id=used, view=modal())
        again = await refused(client, "views.open", trigger_id=used, view=modal())
        now[0] += 3.1
        expired = await refused(client, "views.open", trigger_id=late, view=modal())
        unknown = await refused(client, "views.open", trigger_id="1.2.3", view=modal())

        assert anna.modal.title == "Settings"
        assert (again, expired) == ("exchanged_trigger_id", "expired_trigger_id")
        assert unknown == "invalid_trigger_id"

    run(scene, clock=lambda: now[0])


def test_a_view_is_changed_only_by_who_knows_its_newest_state() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        opened = await client.views_open(trigger_id=trigger(anna), view=modal(external_id="mine"))
        number, first = opened["view"]["id"], opened["view"]["hash"]

        await client.views_update(view_id=number, hash=first, view=modal("Changed"))
        conflict = await refused(
            client, "views.update", view_id=number, hash=first, view=modal("Late")
        )
        lost = await refused(client, "views.update", view_id="V0", view=modal())

        assert (anna.modal.title, anna.modal.shown) == ("Changed", "Changed")
        assert (conflict, lost) == ("hash_conflict", "not_found")

    run(scene)


def test_modals_are_stacked_three_deep() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        nothing = await refused(client, "views.push", trigger_id=trigger(anna), view=modal())
        await client.views_open(trigger_id=trigger(anna), view=modal("1"))
        await client.views_push(trigger_id=trigger(anna), view=modal("2"))
        third = await client.views_push(trigger_id=trigger(anna), view=modal("3"))
        full = await refused(client, "views.push", trigger_id=trigger(anna), view=modal("4"))

        assert (nothing, full) == ("not_found", "push_limit_reached")
        assert anna.modal.title == "3"
        assert third["view"]["root_view_id"] == slack.modals[anna.id][0].id

    run(scene)


def test_the_home_tab_is_published_if_there_is_one() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        home = {"type": "home", "blocks": [{"type": "header", "text": plain("Briefbot")}]}
        first = await client.views_publish(user_id=anna.id, view=home)
        old = first["view"]["hash"]
        await client.views_publish(user_id=anna.id, view=home, hash=old)

        conflict = await refused(client, "views.publish", user_id=anna.id, view=home, hash=old)
        slack.settings.home_tab = False
        off = await refused(client, "views.publish", user_id=anna.id, view=home)

        assert anna.home.shown == "Briefbot"
        assert (conflict, off) == ("hash_conflict", "not_enabled")

    run(scene)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (modal("a" * 25), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(private_metadata="a" * 3001), "must be less than 3001 characters"),
        (modal(callback_id="a" * 256), "must be less than 256 characters"),
        (modal(submit=plain("a" * 25)), "must be less than 25 characters"),
        (modal(blocks=[TIME]), "must define `submit` to use an `input` block in modals"),
        (modal(blocks=[{"type": "divider"}] * 101), "no more than 100 items allowed"),
        (modal(colour="red"), "invalid additional property: colour"),
        ({"type": "home", "blocks": []}, "must be of type modal"),
        ({"type": "modal", "blocks": []}, "missing required field: title"),
    ],
)
def test_a_view_beyond_its_limits_fails_the_test(view: Json, words: str) -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")

        error = await refused(client, "views.open", trigger_id=trigger(anna), view=view)

        assert (error, anna.sees_modal) == ("invalid_arguments", False)
        assert words in slack.faults[0]
        slack.faults.clear()

    run(scene)


def test_a_view_may_not_be_too_large() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        section = {"type": "section", "text": plain("a" * 2990)}
        view = modal(blocks=[section] * 90)

        error = await refused(client, "views.open", trigger_id=trigger(slack.user("A")), view=view)

        assert error == "view_too_large"

    run(scene)


def test_what_was_entered_is_sent_with_what_stood_there_before() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        await client.views_open(trigger_id=trigger(anna), view=FORM)

        act = anna.submits({"days": ["Weekdays"]})

        values = act.payload["view"]["state"]["values"]
        assert values["when"]["time"] == {"type": "timepicker", "selected_time": "08:00"}
        assert [one["value"] for one in values["days"]["days"]["selected_options"]] == ["weekdays"]

    run(scene)


def test_what_slack_would_not_let_a_person_do_the_test_cannot_either() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        with pytest.raises(LookupError, match="sees no modal"):
            anna.submits()
        with pytest.raises(LookupError, match="Home tab of Anna is empty"):
            anna.clicks("Save")
        await client.views_open(trigger_id=trigger(anna), view=FORM)

        with pytest.raises(LookupError, match="Settings has no colour"):
            anna.submits({"colour": "red"})
        with pytest.raises(LookupError, match="Time is empty"):
            anna.submits({"time": ""})
        with pytest.raises(LookupError, match="nothing called Cancel"):
            anna.clicks("Cancel")

    run(scene)


def test_a_choice_in_a_view_is_told_at_once() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        await client.views_open(trigger_id=trigger(anna), view=FORM)

        act = anna.picks("time", "09:30")

        assert act.payload["actions"][0]["selected_time"] == "09:30"
        assert act.payload["container"] == {"type": "view", "view_id": anna.modal.id}

    run(scene)


def test_closing_is_told_where_the_view_asks_for_it() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        await client.views_open(trigger_id=trigger(anna), view=FORM)
        told = anna.closes()
        await client.views_open(trigger_id=trigger(anna), view=modal())
        untold = anna.closes()

        assert told.payload["type"] == "view_closed"
        assert (untold.heard, anna.sees_modal) == (False, False)

    run(scene)


@pytest.mark.parametrize(
    ("ack", "titles"),
    [
        (None, ["under"]),
        ({"response_action": "clear"}, []),
        ({"response_action": "update", "view": modal("new")}, ["under", "new"]),
        ({"response_action": "push", "view": modal("new")}, ["under", "Settings", "new"]),
    ],
)
def test_a_submission_is_answered_with_what_to_show_next(
    ack: Json | None, titles: list[str]
) -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        await client.views_open(trigger_id=trigger(anna), view=modal("under"))
        await client.views_push(trigger_id=trigger(anna), view=FORM)

        act = anna.submits()
        assert act.delivery is not None
        act.delivery.heard(ack)

        assert [one.title for one in slack.modals[anna.id]] == titles

    run(scene)


@pytest.mark.parametrize(
    "ack",
    [
        {"response_action": "errors", "errors": {"nowhere": "a"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "dance"},
        "text",
    ],
)
def test_an_answer_to_a_submission_that_slack_would_not_understand_is_a_fault(ack: object) -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        await client.views_open(trigger_id=trigger(anna), view=FORM)

        act = anna.submits()
        assert act.delivery is not None
        with pytest.raises(Exception, match="invalid_"):
            act.delivery.heard(ack)

    run(scene)
