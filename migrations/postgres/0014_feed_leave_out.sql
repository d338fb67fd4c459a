-- What of a calendar the host has left out, names with commas between: marked_free, birthdays, holidays.
alter table feed add column leave_out text not null default '';
