import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.health import Reason
from bot.sources.decode import decode
from bot.sources.reading import Unread

RUSSIAN = (
    "ТЯНЬЦЗИНЬ, 1 сентября. Президент Казахстана призвал страны ШОС к сотрудничеству в сфере "
    "высоких технологий, сообщает ТАСС."
)
SHORT_RUSSIAN = "Саммит ШОС открылся в Тяньцзине."
CHINESE = (
    "新华社天津9月1日电 上海合作组织成员国元首理事会第二十五次会议1日在天津举行，各国领导人出席。"
)
SHORT_CHINESE = "上合组织峰会在天津开幕。"
FRENCH = "Le président a déclaré à la presse que l’été prochain sera décisif pour l’économie."


@pytest.mark.parametrize("text", [RUSSIAN, SHORT_RUSSIAN])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
def test_russian_is_read_in_the_encodings_it_comes_in(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), language="ru") == text


@pytest.mark.parametrize("text", [CHINESE, SHORT_CHINESE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk"])
def test_chinese_is_read_in_the_encodings_it_comes_in(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), language="zh") == text


@pytest.mark.parametrize(
    ("text", "encoding", "language"),
    [
        (FRENCH, "cp1252", "fr"),
        ("It’s “done”, the minister said.", "cp1252", "en"),
        ("上海合作組織秘書長表示，各國應加強合作。", "big5", "zh"),
        ("قال الرئيس إن التعاون بين الدول الأعضاء يتعزز.", "cp1256", "ar"),
        ("Prezydent powiedział, że współpraca będzie rosła.", "cp1250", "pl"),
        ("Cumhurbaşkanı zirvede işbirliğini güçlendirmek gerektiğini söyledi.", "cp1254", "tr"),
        ("Саммит открылся.", "utf-16-be", "ru"),
        ("Саммит открылся.", "utf-16-le", "ru"),
    ],
)
def test_other_languages_are_read_in_their_encodings(
    text: str, encoding: str, language: str
) -> None:
    marks = {"utf-16-be": b"\xfe\xff", "utf-16-le": b"\xff\xfe"}

    data = marks.get(encoding, b"") + text.encode(encoding)

    assert decode(data, language=language) == text


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_lines_end_as_python_reads_them(ending: str) -> None:
    assert decode(f"One.{ending}Two.{ending}".encode(), language="en") == "One.\nTwo.\n"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ("<META http-equiv=Content-Type content='text/html; charset=KOI8-R'>", "koi8-r"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "cp1251"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_declares(head: str, encoding: str) -> None:
    page = f"{head}<p>Ёж.</p>"

    assert decode(page.encode(encoding), language="en", page=True) == page


@pytest.mark.parametrize("declared", ["windows-1251", "utf-8", "rot13", "gb2312", "no-such-thing"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_wrongly_declared_encoding_misleads_nobody(declared: str, encoding: str) -> None:
    page = f'<meta charset="{declared}"><p>{CHINESE}</p>'
    if (declared, encoding) == ("windows-1251", "gb18030"):
        # Any bytes but one are some text in windows-1251; this page has that one.
        page += "<p>榎</p>"

    assert decode(page.encode(encoding), language="zh", page=True) == page


def test_only_a_page_declares_its_encoding() -> None:
    text = f"charset=koi8-r <meta charset=koi8-r> {RUSSIAN}"

    assert decode(text.encode("cp1251"), language="ru") == text


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (RUSSIAN.encode()[:-30] + b"\xff\xff" + RUSSIAN.encode()[-30:], "UTF-8 with a broken"),
        (b"\xff\xfe" + SHORT_RUSSIAN.encode("utf-16-le")[:-1], "UTF-16 with a broken"),
        (b"\xff\xfe\0\0" + b"\xff\xff\xff\xff", "UTF-32 with a broken"),
    ],
)
def test_broken_text_is_said_to_be_broken(data: bytes, detail: str) -> None:
    found = decode(data, language="ru")

    assert isinstance(found, Unread)
    assert found.reason is Reason.BAD_ENCODING
    assert found.detail.startswith(detail)


def test_a_broken_character_far_into_a_large_file_is_found() -> None:
    # The detector samples a text of more than ten million bytes.
    data = (SHORT_RUSSIAN * 330_000).encode("cp1251")

    assert decode(data + b"\x98" + data[:1_000_000], language="ru") == Unread(Reason.BAD_ENCODING)


def test_bytes_in_no_encoding_are_said_to_be_in_none() -> None:
    assert decode(bytes(range(128, 256)) * 3, language="en") == Unread(Reason.BAD_ENCODING)


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xfea\0\0\0", b"abc\x01\x02def"])
def test_control_characters_are_no_text(data: bytes) -> None:
    assert decode(data, language="en") == Unread(Reason.BINARY)


@given(st.binary(max_size=400), st.sampled_from(["en", "ru", "zh", "ar"]), st.booleans())
def test_any_bytes_are_text_or_a_reason(data: bytes, language: str, page: bool) -> None:  # noqa: FBT001 - Hypothesis names it
    found = decode(data, language=language, page=page)

    if isinstance(found, str):
        assert found.encode().decode() == found
        assert "\r" not in found
        assert "\0" not in found


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).map("x".__add__)
)
def test_utf_8_is_always_read_exactly(text: str) -> None:
    assert decode(text.encode(), language="en") == text
