-- Who is interested in an event by the chat's own calendar (Discord's "Interested"), as last asked; of a series, in the
-- occurrence that comes next. Who answered otherwise counts by that answer. refused: they told the bot that they do not
-- come, and are not counted again as long as they do not take it back there.
CREATE TABLE event_interests (
    event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    refused INTEGER NOT NULL DEFAULT 0 CHECK (refused IN (0, 1)),
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (event_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_interests_of_person ON event_interests (person_id);
