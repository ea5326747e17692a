"""Web pages of municipalities: their links, what a link leads to, what robots.txt allows."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from selectolax.lexbor import LexborHTMLParser

from pipelines.fetching.web import MissingError, RefusedError, Reply, Web, host_of
from pipelines.sources.characters import composed, shown_name
from pipelines.sources.inbox import DOCUMENT_SUFFIXES
from pipelines.tables.identify import document_kind

HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_FILES = tuple(each for each in DOCUMENT_SUFFIXES if each not in HTML_SUFFIXES)
_SURELY = re.compile(
    r"planbeskrivning|samrådsredogörelse|granskningsutlåtande|särskilt utlåtande|"
    r"konsekvensbeskrivning|tävlingsprogram|riktlinjer för (?:kommunala )?markanvisning|"
    r"planprogram|översiktsplan\b.*\b(?:pdf|docx?)\b",
    re.I,
)
_NOT_WANTED = re.compile(
    r"kart[ao]|illustration|bilag|utredning|inventering|buller|dagvatten|geotekn|solstudi|"
    r"fastighetsförteckning|protokoll|kallelse|kungörelse|annons|underrättelse|blankett|yttrande|"
    r"gestaltning|vision(?:er)?sbild|taxa|checklista",
    re.I,
)
"""Words of what is drawn, surveyed or announced: no text in which the municipality plans."""
_PLAN_PAGE = re.compile(
    r"detaljplan|översiktsplan|planprogram|handlingar|markanvisning|samråd|granskning|antagande|"
    r"laga kraft|planbeskrivning|dokument|stadsutveckling|planarbete",
    re.I,
)
_WITHOUT_MARKS = {
    "samradsredogorelse": "samrådsredogörelse", "granskningsutlatande": "granskningsutlåtande",
    "oversiktsplan": "översiktsplan", "fordjupad": "fördjupad", "miljokonsekvens":
    "miljökonsekvens", "utlatande": "utlåtande", "tavlingsprogram": "tävlingsprogram",
}  # fmt: skip
"""What file names write without å, ä and ö."""
_SLOWEST = 10.0
"""Seconds of Crawl-delay that are heeded; a page that asks for more is left to people."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address without its fragment, and the words of the link with the file's name."""

    url: str
    text: str

    @property
    def words(self) -> str:
        """What the link says, together with the name in its address."""
        name = PurePosixPath(unquote(urlsplit(self.url).path)).name
        return spelled(f"{self.text} {name}")

    @property
    def is_file(self) -> bool:
        """Whether address or words say that it is a file."""
        return suffix_of(self.url) in _FILES or bool(
            re.search(r"\bpdf\b|\bdocx?\b", self.text, re.I)
        )

    @property
    def kind(self) -> str:
        """Kind of document by the words; "" where they tell none, "-" where it is not wanted."""
        sure = _SURELY.search(self.words)
        if not sure and _NOT_WANTED.search(self.words):
            return "-"
        kind = document_kind(self.words, "")
        return "" if kind == "other" else kind

    def leads_on(self, start: str) -> bool:
        """Whether it is a page below the start, or one whose words speak of plans."""
        if suffix_of(self.url) not in ("", *HTML_SUFFIXES, ".aspx", ".php"):
            return False
        return self.is_below(start) or bool(_PLAN_PAGE.search(self.words))

    def is_below(self, page: str) -> bool:
        """Whether the address continues that of a page."""
        return self.url.startswith(re.sub(r"\.\w+$", "", page).rstrip("/") + "/")

    def is_of(self, page: str) -> bool:
        """Whether it leads to more of the plan that a page is about, and to no other plan."""
        is_another = re.search(r"detaljplan|översiktsplan|planprogram", self.words)
        return self.is_below(page) or not is_another


@dataclass(frozen=True, slots=True)
class Page:
    """The heading of a page and its links, without those of menus and footers."""

    heading: str
    links: tuple[Link, ...]


def read_page(reply: Reply) -> Page:
    """Return what a page is called and links to, each address once."""
    tree = LexborHTMLParser(_text(reply))
    for part in tree.css("nav, header nav, footer, script, style, form, aside, [role=navigation]"):
        part.decompose()
    base_node = tree.css_first("base[href]")
    base = urljoin(reply.url, (base_node.attributes.get("href") or "") if base_node else "")
    links: dict[str, Link] = {}
    for node in tree.css("a[href]"):
        url = urldefrag(urljoin(base, (node.attributes.get("href") or "").strip()))[0]
        text = " ".join(f"{node.text()} {node.attributes.get('title') or ''}".split())
        if urlsplit(url).scheme in ("http", "https") and url != reply.url:
            links.setdefault(url, Link(url, composed(text)))
    heading = tree.css_first("h1") or tree.css_first("title")
    return Page(" ".join(heading.text().split()) if heading else "", tuple(links.values()))


