-- What is under way: half-asked commands, posts to deliver, moments to wait for, buttons to press.
-- The ids ride in buttons and nonces, so none is ever given twice (AUTOINCREMENT).

CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    place_id INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    community_id INTEGER REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    arguments TEXT NOT NULL,
    asking TEXT,
    confirmed INTEGER NOT NULL DEFAULT 0 CHECK (confirmed IN (0, 1)),
    platform_ref TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX drafts_asked ON drafts (place_id, person_id) WHERE asking IS NOT NULL;
CREATE INDEX drafts_of_person ON drafts (person_id);
CREATE INDEX drafts_by_end ON drafts (expires_at);

-- person_id: to whom, in private; place_id: where otherwise. platform: whose sender takes the row.
-- lane: rows of one lane, a place or a person, go out in the order of their ids.
-- nonce: what makes a row's delivery recognisable, also after a restored backup gives its id again.
-- sending_at: since when it may have arrived; a pending row that has one is not sure to be missing.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    platform TEXT NOT NULL,
    lane INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(-person_id, place_id)) STORED,
    nonce TEXT NOT NULL UNIQUE,
    community_id INTEGER REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    place_id INTEGER REFERENCES places (id) ON DELETE CASCADE,
    person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
    payload TEXT NOT NULL,
    mentions TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'parked', 'skipped', 'replaced')),
    attempts INTEGER NOT NULL DEFAULT 0,
    depends_on INTEGER REFERENCES outbox (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    not_before_at INTEGER NOT NULL,
    expires_at INTEGER,
    sending_at INTEGER,
    finished_at INTEGER,
    message_id TEXT,
    error TEXT,
    CHECK (place_id IS NOT NULL OR person_id IS NOT NULL)
) STRICT;

CREATE INDEX outbox_due ON outbox (platform, not_before_at, id) WHERE state = 'pending';
CREATE INDEX outbox_expiring ON outbox (expires_at) WHERE state = 'pending' AND expires_at IS NOT NULL;
CREATE INDEX outbox_in_lane ON outbox (lane, id) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_unfinished ON outbox (state, id) WHERE state IN ('sending', 'parked');
CREATE INDEX outbox_of_key ON outbox (key, lane) WHERE state IN ('pending', 'sending', 'parked');
CREATE INDEX outbox_finished ON outbox (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX outbox_of_dependency ON outbox (depends_on) WHERE depends_on IS NOT NULL;
CREATE INDEX outbox_of_person ON outbox (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX outbox_of_place ON outbox (place_id);
CREATE INDEX outbox_of_home ON outbox (home_id);
CREATE INDEX outbox_of_community ON outbox (community_id);

-- The messages that a logical post became, so that it can be edited later; digest: of what it says now.
CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    platform TEXT NOT NULL,
    place_id INTEGER REFERENCES places (id) ON DELETE CASCADE,
    person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
    lane INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(-person_id, place_id)) STORED,
    message_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    posted_at INTEGER NOT NULL,
    CHECK (place_id IS NOT NULL OR person_id IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX posts_of_key ON posts (key, lane, platform);
CREATE INDEX posts_of_message ON posts (place_id, message_id);
CREATE INDEX posts_of_person ON posts (person_id) WHERE person_id IS NOT NULL;

-- A timer of the key '' is a job's own (daily, hourly); others were set for one thing.
CREATE TABLE timers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    job TEXT NOT NULL,
    community_id INTEGER REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    key TEXT NOT NULL DEFAULT '',
    payload TEXT NOT NULL,
    slot TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX timers_of_job ON timers (owner, job, coalesce(community_id, 0), key);
CREATE INDEX timers_due ON timers (due_at);
CREATE INDEX timers_of_community ON timers (community_id);
CREATE INDEX timers_of_home ON timers (home_id);

-- Which slots have run: a slot runs at most once, whatever restarts.
CREATE TABLE timer_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    job TEXT NOT NULL,
    community_id INTEGER REFERENCES communities (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    slot TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'skipped')),
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    error TEXT
) STRICT;

CREATE UNIQUE INDEX timer_runs_of_slot ON timer_runs (owner, job, coalesce(community_id, 0), key, slot);
CREATE INDEX timer_runs_running ON timer_runs (state) WHERE state = 'running';
CREATE INDEX timer_runs_by_start ON timer_runs (started_at);
CREATE INDEX timer_runs_of_community ON timer_runs (community_id);

-- What a sign on a message means (an emoji, or a number to be typed), where the platform has no buttons of its own.
CREATE TABLE bindings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    place_id INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    message_id TEXT NOT NULL,
    sign TEXT NOT NULL,
    target TEXT NOT NULL,
    arguments TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    UNIQUE (place_id, message_id, sign)
) STRICT;

CREATE INDEX bindings_by_end ON bindings (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX bindings_of_person ON bindings (person_id) WHERE person_id IS NOT NULL;
