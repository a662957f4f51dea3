"""Which single words in capitals may be the surname of somebody."""

import re

from bot.core.cast import Cast
from bot.core.cities import AGENCIES, CITIES
from bot.core.labels import is_verb
from bot.core.language import Language
from bot.core.people import NO_NAME
from bot.core.values import Span

#: Behind these a word in capitals is a place.
_WHERE = frozenset("in at near from of across outside inside around throughout".split())
#: Behind these "to" is followed by where somebody goes.
_GOING = frozenset(
    """
    came come comes went go goes gone flew fly travelled traveled travel travels returned return
    returns moved move drove sailed trip visit way journey fled flight road welcome
    """.split()
)
#: States and continents of one word, save those that are surnames as well (Chad, Jordan).
_COUNTRIES = frozenset(
    """
    Afghanistan Africa Albania Algeria America Andorra Angola Argentina Armenia Asia Australia
    Austria Azerbaijan Bahamas Bahrain Bangladesh Barbados Belarus Belgium Belize Benin Bhutan
    Bolivia Botswana Brazil Britain Brunei Bulgaria Burundi Cambodia Cameroon Canada Chile China
    Colombia Comoros Congo Crimea Croatia Cuba Cyprus Czechia Denmark Djibouti Dominica Ecuador
    Egypt England Eritrea Estonia Eswatini Ethiopia Europe Fiji Finland France Gabon Gambia Germany
    Ghana Greece Grenada Guatemala Guinea Guyana Haiti Honduras Hungary Iceland India Indonesia Iran
    Iraq Ireland Italy Jamaica Japan Kazakhstan Kenya Kiribati Kosovo Kuwait Kyrgyzstan
    Laos Latvia Lebanon Lesotho Liberia Libya Liechtenstein Lithuania Luxembourg Madagascar Malawi
    Malaysia Maldives Mali Malta Mauritania Mauritius Mexico Micronesia Moldova Monaco Mongolia
    Montenegro Morocco Mozambique Myanmar Namibia Nauru Nepal Netherlands Nicaragua Niger Nigeria
    Norway Oman Pakistan Palau Palestine Panama Paraguay Peru Philippines Poland Portugal Qatar
    Romania Russia Rwanda Samoa Scotland Senegal Serbia Seychelles Singapore Slovakia Slovenia
    Somalia Spain Sudan Suriname Sweden Switzerland Syria Taiwan Tajikistan Tanzania Thailand Togo
    Tonga Tunisia Turkey Türkiye Turkmenistan Tuvalu Uganda Ukraine Uruguay Uzbekistan Vanuatu
    Venezuela Vietnam Wales Yemen Zambia Zimbabwe
    """.split()
)
_PLACE = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Aa]cross|[Oo]utside) (\w+)")
_STARTS = (".", "!", "?", "\n")
#: Endings of a verb or an adverb behind a name, where a noun would make an adjective of it.
_NO_NOUN = ("ed", "ly")
_OWNS = ("'", "’")
#: The word behind a name is read so far, in characters.
_REACH = 40


class Surnames:
    """Tells surnames that stand alone from places, nations and things, as far as that shows.

    A word of which nothing shows what it is may be a surname.
    """

    def __init__(self, text: str, cast: Cast, language: Language) -> None:
        """Read which words of an article are places."""
        self._cast = cast
        self._language = language
        self._places = frozenset(_PLACE.findall(text))

    def may_be(self, piece: str, run: Span, words: list[str]) -> bool:
        """Say whether a run of a piece's words in capitals may be somebody's surname alone."""
        bare = [word for word in words if word not in NO_NAME]
        if len(bare) != 1 or words[-1] != bare[0] or self._is_no_name(bare[0]):
            return False
        before = piece[max(0, run.start - _REACH) : run.start].rstrip(" ")
        if len(words) == 1 and (not before or before.endswith(_STARTS)):
            return bare[0] in self._cast.by_word
        led = [word.lower() for word in (*before.split()[-2:], *words[:-1])][-2:]
        if led[-1] in _WHERE or led[-1] in self._language.determiners:
            return False
        if led[-1] == "to" and led[0] in _GOING:
            return False
        follows = piece[run.end : run.end + _REACH]
        return not follows.startswith(_OWNS) and not self._is_adjective(follows)

    def _is_no_name(self, word: str) -> bool:
        is_known = word in _COUNTRIES or word.upper() in CITIES or word.lower() in AGENCIES
        return is_known or word.isupper() or word in self._places

    def _is_adjective(self, rest: str) -> bool:
        """Say whether a noun follows right behind: "Malian farmers"."""
        follows = re.match(r" ([a-z]+)", rest)
        if follows is None:
            return False
        word = follows[1]
        is_small = word in self._language.stop_words or is_verb(word, self._language)
        return not is_small and not word.endswith(_NO_NOUN)
