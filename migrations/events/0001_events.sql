-- Edit-a-thons. When one takes place is kept as the local hour and its zone, never as an offset: starts ("2027-01-15T18:00")
-- in zone; fold 1 is the second of two equal hours at the end of daylight saving. starts_at and ends_at are derived from
-- it, for lists: of a series those of its first and last occurrence.
-- repeats, every, until, times: a series as RRULE has it ('' for none); bounded, always.
-- sequence grows with each change that calendars must hear of. watched_at: all moments until then were announced or let go.
-- uid: what calendars know it by; of an event from outside, the one it has there, so that it appears once. seen: what the
-- calendar it came from said of it last, as a digest, so that only what is new there overrides what people changed here.
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'published', 'cancelled', 'dismissed')),
    person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    location TEXT NOT NULL DEFAULT '',
    link TEXT NOT NULL DEFAULT '',
    cover TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    dashboard TEXT NOT NULL DEFAULT '',
    hashtag TEXT NOT NULL DEFAULT '',
    capacity INTEGER CHECK (capacity >= 1),
    zone TEXT NOT NULL,
    starts TEXT NOT NULL,
    fold INTEGER NOT NULL DEFAULT 0 CHECK (fold IN (0, 1)),
    minutes INTEGER NOT NULL CHECK (minutes >= 1),
    all_day INTEGER NOT NULL DEFAULT 0 CHECK (all_day IN (0, 1)),
    repeats TEXT NOT NULL DEFAULT '' CHECK (repeats IN ('', 'daily', 'weekly', 'monthly', 'weekday', 'yearly')),
    every INTEGER NOT NULL DEFAULT 1 CHECK (every >= 1),
    until TEXT NOT NULL DEFAULT '',
    times INTEGER CHECK (times >= 1),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    uid TEXT NOT NULL,
    feed_id INTEGER REFERENCES event_feeds (id) ON DELETE SET NULL,
    seen TEXT NOT NULL DEFAULT '',
    sequence INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    published_at INTEGER,
    watched_at INTEGER,
    UNIQUE (community_id, uid)
) STRICT;

CREATE INDEX events_by_time ON events (community_id, state, ends_at);
CREATE INDEX events_of_home ON events (home_id);
CREATE INDEX events_of_person ON events (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX events_of_feed ON events (feed_id) WHERE feed_id IS NOT NULL;

-- Occurrences of a series that are left out (moved NULL) or take place at another time, by their original local hour.
CREATE TABLE event_exceptions (
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    original TEXT NOT NULL,
    moved TEXT,
    fold INTEGER NOT NULL DEFAULT 0 CHECK (fold IN (0, 1)),
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (event_id, original)
) STRICT, WITHOUT ROWID;

-- Who comes: to a series as a whole. waiting: there is no seat yet; the order is that of answered_at.
CREATE TABLE event_rsvps (
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'maybe')),
    waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting IN (0, 1)),
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (event_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_rsvps_of_person ON event_rsvps (person_id);

-- Somebody's own reminder, minutes before each occurrence.
CREATE TABLE event_reminders (
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    minutes INTEGER NOT NULL CHECK (minutes >= 1),
    PRIMARY KEY (event_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_reminders_of_person ON event_reminders (person_id);

-- What was posted where everybody reads it, so that a change reaches each post. original and starts: of which occurrence,
-- and when it was to start by then.
CREATE TABLE event_posts (
    key TEXT PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    original TEXT NOT NULL DEFAULT '',
    posted_at INTEGER NOT NULL
) STRICT;

CREATE INDEX event_posts_of_event ON event_posts (event_id);

CREATE TABLE event_history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
    happened TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX event_history_of_event ON event_history (event_id, id);
CREATE INDEX event_history_of_person ON event_history (person_id) WHERE person_id IS NOT NULL;

-- Calendars that a community follows. asked_at: when it was read in full; failures: how often in a row; told_at: when
-- moderators heard of its trouble, once.
CREATE TABLE event_feeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
    kind TEXT NOT NULL CHECK (kind IN ('ical', 'registration', 'course')),
    address TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    direct INTEGER NOT NULL DEFAULT 0 CHECK (direct IN (0, 1)),
    etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,
    trouble TEXT NOT NULL DEFAULT '',
    told_at INTEGER,
    asked_at INTEGER,
    next_at INTEGER NOT NULL,
    UNIQUE (community_id, address)
) STRICT;

CREATE INDEX event_feeds_due ON event_feeds (community_id, next_at);
CREATE INDEX event_feeds_of_home ON event_feeds (home_id);
CREATE INDEX event_feeds_of_person ON event_feeds (person_id) WHERE person_id IS NOT NULL;

-- What makes the address of a community's own calendar unguessable; without a row it is closed.
CREATE TABLE event_calendars (
    community_id INTEGER PRIMARY KEY REFERENCES communities (id) ON DELETE CASCADE,
    secret TEXT NOT NULL UNIQUE,
    opened_at INTEGER NOT NULL
) STRICT;
