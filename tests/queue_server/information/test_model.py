"""Languages side by side: which of them is behind the others."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.information.model import InformationPage, PageText, TopicKind, outdated, stale_languages

TAGS = ("en", "fr", "ar")
TEXTS = st.dictionaries(st.sampled_from(TAGS), st.sampled_from(("a", "b")).map(lambda one: PageText("T", one)))


def page(**texts: str) -> InformationPage:
    return InformationPage(
        topic="fees",
        kind=TopicKind.FEES,
        owner="Cash office",
        reviewed=date(2026, 11, 2),
        texts={tag: PageText("Fees", text) for tag, text in texts.items()},
    )


def stale(one: InformationPage) -> set[str]:
    return {tag for tag, text in one.texts.items() if text.stale}


def test_a_language_that_was_not_changed_when_another_was_is_behind() -> None:
    first = outdated(None, page(en="1", fr="1", ar="1"))
    assert stale(first) == set()
    second = outdated(first, page(en="2", fr="2", ar="1"))
    assert stale(second) == {"ar"}
    # It stays behind while nobody says anything of it, and is not any more once it is changed, or read.
    third = outdated(second, page(en="2", fr="2", ar="1"))
    assert stale(third) == {"ar"}
    assert stale(outdated(third, page(en="2", fr="2", ar="2"))) == {"en", "fr"}
    assert stale(outdated(third, page(en="2", fr="2", ar="1"), confirmed=["ar"])) == set()


def test_a_further_language_puts_none_behind_and_a_missing_one_is_named() -> None:
    first = outdated(None, page(en="1"))
    assert list(stale_languages(first, TAGS)) == ["fr", "ar"]
    assert stale(outdated(first, page(en="1", fr="1"))) == set()


@given(st.lists(st.tuples(TEXTS, st.sets(st.sampled_from(TAGS))), max_size=6))
def test_what_was_just_typed_or_confirmed_is_never_behind(steps: list[tuple[dict[str, PageText], set[str]]]) -> None:
    now: InformationPage | None = None
    for texts, confirmed in steps:
        new = replace(page(), texts=texts)
        after = outdated(now, new, confirmed)
        changed = {
            tag for tag, text in texts.items() if not text.says_same(None if now is None else now.texts.get(tag))
        }
        assert not stale(after) & (changed | confirmed)
        assert {tag: (one.title, one.text) for tag, one in after.texts.items()} == {
            tag: (one.title, one.text) for tag, one in texts.items()
        }
        now = after
