-- Requests for sources. A closed one loses its person, typed title, details, answer and words of its history after the
-- retention time; identifier, what catalogues know of the work, and everything that is counted stays.
-- month: when it was opened, in the community's zone ("2026-11"). asker_no: which of that month's askers this was, so
-- that groups of few people can be merged in statistics when nobody is known any more.
-- active_at: the last news; from it the clocks of a claim run. carded_at: since when librarians see the card.
CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('open', 'claimed', 'waiting', 'fulfilled', 'declined', 'withdrawn')),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    details TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    wiki TEXT NOT NULL DEFAULT '',
    article TEXT NOT NULL DEFAULT '',
    person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
    anonymous INTEGER NOT NULL DEFAULT 0 CHECK (anonymous IN (0, 1)),
    private INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1)),
    place_id INTEGER REFERENCES places (id) ON DELETE SET NULL,
    month TEXT NOT NULL,
    asker_no INTEGER NOT NULL,
    needed_at INTEGER,
    warned_at INTEGER,
    claimed_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    claimed_at INTEGER,
    reminded_at INTEGER,
    opened_at INTEGER NOT NULL,
    active_at INTEGER NOT NULL,
    responded_at INTEGER,
    closed_at INTEGER,
    closed_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    answer TEXT NOT NULL DEFAULT '',
    link TEXT NOT NULL DEFAULT '',
    how TEXT NOT NULL DEFAULT '',
    effort INTEGER CHECK (effort BETWEEN 1 AND 6),
    minutes INTEGER CHECK (minutes >= 0),
    reason TEXT NOT NULL DEFAULT '',
    work TEXT,
    work_source TEXT NOT NULL DEFAULT '',
    looked_up_at INTEGER,
    look_ups INTEGER NOT NULL DEFAULT 0,
    free_copies TEXT NOT NULL DEFAULT '[]',
    offered_at INTEGER,
    carded_at INTEGER,
    erased_at INTEGER
) STRICT;

CREATE INDEX requests_by_state ON requests (community_id, state, id);
CREATE INDEX requests_of_home ON requests (home_id);
CREATE INDEX requests_of_asker ON requests (person_id, community_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX requests_of_claimer ON requests (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX requests_of_closer ON requests (closed_by) WHERE closed_by IS NOT NULL;
CREATE INDEX requests_of_place ON requests (place_id) WHERE place_id IS NOT NULL;
CREATE INDEX requests_by_month ON requests (community_id, month);
CREATE INDEX requests_to_erase ON requests (community_id, closed_at) WHERE closed_at IS NOT NULL AND erased_at IS NULL;
CREATE INDEX requests_needed ON requests (community_id, needed_at) WHERE needed_at IS NOT NULL AND closed_at IS NULL;
CREATE INDEX requests_uncarded ON requests (community_id, id) WHERE carded_at IS NULL AND closed_at IS NULL;

-- Every change: what, when, by whom, from which state to which. `words` is what was said with it.
CREATE TABLE request_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
    happened TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX request_events_of_request ON request_events (request_id, id);
CREATE INDEX request_events_of_person ON request_events (person_id) WHERE person_id IS NOT NULL;

-- Those that stand in the request or that catalogues gave for the work; they outlast the retention time.
CREATE TABLE request_identifiers (
    request_id INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (request_id, scheme, value)
) STRICT, WITHOUT ROWID;

CREATE INDEX request_identifiers_by_value ON request_identifiers (community_id, scheme, value);
CREATE INDEX request_identifiers_of_home ON request_identifiers (home_id);

-- Words of titles, folded, for search and for finding duplicates. typed: only the asker wrote it, so it is erased with
-- the typed title.
CREATE TABLE request_words (
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    word TEXT NOT NULL,
    request_id INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    typed INTEGER NOT NULL CHECK (typed IN (0, 1)),
    PRIMARY KEY (community_id, word, request_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX request_words_of_request ON request_words (request_id);
CREATE INDEX request_words_of_home ON request_words (home_id);

-- Who hears of each change, where they asked for it or in private.
CREATE TABLE request_follows (
    request_id INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    place_id INTEGER REFERENCES places (id) ON DELETE SET NULL,
    private INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1)),
    followed_at INTEGER NOT NULL,
    PRIMARY KEY (request_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX request_follows_of_person ON request_follows (person_id);
CREATE INDEX request_follows_of_place ON request_follows (place_id) WHERE place_id IS NOT NULL;

-- Who wants to hear of new requests of a kind or in a language; '' means any.
CREATE TABLE request_subscriptions (
    id INTEGER PRIMARY KEY,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    subscribed_at INTEGER NOT NULL,
    UNIQUE (community_id, person_id, kind, language)
) STRICT;

CREATE INDEX request_subscriptions_of_home ON request_subscriptions (home_id);
CREATE INDEX request_subscriptions_of_person ON request_subscriptions (person_id);
