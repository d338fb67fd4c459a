-- What is remembered of a feed between two polls, and when it is read next.
alter table feed add column provider text;
alter table feed add column interval_seconds bigint;
alter table feed add column next_fetch_at timestamptz;
alter table feed add column state jsonb;
alter table feed add column body_digest text;
alter table feed add column failures bigint not null default 0;
alter table feed add column fetch_ms bigint;
create index feed_due on feed (next_fetch_at);

-- Every body that differs from the one before, for questions that come later.
create table feed_body (
  feed_id text not null references feed (id),
  fetched_at timestamptz not null,
  body bytea not null,
  primary key (feed_id, fetched_at)
);
create index feed_body_age on feed_body (fetched_at);

-- How often the nights of a block changed: what an export says as SEQUENCE.
alter table block add column sequence bigint not null default 0;

-- Somebody else has sold nights that are sold already: kept and listed until a person resolves it.
create table conflict (
  id text primary key,
  accommodation_id text not null references accommodation (id),
  feed_id text not null,
  source text not null,
  against text not null,
  stay_id text references stay (id),
  check_in date not null,
  check_out date not null,
  found_at timestamptz not null,
  resolved_at timestamptz,
  note text,
  unique (feed_id, against, check_in, check_out)
);
create index conflict_open on conflict (accommodation_id) where resolved_at is null;
insert into conflict (id, accommodation_id, feed_id, source, against, stay_id, check_in, check_out, found_at, resolved_at)
  select 'clash-' || row_number() over (order by c.found_at, c.feed_id, c.stay_id, c.uid),
    s.accommodation_id, c.feed_id, f.source, 'stay:' || c.stay_id, c.stay_id,
    case when b.check_in > s.check_in then b.check_in else s.check_in end,
    case when b.check_out < s.check_out then b.check_out else s.check_out end,
    c.found_at, c.resolved_at
  from clash c
  join stay s on s.id = c.stay_id
  join feed f on f.id = c.feed_id
  join block b on b.feed_id = c.feed_id and b.uid = c.uid
  where b.check_in < s.check_out and s.check_in < b.check_out
  on conflict do nothing;
drop table clash;

-- What each reader of our calendar was last shown: it comes back as theirs, and is none.
create table calendar_shown (
  accommodation_id text not null references accommodation (id),
  reader text not null,
  digest text not null,
  changed_at timestamptz not null,
  events jsonb,
  read_at timestamptz,
  primary key (accommodation_id, reader)
);

-- Addresses of calendars that were tried out, by the day.
create table calendar_refusal (
  day date primary key,
  refused bigint not null
);

-- What is wrong for a while, told once when it begins and once when it ends.
create table incident (
  id text primary key,
  kind text not null,
  subject text not null,
  detail text not null,
  opened_at timestamptz not null,
  closed_at timestamptz
);
create unique index incident_open on incident (kind, subject) where closed_at is null;
create index incident_age on incident (closed_at);
