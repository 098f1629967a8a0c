"""What all pages are made of: translations, templates, icons and static files, read once at start.

There is nothing to build and nothing to forget: the parts of the stylesheet (``css/*.css``: ``base``, ``staff``, then
one a page) are joined into ``style.css`` here, and the catalogues of translations
(``locale/<language>/LC_MESSAGES/*.po``: ``shared``, then one a page) are compiled in memory.
"""

import gzip
import io
import mimetypes
from collections.abc import Hashable, Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import jinja2
import msgspec
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemBytecodeCache, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from queue_server.web import chime
from queue_server.web.wording import MarkupTranslations, key_cap, ticket

#: Languages of the pages; the first is the one that the code is written in.
LANGUAGES = ("en", "fr", "ar")
#: Parts of the stylesheet that come before those of single pages, in this order.
FIRST_STYLES = ("base.css", "staff.css")
#: Sent as one script: htmx starts by itself, and an extension that came later would be left out.
HTMX = ("vendor/htmx-4.0.1.min.js", "vendor/hx-sse-4.0.1.min.js")
#: Icons that point the way of reading, and turn with it.
MIRRORED = frozenset({"call", "finish", "play", "open", "undo", "recall", "submit"})
#: Parts of pages that are remembered as they were drawn, of each language.
_PIECES = 4096


class Asset(msgspec.Struct, frozen=True):
    """A static file as it is sent; ``packed`` is the same by gzip (RFC 1952), empty where that saves nothing."""

    body: bytes
    content_type: str
    packed: bytes = b""


@lru_cache(maxsize=64)
def is_rtl(language: str) -> bool:
    return Locale.parse(language, sep="-").text_direction == "rtl"


def choose_language(wanted: Sequence[str], accept: str = "") -> str:
    """Choose a language that the pages have: of ``wanted`` in order, then of an Accept-Language header."""
    ranges = [part.split(";")[0].strip() for part in accept.split(",")]
    for tag in (*wanted, *ranges):
        if (primary := tag.split("-")[0].lower()) in LANGUAGES:
            return primary
    return LANGUAGES[0]


def language_name(language: str) -> str:
    """Name a language in itself."""
    return (Locale.parse(language, sep="-").get_display_name(language) or language).capitalize()


#: Compiled templates stand beside compiled modules: whoever may write there could change the program, too.
COMPILED: Final = Path(__file__).parent / "__pycache__" / f"templates-{jinja2.__version__}"


