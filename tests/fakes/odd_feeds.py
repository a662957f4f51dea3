"""Feeds as they should not be served and are: what each holds, for whoever can read it."""

from dataclasses import dataclass

_RSS = (
    '<?xml version="1.0" encoding="{encoding}"?>\n'
    '<rss version="2.0"{names}><channel><title>N</title>'
)
_ITEM = "<item><title>{}</title><link>https://n.example/{}</link><guid>g{}</guid></item>"
_TWO = _ITEM.format("First", 1, 1) + _ITEM.format("Second", 2, 2)
_END = "</channel></rss>"
_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>'
_RUSSIAN = "Новости Шанхайской организации сотрудничества"
_CHINESE = "上海合作组织成员国元首理事会会议"


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """A feed with a fault or an oddity, and the titles that a reader should find in it."""

    name: str
    content: bytes
    titles: tuple[str, ...]
    content_type: str = "application/xml"


def _rss(body: str, *, names: str = "", encoding: str = "utf-8") -> bytes:
    return (_RSS.format(encoding=encoding, names=names) + body + _END).encode()


def _titled(title: str, number: int = 1) -> str:
    return _ITEM.format(title, number, number)


def _odd(name: str, content: bytes, *titles: str, content_type: str = "application/xml") -> Odd:
    return Odd(name=name, content=content, titles=titles, content_type=content_type)


def _in_charset(text: str, encoding: str, *, label: str = "") -> bytes:
    feed = _RSS.format(encoding=label or encoding, names="") + _titled(text) + _END
    return feed.encode(encoding)


_SOUND = _rss(_TWO)

#: Formats, old and new.
FORMATS = (
    _odd(
        "RSS 0.90",
        b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        b'xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>N</title></channel>'
        b"<item><title>First</title><link>https://n.example/1</link></item>"
        b"<item><title>Second</title><link>https://n.example/2</link></item></rdf:RDF>",
        "First",
        "Second",
    ),
    _odd(
        "RSS 0.91 with its DTD",
        b'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        b'"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>'
        b"<title>N</title>" + _TWO.encode() + b"</channel></rss>",
        "First",
        "Second",
    ),
    _odd(
        "RSS 0.92",
        b'<rss version="0.92"><channel><item><title>First</title>'
        b"<link>https://n.example/1</link></item></channel></rss>",
        "First",
    ),
    _odd(
        "RSS 1.0",
        b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        b'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        b'<channel rdf:about="https://n.example"><title>N</title></channel>'
        b'<item rdf:about="https://n.example/1"><title>First</title>'
        b"<link>https://n.example/1</link><dc:date>2026-05-04T08:00Z</dc:date></item></rdf:RDF>",
        "First",
    ),
    _odd("RSS 2.0", _SOUND, "First", "Second"),
    _odd(
        "Atom 0.3",
        b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>N</title><entry>'
        b'<title mode="escaped" type="text/html">First</title><id>tag:n,1</id>'
        b'<link rel="alternate" type="text/html" href="https://n.example/1"/>'
        b"<issued>2026-05-04T08:00:00Z</issued></entry></feed>",
        "First",
    ),
    _odd(
        "Atom 1.0 with a prefix",
        b'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>N</a:title><a:entry>'
        b'<a:title>First</a:title><a:id>1</a:id><a:link href="https://n.example/1"/></a:entry>'
        b"</a:feed>",
        "First",
    ),
    _odd(
        "Atom without its namespace",
        b"<feed><title>N</title><entry><title>First</title><id>1</id>"
        b'<link href="https://n.example/1"/></entry></feed>',
        "First",
    ),
    _odd(
        "Atom with XHTML",
        (
            _ATOM + '<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
            "<b>First</b> news</div></title><id>1</id></entry></feed>"
        ).encode(),
        "First news",
    ),
    _odd(
        "JSON Feed",
        b'{"version": "https://jsonfeed.org/version/1", "items": '
        b'[{"id": "1", "title": "First", "content_text": "Words"}, {"id": 2, "title": "Second"}]}',
        "First",
        "Second",
        content_type="application/feed+json",
    ),
)

