-- The foundation: what is let, stays, calendars, messages, money, jobs.
-- The same tables and columns as sqlite/0001_foundation.sql; a test compares the two column by column.

-- Equality on text beside ranges in one exclusion constraint.
create extension if not exists btree_gist;

create table accommodation (
  id text primary key,
  name text not null,
  kind text not null,
  description text not null,
  photos jsonb not null,
  capacity bigint not null check (capacity > 0),
  pricing jsonb not null,
  min_nights bigint not null,
  max_nights bigint not null,
  horizon_days bigint not null,
  timezone text not null,
  check_in_time text not null,
  check_out_time text not null,
  active boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table stay (
  id text primary key,
  code text not null unique,
  token text not null unique,
  accommodation_id text not null references accommodation (id),
  check_in date not null,
  check_out date not null,
  guests bigint not null check (guests > 0),
  channel text not null,
  contact_name text not null,
  contact_phone text not null,
  contact_key text not null,
  contact_email text,
  currency text not null,
  total_minor bigint not null check (total_minor >= 0),
  deposit_minor bigint not null check (deposit_minor >= 0),
  status text not null check (status in ('held', 'confirmed', 'expired', 'cancelled', 'completed', 'no_show')),
  expires_at timestamptz,
  extended boolean not null,
  reminded_at timestamptz,
  confirmed_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  conversation_id text,
  created_at timestamptz not null,
  version bigint not null,
  check (check_in < check_out),
  check (status <> 'held' or expires_at is not null),
  -- One night, one guest: refused for every writer, whatever the code above it believes.
  constraint stay_overlap exclude using gist (
    accommodation_id with =,
    daterange(check_in, check_out, '[)') with &&
  ) where (status in ('held', 'confirmed'))
);

-- Live stays of an accommodation never overlap, so the first one that ends after a day tells whether it is free.
create index stay_live on stay (accommodation_id, check_out) where status in ('held', 'confirmed');
create index stay_expiring on stay (expires_at) where status = 'held';
create index stay_held_by_contact on stay (contact_key) where status = 'held';
create index stay_by_contact on stay (contact_key, created_at);
create index stay_over on stay (accommodation_id, check_out) where status = 'completed';
create index stay_departing on stay (check_out) where status = 'confirmed';

create table audit (
  seq bigint generated always as identity primary key,
  noun text not null,
  noun_id text not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  before jsonb,
  after jsonb
);
create index audit_of on audit (noun_id, seq);

create table feed (
  id text primary key,
  accommodation_id text not null references accommodation (id),
  source text not null,
  url text,
  etag text,
  last_modified text,
  last_attempt_at timestamptz,
  last_good_at timestamptz,
  last_error text,
  created_at timestamptz not null,
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
  missing_since timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (feed_id, uid),
  check (check_in < check_out)
);
create index block_of on block (accommodation_id, check_out);

-- A block over a live stay: kept, shown, never dropped.
create table clash (
  feed_id text not null,
  uid text not null,
  stay_id text not null references stay (id),
  found_at timestamptz not null,
  resolved_at timestamptz,
  primary key (feed_id, uid, stay_id)
);

create table calendar_link (
  token text primary key,
  accommodation_id text not null references accommodation (id),
  reader text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
-- A reader of an accommodation has one link that opens.
create unique index calendar_link_of on calendar_link (accommodation_id, reader) where revoked_at is null;

create table inbox (
  id text primary key,
  source text not null,
  account text not null,
  external_id text not null,
  payload jsonb not null,
  received_at timestamptz not null,
  handled_at timestamptz,
  outcome text,
  unique (source, account, external_id)
);
create index inbox_handled on inbox (handled_at);

create table conversation (
  id text primary key,
  channel text not null,
  account text not null,
  guest_key text not null,
  phone text,
  user_id text,
  name text,
  state jsonb,
  last_inbound_at timestamptz,
  updated_at timestamptz not null,
  unique (channel, account, guest_key)
);
create index conversation_phone on conversation (channel, account, phone);
create index conversation_user on conversation (channel, account, user_id);

create table message (
  id text primary key,
  conversation_id text not null references conversation (id),
  direction text not null,
  body jsonb not null,
  external_id text,
  status text not null,
  reason text,
  created_at timestamptz not null,
  status_at timestamptz not null,
  unique (conversation_id, external_id)
);
create index message_external on message (external_id);
create index message_of on message (conversation_id, id);

create table channel_stop (
  channel text not null,
  account text not null,
  reason text not null,
  stopped_at timestamptz not null,
  primary key (channel, account)
);

create table charge (
  id text primary key,
  stay_id text not null references stay (id),
  purpose text not null,
  amount_minor bigint not null,
  currency text not null,
  due_at timestamptz not null,
  created_at timestamptz not null,
  unique (stay_id, purpose)
);

-- One attempt to be paid: one checkout at one provider. Claimed before the provider is called.
create table checkout (
  id text primary key,
  charge_id text not null references charge (id),
  provider text not null,
  idempotency_key text not null unique,
  provider_ref text,
  url text,
  expires_at timestamptz not null,
  created_at timestamptz not null
);
create index checkout_of on checkout (charge_id);

create table payment (
  provider text not null,
  provider_payment_id text not null,
  stay_id text references stay (id),
  status text not null,
  amount_minor bigint not null,
  currency text not null,
  applied text,
  first_seen_at timestamptz not null,
  updated_at timestamptz not null,
  events bigint not null,
  primary key (provider, provider_payment_id)
);
create index payment_of on payment (stay_id);

create table idempotency (
  scope text not null,
  key text not null,
  fingerprint text not null,
  status bigint not null,
  body bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (scope, key)
);
create index idempotency_expiring on idempotency (expires_at);

create table attention (
  id text primary key,
  subject text not null,
  reason text not null,
  detail text not null,
  created_at timestamptz not null,
  resolved_at timestamptz,
  unique (subject, reason)
);

create table job (
  seq bigint generated always as identity primary key,
  queue text not null,
  kind text not null,
  payload jsonb not null,
  dedupe_key text,
  order_key text,
  state text not null check (state in ('ready', 'running', 'dead')),
  run_at timestamptz not null,
  attempts bigint not null,
  worker text,
  lease_until timestamptz,
  last_error text,
  created_at timestamptz not null
);
create index job_due on job (queue, run_at, seq) where state = 'ready';
create index job_leased on job (lease_until) where state = 'running';
create index job_in_order on job (order_key, seq) where order_key is not null and state <> 'dead';
create unique index job_dedupe on job (dedupe_key) where dedupe_key is not null and state = 'ready';

create table schedule (
  name text primary key,
  next_run_at timestamptz not null
);
