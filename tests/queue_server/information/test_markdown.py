"""What managers type, and what comes out: nothing that runs, loads or leads where it should not, whatever goes in."""

import re
from datetime import date
from html import escape as html_escape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.catalogue import store as catalogue
from queue_server.catalogue import toml
from queue_server.catalogue.model import Setup
from queue_server.information import markdown, placeholders, rendering, store
from queue_server.information.errors import (
    InformationMarkdownError,
    InformationPlaceholderError,
)
from queue_server.information.filling import Filling
from tests.queue_server.known import site

DEMO, HARBOUR = (toml.parse(text) for text in catalogue.demo_catalogues())
WORDS = site().words
DAY = date(2026, 11, 24)

ALLOWED = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "br", "table", "tbody", "tr", "th", "td"}
ATTRIBUTES = {("a", "href"), ("a", "rel"), ("ol", "start"), ("th", "scope")}


def filling(language: str = "en", day: date = DAY) -> Filling:
    return Filling(HARBOUR, day, language, WORDS[language])


def html(text: str, language: str = "en") -> str:
    return str(rendering.html(text, HARBOUR, filling(language)))


class Strict(HTMLParser):
    """Notes everything in HTML that pages may not have."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[object] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.wrong.append(tag)
        for name, value in attrs:
            if (tag, name) not in ATTRIBUTES:
                self.wrong.append((tag, name))
            if name == "href" and not (value or "").lower().startswith(("https://", "tel:", "mailto:")):
                self.wrong.append(value)

    def handle_comment(self, data: str) -> None:
        self.wrong.append(data)

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(decl)


PIECES = st.sampled_from(
    [
        *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- ", "-->", "<a href=", "<svg/onload=1>"),
        *("[a](javascript:alert(1))", "[a](data:text/html,x)", "![a](https://evil.example/x.png)", "[a](HTTPS://b.c)"),
        *('[a](https://b.c "t" onclick=1)', "<https://a.b>", "<javascript:1>", "[a]: javascript:1", "[a](//b.c)"),
        *("{{fees}}", "{{hours}}", "{{fee:uto-birth}}", "{{", "}}", "{{fee:<b>}}", "{{steps:uto-birth}}", "{{x}}"),
        *(
            "# ",
            "- ",
            "1. ",
            "> ",
            "```",
            "    ",
            "\n",
            "\n\n",
            "**",
            "*",
            "_",
            "`",
            "|",
            "&lt;script&gt;",
            "&#106;",
            "\\",
        ),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40).map("".join)


@given(TEXTS)
@example("<" * 3000)
@example("- " * 400)
@example("> " * 400 + "x")
@example("[" * 2000 + "](https://a.b)" * 50)
@example("*_" * 2000)
def test_whatever_is_typed_is_harmless_when_it_is_read(text: str) -> None:
    assert Strict(html(text)).wrong == []
    for block in rendering.blocks(text, HARBOUR, filling()):
        assert block.text.strip()


@given(TEXTS)
def test_what_is_checked_is_refused_by_name_or_has_no_braces_left(text: str) -> None:
    try:
        markdown.check(text, "en")
        placeholders.check(text, "en", HARBOUR)
    except (InformationMarkdownError, InformationPlaceholderError):
        return
    assert "{{" not in html(text)
    assert all("{{" not in block.text for block in rendering.blocks(text, HARBOUR, filling()))


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("All well\n\n<b>bold</b>", "html", 3),
        ("<script>1</script>", "html", 1),
        ("![flag](https://a.b/c.png)", "picture", 1),
        ("a\n\n\n[x](http://a.b)", "link", 4),
        ("[x](javascript:alert(1))", "link", 1),
        ("[x](/counter)", "link", 1),
        ("[x](https:)", "link", 1),
        ("```\nx\n```", "code", 1),
        ("`x`", "code", 1),
        ("> said", "quotation", 1),
        ("a\n\n***", "line", 3),
    ],
)
def test_what_pages_do_not_have_is_refused_with_its_line(text: str, what: str, line: int) -> None:
    with pytest.raises(InformationMarkdownError) as refused:
        markdown.check(text, "fr")
    assert refused.value.placeholders == {"language": "fr", "line": line, "what": what}


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("## a\n\n## b", "h2 h2"),
        ("# a\n\n## b\n\n##### c", "h2 h3 h3"),
        ("### a\n\n# b\n\n## c", "h2 h2 h3"),
        ("{{fees:XAL}}\n\n## a\n\n{{fees:XAL}}", "h2 h2 h3"),
    ],
)
def test_no_level_of_headings_is_left_out(text: str, levels: str) -> None:
    assert re.findall(r"<(h\d)", html(text)) == levels.split()


def test_what_pages_have_is_kept() -> None:
    text = "# Head\n\nOne **two** *three*\nfour [call](tel:+19025550142) <https://a.example/b>\n\n3. c\n4. d\n   - e"
    markdown.check(text, "en")
    assert html(text) == (
        "<h2>Head</h2>\n<p>One <strong>two</strong> <em>three</em><br>\n"
        'four <a href="tel:+19025550142" rel="noopener noreferrer">call</a> '
        '<a href="https://a.example/b" rel="noopener noreferrer">https://a.example/b</a></p>\n'
        '<ol start="3">\n<li>c</li>\n<li>d\n<ul>\n<li>e</li>\n</ul>\n</li>\n</ol>\n'
    )
    assert [(one.kind, one.value, one.text) for one in rendering.blocks(text, HARBOUR, filling())] == [
        ("heading", "", "Head"),
        ("paragraph", "", "One two three\nfour call (\u2066+19025550142\u2069) https://a.example/b"),
        ("item", "3.", "c"),
        ("item", "4.", "d"),
        ("item", "\N{BULLET}", "e"),
    ]


# --- what the catalogue says -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("{{fee}}", "{{fee:}}", "{{fee:nothing}}", "{{Fees}}", "{{price}}", "{{}}", "{{fees:ABC}}", "{{steps}}"),
        *("{{requirements}}", "{{requirements:nothing}}", "for {{requirements:uto-passport-lost}}"),
        *("{{hours:monday}}", "{{fees", "so {{fees}} stands", "# {{hours}}", "[x](https://a.b/{{centre}})"),
    ],
)
def test_braces_that_say_nothing_are_refused(text: str) -> None:
    with pytest.raises(InformationPlaceholderError):
        placeholders.check(f"Good {{{{centre}}}}.\n\n{text}", "ar", HARBOUR)


def test_an_amount_is_that_of_the_day_in_the_money_of_the_reader() -> None:
    def fee(day: date, language: str) -> str:
        told = Filling(DEMO, day, language, WORDS[language]).text(placeholders.read("fee:uto-passport-renewal", DEMO))
        return told.replace("\N{NO-BREAK SPACE}", " ").replace("\u2066", "").replace("\u2069", "")

    assert fee(date(2027, 6, 30), "en") == (
        "Adults: EUR 82.50 · Children: EUR 41.25 · Small children: free of charge · from 1 July 2027: Adults: EUR 86.00"
    )
    assert fee(date(2027, 7, 1), "fr").startswith("Adultes : EUR 86,00 · Enfants : EUR 41,25 · ")
    assert "EUR 86.00" in fee(date(2027, 7, 1), "ar")


def test_a_list_of_fees_has_a_line_for_each_amount() -> None:
    block = rendering.blocks("{{fees:UTO}}", DEMO, Filling(DEMO, DAY, "en", WORDS["en"]))[1]
    told = block.value.replace("\N{NO-BREAK SPACE}", " ").replace("\u2066", "").replace("\u2069", "")
    assert (block.text, told.split("\n")) == (
        "Renew a passport",
        [
            "Adults: EUR 82.50",
            "Children: EUR 41.25",
            "Small children: free of charge",
            "from 1 July 2027: Adults: EUR 86.00",
        ],
    )


@pytest.mark.parametrize("setup", [DEMO, HARBOUR])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_what_to_bring_is_the_list_of_the_catalogue(setup: Setup, language: str) -> None:
    filled = Filling(setup, DAY, language, WORDS[language])
    for checklist in setup.checklists:
        for service in checklist.services:
            text = f"{{{{requirements:{service}}}}}"
            placeholders.check(text, language, setup)
            told = rendering.blocks(text, setup, filled)
            assert len(told) == len(checklist.lines)
            shown = str(rendering.html(text, setup, filled))
            for line, block in zip(checklist.lines, told, strict=True):
                name, _, value = block.text.partition(": ")
                assert (block.kind, name) == ("item", line.name[language])
                for names in (line.note, line.only):
                    assert names.get(language, "") in value
                assert line.form is None or value
                for written in (name, value):
                    assert html_escape(written, quote=False) in shown


def test_who_needs_it_is_said_where_that_is_not_everybody() -> None:
    checklist = DEMO.checklists[0]
    line = replace(checklist.lines[0], bands=(DEMO.bands[0].id,), per="party")
    setup = replace(DEMO, checklists=(replace(checklist, lines=(line,)),))
    (told,) = rendering.blocks(
        f"{{{{requirements:{checklist.services[0]}}}}}", setup, Filling(setup, DAY, "en", WORDS["en"])
    )
    assert told.text.startswith(f"{line.name['en']}: for: Adults, ")
    assert told.text.endswith(", once for all together")


def test_a_list_that_is_gone_sends_people_to_staff() -> None:
    setup = replace(DEMO, checklists=())
    text = "{{requirements:uto-passport-lost}}"
    assert rendering.blocks(text, setup, Filling(setup, DAY, "en", WORDS["en"]))[0].text == "please ask the staff"
    with pytest.raises(InformationPlaceholderError):
        placeholders.check(text, "en", setup)


def test_a_change_of_the_catalogue_is_read_at_once_and_what_is_gone_sends_people_to_staff() -> None:
    text = "Costs {{fee:uto-passport-renewal}}."
    assert "CAD\N{NO-BREAK SPACE}120.00" in rendering.blocks(text, HARBOUR, filling())[0].text
    gone = "Costs {{fee:gone}}."
    assert rendering.blocks(gone, HARBOUR, filling())[0].text == "Costs please ask the staff."


def test_what_the_catalogue_says_is_no_markdown() -> None:
    raw = catalogue.demo_catalogues()[1].replace("27 Harbour Street, Sampleport", "27 **Harbour** <b>[x](https://a.b)")
    setup = toml.parse(raw)
    told = str(rendering.html("{{address}}", setup, Filling(setup, DAY, "en", WORDS["en"])))
    assert told == "<p>27 **Harbour** &lt;b&gt;[x](https://a.b)</p>\n"


def test_the_hours_name_the_days_on_which_it_is_closed_besides() -> None:
    blocks = rendering.blocks("{{hours}}", HARBOUR, filling("fr"))
    assert (blocks[0].text, blocks[0].value) == (
        "lundi",
        "\u206608:30\N{EN DASH}12:30\u2069, \u206613:00\N{EN DASH}16:30\u2069",
    )
    assert (blocks[6].text, blocks[6].value) == ("dimanche", "fermé")
    assert "vendredi 25 décembre" in [block.text for block in blocks]


def test_the_pages_of_the_demo_fit_their_centres_in_every_language() -> None:
    for text, setup in zip(store.demo_pages(), (DEMO, HARBOUR), strict=True):
        for page in store.parse(text).pages:
            assert set(page.texts) == {"en", "fr", "ar"}
            store.checked(page, setup)