#: XML that is not sound.
BROKEN_XML = (
    _odd("blank lines first", b"\n\n  " + _SOUND, "First", "Second"),
    _odd("a mark and blanks first", b"\xef\xbb\xbf \n" + _SOUND, "First", "Second"),
    _odd(
        "a warning first", b"<br />\n<b>Warning</b>: foo() in x.php\n" + _SOUND, "First", "Second"
    ),
    _odd("words first", b"Notice: undefined index in line 3\n" + _SOUND, "First", "Second"),
    _odd("a script behind", _SOUND + b"<!-- cached --><script>x()</script>", "First", "Second"),
    _odd("a bare ampersand", _rss(_titled("Trade & transit")), "Trade & transit"),
    _odd(
        "a bare ampersand in a link",
        _rss("<item><title>First</title><link>https://n.example/?a=1&b=2</link></item>"),
        "First",
    ),
    _odd("entities of HTML", _rss(_titled("Caf&eacute;&nbsp;news")), "Café news"),
    _odd(
        "entities of HTML, declared",
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY nbsp "&#160;">]><rss><channel>'
        + _titled("Two&nbsp;words").encode()
        + b"</channel></rss>",
        "Two words",
    ),
    _odd("control characters", _rss(_titled("Fir\x0bst\x08")), "First"),
    _odd("a forbidden reference", _rss(_titled("Fir&#8;st")), "First"),
    _odd("cut in an item", _rss(_TWO)[: -len(_END) - 40], "First"),
    _odd("cut in a tag", _rss(_TWO)[: -len(_END) - 4], "First"),
    _odd("cut behind the items", _rss(_TWO)[: -len(_END)], "First", "Second"),
    _odd(
        "bare HTML in a description",
        _rss(
            "<item><title>First</title><description>One<br>two<p>three<img src=x></description>"
            "<link>https://n.example/1</link></item>" + _titled("Second", 2)
        ),
        "First",
        "Second",
    ),
    _odd(
        "undeclared prefixes",
        _rss("<item><title>First</title><dc:date>2026-05-04</dc:date><media:x/></item>"),
        "First",
    ),
    _odd(
        "tags in capitals",
        b"<RSS><CHANNEL><TITLE>N</TITLE><ITEM><TITLE>First</TITLE></ITEM></CHANNEL></RSS>",
        "First",
    ),
    _odd("no channel", f"<rss>{_TWO}</rss>".encode(), "First", "Second"),
    _odd(
        "items behind the channel",
        f"<rss><channel><title>N</title></channel>{_TWO}</rss>".encode(),
        "First",
        "Second",
    ),
    _odd(
        "an attribute without quotes",
        f"<rss version=2.0><channel>{_TWO}</channel></rss>".encode(),
        "First",
        "Second",
    ),
    _odd(
        "an end that is missing",
        _rss("<item><title>First</title><link>https://n.example/1</link>" + _titled("Second", 2)),
        "First",
        "Second",
    ),
)

#: Letters, and what their labels say of them.
LETTERS = (
    _odd("windows-1251", _in_charset(_RUSSIAN, "windows-1251"), _RUSSIAN),
    _odd(
        "windows-1251 labelled UTF-8",
        _in_charset(_RUSSIAN, "windows-1251", label="utf-8"),
        _RUSSIAN,
        content_type="text/xml; charset=windows-1251",
    ),
    _odd(
        "windows-1251 labelled UTF-8 everywhere",
        _in_charset(" ".join([_RUSSIAN] * 3), "windows-1251", label="utf-8"),
        " ".join([_RUSSIAN] * 3),
        content_type="text/xml; charset=utf-8",
    ),
    _odd("koi8-r", _in_charset(_RUSSIAN, "koi8-r"), _RUSSIAN),
    _odd("gb18030 labelled GB2312", _in_charset(_CHINESE, "gb18030", label="gb2312"), _CHINESE),
    _odd("UTF-8 labelled GB2312", _in_charset(_CHINESE, "utf-8", label="gb2312"), _CHINESE),
    _odd(
        "UTF-8 labelled Latin by its server",
        _rss(_titled(_RUSSIAN)),
        _RUSSIAN,
        content_type="text/xml; charset=ISO-8859-1",
    ),
    _odd("UTF-16 with a mark", _in_charset(_RUSSIAN, "utf-16"), _RUSSIAN),
    _odd(
        "UTF-16 without a mark",
        _rss(_titled(_CHINESE), encoding="utf-16").decode().encode("utf-16-le"),
        _CHINESE,
    ),
    _odd(
        "UTF-8 with a mark, labelled UTF-16",
        b"\xef\xbb\xbf" + _in_charset(_RUSSIAN, "utf-8", label="utf-16"),
        _RUSSIAN,
    ),
    _odd(
        "windows-1252 labelled Latin 1",
        _in_charset("“Smart” solutions", "windows-1252", label="iso-8859-1"),
        "“Smart” solutions",
    ),
    _odd(
        "a broken character",
        _rss(_titled(_RUSSIAN)).replace("с".encode(), b"\xd1", 1),
        _RUSSIAN.replace("с", "\ufffd", 1),
    ),
    _odd(
        "a charset that nobody knows", _in_charset(_RUSSIAN, "utf-8", label="x-unheard"), _RUSSIAN
    ),
)

#: Items with more or less than they should have.
ITEMS = (
    _odd("CDATA", _rss(_titled("<![CDATA[Trade & transit]]>")), "Trade & transit"),
    _odd("escaped twice", _rss(_titled("AT&amp;amp;T grows")), "AT&T grows"),
    _odd("markup in a title", _rss(_titled("&lt;b&gt;First&lt;/b&gt; news")), "First news"),
    _odd(
        "a script in a title",
        _rss(_titled("<![CDATA[First<script>alert(1)</script> news]]>")),
        "First news",
    ),
    _odd("less than", _rss(_titled("Growth &lt; 5 percent")), "Growth < 5 percent"),
    _odd(
        "no ids, no dates, no links",
        _rss("<item><title>First</title></item><item><title>Second</title></item>"),
        "First",
        "Second",
    ),
    _odd(
        "one id for all",
        _rss(
            "<item><title>First</title><link>https://n.example/1</link><guid>g</guid></item>"
            "<item><title>Second</title><link>https://n.example/2</link><guid>g</guid></item>"
        ),
        "First",
        "Second",
    ),
    _odd(
        "another's title beside its own",
        _rss(
            '<item><media:title xmlns:media="http://search.yahoo.com/mrss/">Photo</media:title>'
            "<title>First</title></item>"
        ),
        "First",
    ),
    _odd(
        "a comment and an instruction in a title",
        _rss(_titled("Fi<!-- no -->rs<?no x?>t")),
        "First",
    ),
)

ALL = FORMATS + BROKEN_XML + LETTERS + ITEMS
