"""A destination on Slack names its workspace, and is read as it was written."""

import pytest

from bot.core.subscription import Destination, destination_of
from bot.slack.address import Address, read_address


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (Address("T0123", "C0456"), "slack:T0123/C0456"),
        (Address("E0123", "G0456"), "slack:E0123/G0456"),
        (Address("T0123", "D0456"), "slack:T0123/D0456"),
        (
            Address("T0123", "C0456", "1693526400.000100"),
            "slack:T0123/C0456/1693526400.000100",
        ),
    ],
)
def test_an_address_is_read_as_it_was_written(address: Address, text: str) -> None:
    assert str(address.destination) == text
    assert address.destination == destination_of(text)
    assert read_address(address.destination.address) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "C0456",
        "T0123",
        "T0123/",
        "T0123/#news",
        "T0123/c0456",
        "T0123/X0456",
        "C0456/T0123",
        "T0123/C0456/",
        "T0123/C0456/1693526400",
        "T0123/C0456/1693526400.0001",
        "T0123/C0456/1693526400.000100/1",
        "T0123/C0456\n",
        "T0123/C٣",
        " T0123/C0456",
        "T0123/C" + "1" * 99,
    ],
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert read_address(text) is None


def test_people_and_direct_messages_are_told_from_channels() -> None:
    direct = {name: Address("T1", name).is_direct for name in ("C1", "G1", "D1", "U1", "W1")}

    assert direct == {"C1": False, "G1": False, "D1": True, "U1": True, "W1": True}


def test_an_address_has_no_workspace_of_its_own() -> None:
    assert Address("T1", "C1").destination != Address("T2", "C1").destination
    assert Address("T1", "C1").destination == Destination("slack", "T1/C1")
