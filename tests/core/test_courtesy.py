"""Greetings and thanks ask for nothing; whatever else is written does."""

import pytest

from bot.core.courtesy import is_courtesy


@pytest.mark.parametrize(
    "text",
    [
        *(
            "hello",
            "Hi!",
            "Hey there",
            "Good morning, everyone",
            "Thank you very much!",
            "ok, thanks",
        ),
        *("Привет", "Добрый день!", "Доброе утро всем", "Большое спасибо", "здравствуйте"),
        *("你好", "谢谢！", "早上好", "谢谢大家"),
        *("", "👍", "🙏🙏", "?", "…"),
    ],
)
def test_greetings_and_thanks_ask_for_nothing(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text",
    [
        *("1", "2 sources", "Tokayev", "the lot", "hello Tokayev", "Good Friday agreement"),
        *("Thanksgiving", "Токаев", "добрый Путин", "день", "托卡耶夫", "谢谢托卡耶夫"),
    ],
)
def test_words_beside_a_greeting_are_meant(text: str) -> None:
    assert not is_courtesy(text)
