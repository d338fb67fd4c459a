-- The foundation: what is let, stays, calendars, messages, money, jobs.
-- The same tables and columns as postgres/0001_foundation.sql; a test compares the two column by column.

create table accommodation (
  id text primary key not null,
  name text not null,
  kind text not null,
  description text not null,
  photos json not null,
  capacity integer not null check (capacity > 0),
  pricing json not null,
  min_nights integer not null,
  max_nights integer not null,
  horizon_days integer not null,
  timezone text not null,
  check_in_time text not null,
  check_out_time text not null,
  active boolean not null,
  created_at timestamp not null,
  updated_at timestamp not null
);

create table stay (
  id text primary key not null,
  code text not null unique,
  token text not null unique,
  accommodation_id text not null references accommodation (id),
  check_in date not null,
  check_out date not null,
  guests integer not null check (guests > 0),
  channel text not null,
  contact_name text not null,
  contact_phone text not null,
  contact_key text not null,
  contact_email text,
  currency text not null,
  total_minor integer not null check (total_minor >= 0),
  deposit_minor integer not null check (deposit_minor >= 0),
  status text not null check (status in ('held', 'confirmed', 'expired', 'cancelled', 'completed', 'no_show')),
  expires_at timestamp,
  extended boolean not null,
  reminded_at timestamp,
  confirmed_at timestamp,
  ended_at timestamp,
  end_reason text,
  conversation_id text,
  created_at timestamp not null,
  version integer not null,
  check (check_in < check_out),
  check (status <> 'held' or expires_at is not null)
);

-- Live stays of an accommodation never overlap, so the first one that ends after a day tells whether it is free.
create index stay_live on stay (accommodation_id, check_out) where status in ('held', 'confirmed');
create index stay_expiring on stay (expires_at) where status = 'held';
create index stay_held_by_contact on stay (contact_key) where status = 'held';
create index stay_by_contact on stay (contact_key, created_at);
create index stay_over on stay (accommodation_id, check_out) where status = 'completed';
create index stay_departing on stay (check_out) where status = 'confirmed';

-- One night, one guest: refused for every writer, whatever the code above it believes.
-- SQLite has no exclusion constraint; it has one writer at a time, so a trigger sees every other live stay.
create trigger stay_overlap_insert before insert on stay
when new.status in ('held', 'confirmed') and exists (
  select 1 from stay other
  where other.accommodation_id = new.accommodation_id and other.status in ('held', 'confirmed')
    and other.check_out > new.check_in and other.check_in < new.check_out
)
begin
  select raise(abort, 'stay_overlap');
end;

create trigger stay_overlap_update before update of accommodation_id, check_in, check_out, status on stay
when new.status in ('held', 'confirmed') and exists (
  select 1 from stay other
  where other.id <> new.id and other.accommodation_id = new.accommodation_id
    and other.status in ('held', 'confirmed')
    and other.check_out > new.check_in and other.check_in < new.check_out
)
begin
  select raise(abort, 'stay_overlap');
end;

create table audit (
  seq integer primary key autoincrement,
  noun text not null,
  noun_id text not null,
  at timestamp not null,
  actor text not null,
  action text not null,
  before json,
  after json
);
create index audit_of on audit (noun_id, seq);

create table feed (
  id text primary key not null,
  accommodation_id text not null references accommodation (id),
  source text not null,
  url text,
  etag text,
  last_modified text,
  last_attempt_at timestamp,
  last_good_at timestamp,
  last_error text,
  created_at timestamp not null,
  unique (accommodation_id, source)
);

create table block (
  feed_id text not null references feed (id),
  uid text not null,
  accommodation_id text not null references accommodation (id),
  check_in date not null,
  check_out date not null,
  summary text not null,
  kind text not null,
  missing_since timestamp,
  created_at timestamp not null,
  updated_at timestamp not null,
  primary key (feed_id, uid),
  check (check_in < check_out)
);
create index block_of on block (accommodation_id, check_out);

