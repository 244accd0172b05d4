-- What the Matrix platform must know over restarts. Nothing here quotes what anybody said.

-- The sync token up to which every event has been dealt with, for each account and device.
CREATE TABLE matrix_tokens (
    account TEXT NOT NULL PRIMARY KEY,
    token TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;

-- The events that made the bot act; done: whether it had finished. Events that were not for the bot leave no row.
CREATE TABLE matrix_handled (
    event_id TEXT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    taken_at INTEGER NOT NULL
) STRICT;

CREATE INDEX matrix_handled_by_time ON matrix_handled (taken_at);

-- An upgraded room goes on under a new id; its home keeps the id of the first room of the line.
CREATE TABLE matrix_lineage (
    room_id TEXT NOT NULL PRIMARY KEY,
    first_room_id TEXT NOT NULL,
    former_room_id TEXT NOT NULL,
    known_at INTEGER NOT NULL
) STRICT;

-- The reactions that the bot itself put on its cards, so that they can be taken away again.
CREATE TABLE matrix_seeds (
    message_id TEXT NOT NULL,
    sign TEXT NOT NULL,
    room_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    PRIMARY KEY (message_id, sign)
) STRICT;

-- The reactions that ran something, so that taking one back undoes it.
CREATE TABLE matrix_presses (
    event_id TEXT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sender TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    arguments TEXT NOT NULL,
    pressed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX matrix_presses_of_person ON matrix_presses (person_id);
CREATE INDEX matrix_presses_by_time ON matrix_presses (pressed_at);
