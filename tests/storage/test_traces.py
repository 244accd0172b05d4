# SPDX-License-Identifier: MIT
"""People are taken out of JSON, and nothing else is."""

import json

from hypothesis import given
from hypothesis import strategies as st
from storageplay import Store

from bot.kit.people import Identity, Person
from bot.kit.reply import Field, Reply
from bot.kit.text import t
from bot.kit.wire import dump_reply, load_reply
from bot.storage.traces import ERASED, Trace, _unnamed, erase

ANA = Person(17, "Ana", identities=(Identity("discord", "4711", "Ana Banana"),))
TRACE = Trace.of(ANA)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


class Rows:
    def person(self, person_id):
        return Person(person_id, "somebody")

    def place(self, place_id):
        raise LookupError


@given(JSON)
def test_what_is_left_names_nobody_and_the_rest_stays(value):
    whole = {"before": value, "person_id": 17, "after": "person:17", "who": "Ana", "account": "4711", "number": 17}
    left = TRACE.without(whole)
    assert not TRACE.names_person(left)
    assert left["number"] == 17
    assert {left["who"], left["account"]} == {ERASED}
    if not TRACE.names_person(value) and "Ana" not in json.dumps(value):
        assert left["before"] == value


def test_what_a_platform_keeps_for_itself_about_an_account_goes(store: Store):
    ana, ben = store.person("Ana"), store.person("Ben")
    store(lambda tx: tx.run("CREATE TABLE discord_pages (asker TEXT NOT NULL, number INTEGER NOT NULL) STRICT"))
    for number, who in enumerate((ana, ben, ana)):
        store(
            lambda tx, who=who, number=number: tx.run(
                "INSERT INTO discord_pages VALUES (?, ?)", who.name.lower(), number
            )
        )
    store(erase, ana)
    assert [tuple(row) for row in store.all("SELECT * FROM discord_pages")] == [("ben", 1)]


def test_ids_count_only_where_they_mean_a_person():
    assert TRACE.names_person({"granted_person_id": "17"})
    assert TRACE.names_person([{"people": [3, 17]}])
    assert not TRACE.names_person({"count": 17, "person_id": True, "request_id": 17, "people": [3]})


@given(st.sampled_from(["Ana", "name", "title", "t", "person"]))
def test_a_post_can_still_be_read_whatever_somebody_is_called(name):
    trace = Trace.of(Person(17, name))
    reply = Reply(
        t("name: {name} of {title}", name=name, title="other"),
        title=t("title"),
        fields=(Field("name", t("{who}", who=Person(17, name))),),
        items=(name, t("Ana")),
    )
    left = load_reply(_unnamed(dump_reply(reply), trace), Rows())
    assert left.text == t("name: {name} of {title}", name=ERASED, title=ERASED if name == "other" else "other")
    assert left.title == t("title")
    assert left.fields[0].value == t("{who}", who=ERASED)
    assert left.items == (ERASED, t("Ana"))