def spelled(text: str) -> str:
    """Give words of file names their Swedish letters back: ``samradsredogorelse_x``."""
    plain = composed(text).replace("_", " ").casefold()
    for without, word in _WITHOUT_MARKS.items():
        plain = plain.replace(without, word)
    return plain


def suffix_of(url: str) -> str:
    """Return the ending of an address's path in lower case."""
    return PurePosixPath(unquote(urlsplit(url).path)).suffix.casefold()


def site_of(address: str) -> str:
    """``https://dok.ort.se/x`` → ``ort.se``: the hosts of one municipality; an IP as it is."""
    host = host_of(address)
    return host if re.search(r"\d(:\d+)?$", host) else ".".join(host.split(".")[-2:])


def _text(reply: Reply) -> str:
    try:
        return reply.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return reply.body.decode("cp1252", "replace")


# Files ------------------------------------------------------------------------------------------


_SIGNS = (
    (re.compile(rb"%PDF-"), ".pdf"),
    (re.compile(rb"^\xd0\xcf\x11\xe0"), ".doc"),
    (re.compile(rb"^\{\\rtf"), ".rtf"),
    (re.compile(rb"^(?:<\?xml[^>]*>\s*)?<(?:!doctype )?html", re.I), ".html"),
)
"""How the content of a file begins; PDFs may have something before it."""


def file_type(body: bytes) -> str:
    """Return the ending that a document's content has; "" for what is not read."""
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"PK\x03\x04"):
        if b"opendocument.text" in body[:200]:
            return ".odt"
        return ".docx" if b"word/" in body else ""
    for sign, ending in _SIGNS:
        if sign.search(start):
            return ending
    return ".txt" if body and b"\x00" not in start else ""


def file_name(reply: Reply, ending: str) -> str:
    """Return a name for a file that was fetched: the sender's, else the address's, made safe."""
    header = Message()
    header["content-disposition"] = reply.headers.get("content-disposition", "")
    name = header.get_filename() or ""
    with suppress(UnicodeError):
        name = name.encode("latin-1").decode("utf-8")  # sent as bytes, read as Latin-1
    name = name or unquote(urlsplit(reply.url).path).rstrip("/").rpartition("/")[2]
    stem = shown_name(re.sub(r'[\x00-\x1f/\\:*?"<>|]+', "_", composed(name))).strip(" .~")
    if stem.casefold().endswith(DOCUMENT_SUFFIXES):
        stem = stem[: stem.rindex(".")]
    return f"{stem[:100].strip(' .') or 'dokument'}{ending}"


# robots.txt -------------------------------------------------------------------------------------


class Robots:
    """What each host's robots.txt allows; without one everything is."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._of_host: dict[str, RobotFileParser] = {}

    def allow(self, url: str) -> bool:
        """Tell whether an address may be asked.

        Raises:
            UnreachableError: the host does not say, because it does not answer.
        """
        parts = urlsplit(url)
        rules = self._of_host.get(parts.netloc)
        if rules is None:
            rules = self._of_host[parts.netloc] = self._read(f"{parts.scheme}://{parts.netloc}")
            asked = min(float(rules.crawl_delay("planinnovation") or 0), _SLOWEST)
            if asked:
                self._web.delays[host_of(url)] = asked
        return rules.can_fetch("planinnovation", url)

    def _read(self, root: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            lines = _text(self._web.get(f"{root}/robots.txt")).splitlines()
        except MissingError:
            lines = []
        except RefusedError:
            lines = ["User-agent: *", "Disallow: /"]
        rules.parse(lines)
        # urllib's parser knows no wildcards; typeshed does not list the rules that it keeps
        for entry in (*rules.entries, *filter(None, [rules.default_entry])):  # type: ignore[attr-defined]
            entry.rulelines = [_with_wildcards(rule) for rule in entry.rulelines]
        return rules


class _Pattern:
    """A rule with ``*`` or ``$`` (RFC 9309), which the standard library takes for letters."""

    def __init__(self, path: str, *, allowance: bool) -> None:
        self.allowance = allowance
        parts = (re.escape(part) for part in unquote(path).removesuffix("$").split("*"))
        self._matches = re.compile(".*".join(parts) + ("$" if path.endswith(("$", "%24")) else ""))

    def applies_to(self, filename: str) -> bool:
        return bool(self._matches.match(unquote(filename)))


def _with_wildcards(rule: object) -> object:
    # typeshed does not list the rules of urllib's parser nor their fields
    path: str = rule.path  # type: ignore[attr-defined]
    if "*" in unquote(path).rstrip("*") or path.endswith(("$", "%24")):
        return _Pattern(path, allowance=rule.allowance)  # type: ignore[attr-defined]
    return rule
