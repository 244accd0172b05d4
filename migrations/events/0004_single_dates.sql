-- What somebody answers for one time of a series alone, by its original local hour: it stands above what they answered for
-- the series (event_rsvps). 'no' is kept only there. waiting: there is no seat that day yet; the order is that of answered_at.
CREATE TABLE event_dates (
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    original TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'maybe', 'no')),
    waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting IN (0, 1)),
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (event_id, original, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_dates_of_person ON event_dates (person_id);
