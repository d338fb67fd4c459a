-- A conflict is known by the guest that the other calendar sold to, and lasts until one of the two is gone: the same
-- nights sold there once more are another conflict. Rows from before keep no name.
create table conflict_new (
  id text primary key,
  accommodation_id text not null references accommodation (id),
  feed_id text not null,
  source text not null,
  against text not null,
  stay_id text references stay (id),
  uid text not null default '',
  check_in date not null,
  check_out date not null,
  found_at timestamptz not null,
  resolved_at timestamptz,
  gone_at timestamptz,
  note text
);
insert into conflict_new (id, accommodation_id, feed_id, source, against, stay_id, check_in, check_out, found_at, resolved_at, note)
  select id, accommodation_id, feed_id, source, against, stay_id, check_in, check_out, found_at, resolved_at, note from conflict;
drop table conflict;
alter table conflict_new rename to conflict;
create unique index conflict_lasting on conflict (feed_id, against, uid, check_in, check_out) where gone_at is null;
create index conflict_open on conflict (accommodation_id) where resolved_at is null;
