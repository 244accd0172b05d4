-- Of an entry in the chats' own calendars: the address of the picture that it shows, or that was found to be of no use.
ALTER TABLE event_posts ADD COLUMN cover TEXT NOT NULL DEFAULT '';
