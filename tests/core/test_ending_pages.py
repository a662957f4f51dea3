"""Whoever set a digest reads why it ends, and what lets it go on."""

from bot.core.ending_pages import refused_page, removed_page
from bot.core.wording import English
from tests.fakes.pages import text

WHY = "The bot may not write in the chat. An admin can let it."


def test_a_reason_that_can_be_mended_stands_with_what_is_typed_then() -> None:
    assert text(refused_page("Team", WHY, words=English())) == (
        f"“Team” gets no digest any more. {WHY}"
        " Once that is mended, /settings resume there starts it again."
    )


def test_any_other_reason_is_the_operators() -> None:
    assert text(refused_page("Team", "", within=True, words=English())) == (
        "A topic or thread of “Team” gets no digest any more."
        " The platform refuses posts there; the operator sees why."
    )


def test_a_long_name_is_cut_in_every_page() -> None:
    pages = (
        refused_page("T\n" * 99, "", words=English()),
        removed_page("T " * 99, words=English()),
    )

    assert all(f"“{'T ' * 29}T…”" in page.summary for page in pages)
