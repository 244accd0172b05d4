# SPDX-License-Identifier: MIT
"""Pages that are gone are found, a few a day, and a site that is merely down is not blamed."""

from faqplay import content

from bot.kit import Fetched, Unavailable, t
from cogs.faq import service, store_sources
from cogs.faq.layers import Catalogue
from cogs.faq.sources import check_some


class Outside:
    """A web of a few pages."""

    def __init__(self, **pages) -> None:
        self.pages = pages
        self.asked = []

    async def get_text(self, url, **_):
        self.asked.append(url)
        found = self.pages[url.rpartition("/")[2]]
        if found is None:
            raise Unavailable(t("It does not answer."))
        return Fetched("", found)


async def own_entries(library, names) -> Catalogue:
    for name in names:
        words = content(slug=name, question=f"Where is {name}?", source_url=f"https://library.example/{name}")
        await library.db.write(service.add, library.ana, words, publish=True)
    seen = await library.db.read(service.catalogue, 1)
    return Catalogue({name: seen.entries[name] for name in names})


async def test_only_pages_that_say_so_are_gone(library):
    seen = await own_entries(library, ["here", "gone", "moved", "down", "shy"])
    outside = Outside(here=200, gone=404, moved=410, down=None, shy=403)
    assert await check_some(library.db, outside, seen) == 2
    gone = await library.db.read(store_sources.gone)
    assert gone == {"https://library.example/gone", "https://library.example/moved"}


async def test_a_page_is_looked_at_once_a_month_and_few_at_once(library):
    seen = await own_entries(library, [f"page{number}" for number in range(8)])
    outside = Outside(**{f"page{number}": 200 for number in range(8)})
    for expected in (5, 8, 8):
        await check_some(library.db, outside, seen)
        assert len(outside.asked) == expected
    library.clock.move(days=31)
    await check_some(library.db, outside, seen)
    assert len(outside.asked) == 13


async def test_a_page_that_came_back_is_no_longer_gone(library):
    seen = await own_entries(library, ["page"])
    await check_some(library.db, Outside(page=404), seen)
    library.clock.move(days=31)
    await check_some(library.db, Outside(page=200), seen)
    assert await library.db.read(store_sources.gone) == frozenset()
