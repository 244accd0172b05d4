# SPDX-License-Identifier: MIT
"""Markdown: literal text stays literal, HTML is safe, plain text reads well, long texts are cut without loss."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.markup import blocks, clean, code, cut, escape, link, safe_url, to_html, to_plain, utf8

MARKUP = st.text(alphabet=st.sampled_from(list("ab1 \n\t*_`~[](){}<>#+-=.!|&;:/\\\"'\u00e9\U0001f4da")), max_size=60)
ANY = st.one_of(st.text(max_size=80), MARKUP)
PARTS = [
    "# Head\n\n",
    "word ",
    "**bold words** ",
    "[label](https://e.org/a) ",
    "`code a b` ",
    "\n",
    "\n\n",
    "- item\n",
    "  - deep\n",
    "3. three\n",
    "> said\n",
    "```py\nx = 1\ny = 2\n```\n",
    "~~gone~~ ",
    "a\\\nb ",
    "    indented\n",
    "Čč。 ",
]
SOURCE = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


class Seen(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.links, self.text = [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.text += data


def words(text):
    return " ".join(clean(text).split())


@given(ANY)
@example("1. a\n\n    b")
@example("a\n===\n# x\n> y\n```\n<b>&amp;</b>")
@example("<https://e.org> [a](https://e.org) ![b](https://e.org)")
@example("\ud800\x00\u202e")
def test_literal_text_is_only_text_in_html(text):
    seen = Seen(to_html(escape(text)))
    assert set(seen.tags) <= {"br"}
    assert words(seen.text) == words(text)


@given(ANY)
def test_literal_text_comes_back_in_plain_text(text):
    assert words(to_plain(escape(text))) == words(text)


@given(ANY, ANY)
def test_literal_text_stays_literal_inside_our_own_markup(before, text):
    seen = Seen(to_html(f"{escape(before)} **x {escape(text)} y** z"))
    assert set(seen.tags) <= {"br", "strong"}
    assert words(seen.text) == words(f"{before} x {text} y z")


@given(ANY)
@example("`")
@example("a`b``")
@example(" `x` ")
def test_nothing_breaks_out_of_code(text):
    seen = Seen(to_html("x " + code(text) + " y"))
    assert set(seen.tags) <= {"code"}
    assert words(seen.text) == words(f"x {text} y")


@given(ANY, ANY)
@example("x](https://evil.org)[y", "https://e.org/)[evil](https://evil.org")
@example("x", "javascript:alert(1)")
@example("x", "https://e.org/>\n\n# y")
def test_a_link_leads_only_where_it_says(label, path):
    seen = Seen(to_html(link(escape(label), f"https://good.org/{path}")))
    assert set(seen.tags) <= {"br", "a"}
    assert all(url.startswith("https://good.org/") for url in seen.links)
    assert seen.links or safe_url(f"https://good.org/{path}") is None


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https:", "//e.org", "https://[", "x"]
)
def test_an_unsafe_address_is_written_out_and_not_linked(url):
    seen = Seen(to_html(link("Label", url)))
    assert (seen.links, words(seen.text)) == ([], f"Label ({url})")


def test_foreign_letters_in_an_address_are_encoded():
    assert safe_url("https://bücher.example/č a?q=%20") == "https://xn--bcher-kva.example/%C4%8D%20a?q=%20"


@given(ANY)
@example("<script>alert(1)</script><img src=x onerror=y>")
@example("[x](javascript:alert(1)) ![y](data:image/png;base64,AA==) <javascript:alert(1)>")
def test_markdown_from_editors_never_brings_html_or_unsafe_links(source):
    seen = Seen(to_html(source))
    assert not {"script", "img", "style", "iframe", "b", "svg"} & set(seen.tags)
    assert all(safe_url(url) for url in seen.links)


def test_html_has_what_matrix_shows():
    source = "## Head\n\n**b** *i* ~~d~~ `c`\n\n3. x\n\n> q\n\n```py\ny\n```\n\n![pic](https://e.org/p.png)"
    seen = Seen(to_html(source))
    assert seen.tags == [
        "h2",
        "p",
        "strong",
        "em",
        "del",
        "code",
        "ol",
        "li",
        "blockquote",
        "p",
        "pre",
        "code",
        "p",
        "a",
    ]
    assert to_html("just *one*") == "just <em>one</em>"
    assert 'class="language-py"' in to_html(source)
    assert '<ol start="3">' in to_html(source)


def test_code_has_no_class_but_its_language():
    assert 'class="language-c++"' in to_html("```c++\nx\n```")
    assert "class" not in to_html("```a!b\nx\n```")


def test_plain_text_reads_well():
    source = (
        "# Head\n\nA [label](https://e.org) and <https://f.org>, [mail](mailto:a@b.org).\nNext *line*.\n\n"
        "- one\n- two\n  1. deep\n  2. er\n\n> said\n> so\n\n```\n  code *x*\n```\n\n"
        "[@ana](https://matrix.to/#/@ana:e.org)"
    )
    assert to_plain(source) == (
        "Head\n\nA label (https://e.org) and https://f.org, mail (a@b.org).\nNext line.\n\n"
        "- one\n- two\n  1. deep\n  2. er\n\n> said\n> so\n\n  code *x*\n\n@ana"
    )


def shown(source):
    """All that a reader sees, without blanks, quotation marks and the numbers that a cut may renew."""
    return re.sub(r"[\s>]+", "", to_plain(source))


@given(st.from_regex(r"[aé中][a1Zéж中 ,.;:?%/()'\"“”–…·-]*[aé.)]", fullmatch=True))
def test_what_needs_no_parsing_reads_as_if_it_had_been_parsed(text):
    """The paragraph after it has markup, which makes the whole be parsed."""
    assert to_plain(f"{text}\n\n**x**") == f"{to_plain(text)}\n\nx"


@given(SOURCE, st.sampled_from([32, 40, 64, 120]), st.sampled_from([len, utf8]))
@example("**" + "bold " * 30 + "**", 40, len)
@example("[" + "a" * 50 + "](https://e.org/" + "b" * 90 + ")", 40, len)
@example("\U0001f469\u200d\U0001f4bb" * 40, 32, utf8)
def test_pieces_fit_and_lose_nothing(source, limit, measure):
    pieces = blocks(source, limit, measure)
    assert all(0 < measure(piece) <= limit for piece in pieces)
    assert "".join(shown(piece) for piece in pieces) == shown(source)


@given(ANY, st.integers(32, 80))
def test_any_text_can_be_cut(source, limit):
    assert all(len(piece) <= limit for piece in blocks(source, limit))


def test_pieces_end_between_blocks():
    source = "# One\n\n" + "a " * 20 + "\n\n- x\n- y\n\n```py\n" + "\n".join(f"line {i}" for i in range(9)) + "\n```"
    pieces = blocks(source, 60)
    assert pieces[0].endswith("\n\n- x\n- y")
    assert [piece.count("```") for piece in pieces][-2:] == [2, 2]
    assert "".join(shown(piece) for piece in pieces) == shown(source)


def test_a_numbered_list_counts_on_in_the_next_piece():
    pieces = blocks("\n".join(f"1. item {number}\n   more" for number in range(1, 13)), 40)
    assert "".join(shown(piece) for piece in pieces) == "".join(f"{number}.item{number}more" for number in range(1, 13))


def test_a_short_text_is_one_piece_and_an_empty_one_none():
    assert blocks("a\n\nb", 100) == ["a\n\nb"]
    assert blocks(" \n\n", 100) == []
    with pytest.raises(ValueError, match="at least 32"):
        blocks("a", 10)


@given(st.text(max_size=40), st.integers(0, 20))
def test_cutting_keeps_the_limit(text, limit):
    assert len(cut(text, limit)) <= max(limit, 0)
    assert cut(text, len(text)) == text


def test_cutting_tears_no_letter_apart():
    assert cut("a\U0001f469\u200d\U0001f4bbb", 4) == "a…"
    assert cut("Zagre\u0301b", 6) == "Zagr…"
