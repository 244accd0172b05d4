-- On which weekdays a series takes place, as RRULE's BYDAY has them: "TU,TH" of each week, "-1FR" of each month; '' is the
-- weekday of its start.
ALTER TABLE events ADD COLUMN by_day TEXT NOT NULL DEFAULT '';
