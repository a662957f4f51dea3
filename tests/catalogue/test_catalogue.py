"""A language is its catalogue; English needs none."""

import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest

from bot.catalogue import languages, words
from bot.core.errors import ConfigError
from bot.core.wording import DayForm, English

RUSSIAN = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
"(n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "Sources"
msgstr "Источники"

msgctxt "list"
msgid ", "
msgstr "; "

msgid "{count} story"
msgid_plural "{count} stories"
msgstr[0] "{count} сюжет"
msgstr[1] "{count} сюжета"
msgstr[2] "{count} сюжетов"
"""


def catalogue(folder: Path, text: str) -> Path:
    path = folder / "ru" / "LC_MESSAGES" / "briefbot.po"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_english_needs_no_catalogue(tmp_path: Path) -> None:
    assert words("en", folder=tmp_path) == English()


def test_a_catalogue_speaks_its_language(tmp_path: Path) -> None:
    russian = words("ru", folder=catalogue(tmp_path, RUSSIAN))

    assert russian.gettext("Sources") == "Источники"
    assert russian.pgettext("list", ", ") == "; "
    assert [
        russian.ngettext("{count} story", "{count} stories", count) for count in (1, 2, 5, 21)
    ] == ["{count} сюжет", "{count} сюжета", "{count} сюжетов", "{count} сюжет"]
    assert russian.number(1234567) == "1\u00a0234\u00a0567"
    assert russian.time(time(8, 5)) == "08:05"


@pytest.mark.parametrize("form", DayForm)
def test_a_day_is_written_in_its_language(form: DayForm, tmp_path: Path) -> None:
    russian = words("ru", folder=catalogue(tmp_path, RUSSIAN))

    said = russian.day(date(2025, 9, 2), form)

    assert "2" in said
    assert "сент" in said
    assert ("2025" in said) == ("2025" in form.value)
    assert ("вт" in said) == ("Tue" in form.value)


def test_a_message_that_is_not_translated_yet_is_said_in_english(tmp_path: Path) -> None:
    russian = words("ru", folder=catalogue(tmp_path, RUSSIAN))

    assert russian.gettext("Status") == "Status"


def test_a_language_without_a_catalogue_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"'xx'\. Choose one of these languages: en, ru\."):
        words("xx", folder=catalogue(tmp_path, RUSSIAN))


@pytest.mark.parametrize(
    "content", [b'msgid "a"\nmsgid_plural "b"\nnonsense', b'msgid "a"\nmsgstr "\xff"\n']
)
def test_a_broken_catalogue_is_refused_by_name(content: bytes, tmp_path: Path) -> None:
    folder = catalogue(tmp_path, "")
    (folder / "ru" / "LC_MESSAGES" / "briefbot.po").write_bytes(content)

    with pytest.raises(ConfigError, match=r"briefbot\.po cannot be read: "):
        words("ru", folder=folder)


def test_english_is_among_the_languages_of_the_house() -> None:
    assert "en" in languages()


def test_english_is_spoken_without_loading_babel() -> None:
    program = "import sys, bot.catalogue; bot.catalogue.words('en'); print('babel' in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "False\n"
