"""Bytes to text: which encoding a file is in, and whether it is text at all."""

import codecs
import re
from contextlib import suppress

from bot.core.health import Reason
from bot.sources.reading import Unread

#: The longer marks stand first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Characters that join or divide words and show nothing themselves.
_INVISIBLE = "\u200b\u2060\ufeff"
#: Documents that hold few control characters or none, by how they begin.
_DOCUMENTS = ((b"%PDF-", "a PDF document"), (b"{\\rtf", "an RTF document"))
#: Control characters that no text has: all but tab, line and page breaks, and escape.
_CONTROLS = bytes([*range(8), 0x0E, 0x0F, *range(0x10, 0x1B), *range(0x1C, 0x20), 0x7F])
#: One byte in twenty; packed or random data has one in nine.
_CONTROLS_SHARE = 0.05
#: What https://encoding.spec.whatwg.org/ makes of the names that pages give their encodings.
_DECLARABLE = {
    name: encoding
    for encoding, names in (
        ("gb18030", "gb18030 gbk gb2312 gb_2312-80 x-gbk"),
        ("big5", "big5 big5-hkscs cn-big5 x-x-big5"),
        ("cp932", "shift_jis shift-jis sjis x-sjis windows-31j"),
        ("euc_jp", "euc-jp x-euc-jp"),
        ("cp949", "euc-kr ks_c_5601-1987 windows-949"),
        ("koi8_r", "koi8-r koi8"),
        ("koi8_u", "koi8-u"),
        ("cp866", "cp866 ibm866"),
        ("cp1252", "windows-1252 cp1252 iso-8859-1 latin1 us-ascii ascii"),
        ("cp1254", "windows-1254 cp1254 iso-8859-9"),
        ("iso8859_2", "iso-8859-2 latin2"),
        ("iso8859_5", "iso-8859-5"),
        ("iso8859_15", "iso-8859-15"),
        *((f"cp{page}", f"windows-{page} cp{page}") for page in (1250, 1251, 1253, 1255, 1256)),
        *((f"cp{page}", f"windows-{page} cp{page}") for page in (1257, 1258)),
    )
    for name in names.split()
}
_PAGE_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
_XML_CHARSET = re.compile(
    rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE
)
#: Where the charset must stand (HTML standard: the first 1024 bytes; many pages are later).
_HEAD = 4096
#: Encodings of the languages the Organisation's press writes in, the likeliest first.
_LIKELY = ("gb18030", "big5", "cp1251", "koi8_r", "cp866", "cp1252", "cp932", "cp949")
#: Encodings that mistake others' short texts, so they are thought of only for their languages, and
#: then in the place of windows-1252.
_OF_LANGUAGES = {
    "cp1250": "cs hr hu pl ro sk sl",
    "cp1254": "az tr",
    "cp1256": "ar fa ps ur",
}


def decode(
    data: bytes, *, language: str, page: bool = False, declared: str = "", mend: bool = False
) -> str | Unread:
    """Return the text, without a byte order mark and with each line ended as Python reads it.

    The language is the one to expect. A page (HTML or XML) may declare its encoding, and so may
    the server that sent it (``declared``); UTF-8 that proves itself comes first all the same,
    because a wrong declaration is common and that proof is not given by accident. Asked to
    ``mend``, it puts U+FFFD for the broken characters of what else is Unicode.
    """
    text = _decoded(data, language, page=page, declared=declared, mend=mend)
    if isinstance(text, Unread):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if all(character.isspace() or character in _INVISIBLE for character in text):
        return Unread(Reason.EMPTY)
    return text


def _decoded(data: bytes, language: str, *, page: bool, declared: str, mend: bool) -> str | Unread:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, mend=mend)
    binary = _binary(data)
    if binary:
        return binary
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf_8(data):
            if mend:
                return data.decode("utf-8", "replace")
            return Unread(Reason.BAD_ENCODING, f"UTF-8 with a broken character, byte {error.start}")
    said = _as_declared(data, declared) if page else None
    return said or _as_it_looks(data, language)


def _marked(data: bytes, encoding: str, *, mend: bool) -> str | Unread:
    try:
        text = data.decode(encoding, "replace" if mend else "strict")
    except UnicodeDecodeError as error:
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        return Unread(Reason.BAD_ENCODING, f"{name} with a broken character, byte {error.start}")
    return Unread(Reason.BINARY) if "\0" in text else text


def _binary(data: bytes) -> Unread | None:
    for start, kind in _DOCUMENTS:
        if data.startswith(start):
            return Unread(Reason.BINARY, kind)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > len(data) * _CONTROLS_SHARE:
        return Unread(Reason.BINARY)
    return None


def _is_damaged_utf_8(data: bytes) -> bool:
    # Cut or patched UTF-8 would still pass for some other encoding, as nonsense.
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    return sound > 4 * broken


def _as_declared(data: bytes, declared: str) -> str | None:
    """Return the text as its server says, else as it says itself; None where both are wrong."""
    head = data[:_HEAD]
    match = _PAGE_CHARSET.search(head) or _XML_CHARSET.search(head)
    inside = match[1].decode("ascii", "replace") if match else ""
    for name in (declared, inside):
        encoding = _DECLARABLE.get(name.strip().lower())
        if encoding:
            with suppress(UnicodeDecodeError):
                return data.decode(encoding)
    return None


def _as_it_looks(data: bytes, language: str) -> str | Unread:
    # Loading the detector takes longer than reading most folders, and UTF-8 never needs it.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    pages = [page for page, languages in _OF_LANGUAGES.items() if language in languages.split()]
    likely = [page for page in _LIKELY if page != "cp1252" or not pages]
    best = from_bytes(data, cp_isolation=[*pages, *likely]).best()
    if best is None:
        return Unread(Reason.BAD_ENCODING)
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError:
        return Unread(Reason.BAD_ENCODING)
