-- A home joins only after both sides have seen what moves: who redeemed a code waits here until the giver agrees.

ALTER TABLE link_codes ADD COLUMN guest_home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE;
ALTER TABLE link_codes ADD COLUMN guest_person_id INTEGER REFERENCES people (id) ON DELETE SET NULL;

CREATE INDEX link_codes_of_guest_home ON link_codes (guest_home_id);
CREATE INDEX link_codes_of_guest_person ON link_codes (guest_person_id);