class _CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates in files, the same in all languages: to compile all of them takes seconds.

    Where this process may not write, as in a package, or the disk is full, it uses those that are there.
    """

    def __init__(self) -> None:
        with suppress(OSError):
            COMPILED.mkdir(parents=True, exist_ok=True)
        super().__init__(str(COMPILED))

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


class Site:
    """What the pages of a server are made of; nothing in it changes."""

    def __init__(self, roots: Sequence[Path]) -> None:
        """Read what is in folders of rooms: ``templates``, ``css``, ``static``, ``icons``, ``locale``."""
        self.assets = {path: _asset(path, file) for path, file in _walk(roots, "static")}
        self.assets["help.wav"] = Asset(chime.wav(), "audio/wav")
        self.assets["style.css"] = Asset(_stylesheet(roots), "text/css")
        self.assets["htmx.js"] = Asset(b"\n".join(self.assets[part].body for part in HTMX), "text/javascript")
        self.assets = {path: _packed(one) for path, one in self.assets.items()}
        digest = sha256()
        for path in sorted(self.assets):
            digest.update(path.encode() + b"\0" + self.assets[path].body)
        #: Names this set of static files; part of their address, so they may be kept for ever.
        self.release = digest.hexdigest()[:12]
        icons = {path.removesuffix(".svg"): file.read_text("utf-8") for path, file in _walk(roots, "icons")}
        self._icons = {name: _icon(name, drawn) for name, drawn in icons.items()}
        self._templates = {path: file.read_text("utf-8") for path, file in _walk(roots, "templates")}
        self._compiled = _CompiledTemplates()
        translations = {language: _translations(roots, language) for language in LANGUAGES}
        self.words = {language: MarkupTranslations(known) for language, known in translations.items()}
        self._environments = {language: self._environment(known, language) for language, known in translations.items()}

    def render(self, template: str, language: str, values: Mapping[str, Any]) -> str:
        return self._environments[language].get_template(template).render(values)

    def load_templates(self) -> None:
        """Load all templates in all languages, and compile those that are not, before somebody opens a page."""
        for environment in self._environments.values():
            for template in self._templates:
                environment.get_template(template)

    def static(self, path: str) -> str:
        """Address of a static file; one that is not there is a mistake in a template."""
        if path not in self.assets:
            raise KeyError(path)
        return f"/static/{self.release}/{path}"

    @staticmethod
    def language_names() -> list[tuple[str, str]]:
        return [(language, language_name(language)) for language in LANGUAGES]

    def icon(self, name: str) -> Markup:
        return self._icons[name]

    def _environment(self, translations: NullTranslations, language: str) -> Environment:
        environment = Environment(
            loader=FunctionLoader(self._templates.get),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            auto_reload=False,
            bytecode_cache=self._compiled,
        )
        environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
        environment.globals.update(
            language=language,
            rtl=is_rtl(language),
            static=self.static,
            icon=self.icon,
            ticket=ticket,
            key_cap=partial(key_cap, self.words[language]),
            release=self.release,
        )

        @lru_cache(_PIECES)
        def piece(template: str, one: Hashable) -> Markup:
            """Draw a part of a page that follows from ``one`` alone; as it was drawn before, where that was so."""
            return Markup(environment.get_template(template).render(one=one))  # noqa: S704 - our own templates

        environment.globals["piece"] = piece
        return environment


def _icon(name: str, drawn: str) -> Markup:
    attributes = f'class="icon{" mirrored" if name in MIRRORED else ""}" aria-hidden="true" focusable="false"'
    return Markup(drawn.strip().replace("<svg", f"<svg {attributes}", 1))  # noqa: S704 - our own files


@cache
def site_of(roots: tuple[Path, ...]) -> Site:
    """Read the pages of these rooms, once in a process: nothing in them changes."""
    return Site(roots)


def _walk(roots: Sequence[Path], folder: str) -> list[tuple[str, Path]]:
    """List the files in a folder of each root, by their path in it.

    Raises:
        KeyError: two rooms have a file of one name.
    """
    found: dict[str, Path] = {}
    for root in roots:
        for file in sorted((root / folder).rglob("*")):
            name = file.relative_to(root / folder).as_posix()
            if file.is_file() and found.setdefault(name, file) is not file:
                raise KeyError(name)
    return list(found.items())


def _asset(path: str, file: Path) -> Asset:
    kind = "font/woff2" if path.endswith(".woff2") else mimetypes.guess_type(path)[0]
    return Asset(file.read_bytes(), kind or "text/plain")


def _packed(asset: Asset) -> Asset:
    if not asset.content_type.startswith("text/"):
        # Fonts and sounds are as small as they get.
        return asset
    packed = gzip.compress(asset.body, mtime=0)
    return msgspec.structs.replace(asset, packed=packed) if len(packed) < len(asset.body) else asset


def _stylesheet(roots: Sequence[Path]) -> bytes:
    parts = dict(_walk(roots, "css"))
    order = [*FIRST_STYLES, *sorted(parts.keys() - set(FIRST_STYLES))]
    return b"\n".join(parts[name].read_bytes() for name in order)


def _translations(roots: Sequence[Path], language: str) -> NullTranslations:
    if language == LANGUAGES[0]:
        return NullTranslations()
    merged = Catalog(locale=language)
    for _path, file in sorted(_walk(roots, f"locale/{language}/LC_MESSAGES"), key=lambda found: found[0]):
        part = read_po(io.StringIO(file.read_text("utf-8")), locale=language, abort_invalid=True)
        for message in part:
            if message.id:
                merged[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)
