-- The digest of the calendar whose events a reader took last: that they are written down already is known without them.
alter table calendar_shown add column taken_digest text;