-- A block over a live stay: kept, shown, never dropped.
create table clash (
  feed_id text not null,
  uid text not null,
  stay_id text not null references stay (id),
  found_at timestamp not null,
  resolved_at timestamp,
  primary key (feed_id, uid, stay_id)
);

create table calendar_link (
  token text primary key not null,
  accommodation_id text not null references accommodation (id),
  reader text not null,
  created_at timestamp not null,
  revoked_at timestamp
);
-- A reader of an accommodation has one link that opens.
create unique index calendar_link_of on calendar_link (accommodation_id, reader) where revoked_at is null;

create table inbox (
  id text primary key not null,
  source text not null,
  account text not null,
  external_id text not null,
  payload json not null,
  received_at timestamp not null,
  handled_at timestamp,
  outcome text,
  unique (source, account, external_id)
);
create index inbox_handled on inbox (handled_at);

create table conversation (
  id text primary key not null,
  channel text not null,
  account text not null,
  guest_key text not null,
  phone text,
  user_id text,
  name text,
  state json,
  last_inbound_at timestamp,
  updated_at timestamp not null,
  unique (channel, account, guest_key)
);
create index conversation_phone on conversation (channel, account, phone);
create index conversation_user on conversation (channel, account, user_id);

create table message (
  id text primary key not null,
  conversation_id text not null references conversation (id),
  direction text not null,
  body json not null,
  external_id text,
  status text not null,
  reason text,
  created_at timestamp not null,
  status_at timestamp not null,
  unique (conversation_id, external_id)
);
create index message_external on message (external_id);
create index message_of on message (conversation_id, id);

create table channel_stop (
  channel text not null,
  account text not null,
  reason text not null,
  stopped_at timestamp not null,
  primary key (channel, account)
);

create table charge (
  id text primary key not null,
  stay_id text not null references stay (id),
  purpose text not null,
  amount_minor integer not null,
  currency text not null,
  due_at timestamp not null,
  created_at timestamp not null,
  unique (stay_id, purpose)
);

-- One attempt to be paid: one checkout at one provider. Claimed before the provider is called.
create table checkout (
  id text primary key not null,
  charge_id text not null references charge (id),
  provider text not null,
  idempotency_key text not null unique,
  provider_ref text,
  url text,
  expires_at timestamp not null,
  created_at timestamp not null
);
create index checkout_of on checkout (charge_id);

create table payment (
  provider text not null,
  provider_payment_id text not null,
  stay_id text references stay (id),
  status text not null,
  amount_minor integer not null,
  currency text not null,
  applied text,
  first_seen_at timestamp not null,
  updated_at timestamp not null,
  events integer not null,
  primary key (provider, provider_payment_id)
);
create index payment_of on payment (stay_id);

create table idempotency (
  scope text not null,
  key text not null,
  fingerprint text not null,
  status integer not null,
  body blob not null,
  created_at timestamp not null,
  expires_at timestamp not null,
  primary key (scope, key)
);
create index idempotency_expiring on idempotency (expires_at);

create table attention (
  id text primary key not null,
  subject text not null,
  reason text not null,
  detail text not null,
  created_at timestamp not null,
  resolved_at timestamp,
  unique (subject, reason)
);

create table job (
  seq integer primary key autoincrement,
  queue text not null,
  kind text not null,
  payload json not null,
  dedupe_key text,
  order_key text,
  state text not null check (state in ('ready', 'running', 'dead')),
  run_at timestamp not null,
  attempts integer not null,
  worker text,
  lease_until timestamp,
  last_error text,
  created_at timestamp not null
);
create index job_due on job (queue, run_at, seq) where state = 'ready';
create index job_leased on job (lease_until) where state = 'running';
create index job_in_order on job (order_key, seq) where order_key is not null and state <> 'dead';
create unique index job_dedupe on job (dedupe_key) where dedupe_key is not null and state = 'ready';

create table schedule (
  name text primary key not null,
  next_run_at timestamp not null
);
