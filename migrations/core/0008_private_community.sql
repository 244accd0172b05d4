-- Which community somebody means in private, where they use the bot in several; what they chose, until they choose anew.
ALTER TABLE people ADD COLUMN private_community_id INTEGER REFERENCES communities (id) ON DELETE SET NULL;

CREATE INDEX people_by_private_community ON people (private_community_id);
