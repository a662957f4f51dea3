"""Knows greetings and thanks, which ask for nothing."""

import re
from typing import Final

_WORD: Final = re.compile(r"\w+")
#: What greets, thanks or takes leave, in the languages that people write to the bot in.
_GREETINGS: Final = frozenset(
    """
    hi hello hey hiya greetings morning afternoon evening night welcome thanks thank thx ty cheers
    bye goodbye ok okay
    привет здравствуй здравствуйте приветствую салют добрый доброе доброго утро спасибо благодарю
    благодарим пока ок окей
    你好 您好 你们好 大家好 嗨 哈喽 早 早上好 上午好 中午好 下午好 晚上好 早安 晚安 谢谢 谢谢你
    谢谢您 谢谢大家 多谢 感谢 非常感谢 再见 好的
    """.split()
)
#: What may stand beside it.
_BESIDES: Final = frozenset(
    """
    a again all and bot dear everybody everyone for good great guys lot many much so team that the
    there this to very you
    большое большой бот вам вас вечер вечера всем день дня и команда ночи огромное очень тебе тебя
    утра
    啊 呀 吗 了 大家 机器人
    """.split()
)


def is_courtesy(text: str) -> bool:
    """Say whether a text only greets or thanks; one without any word, a smile, does as well."""
    words = set(_WORD.findall(text.casefold()))
    return not words or (words <= _GREETINGS | _BESIDES and not words.isdisjoint(_GREETINGS))
