-- What money is for is no longer a stay only: a kind and that business's id. The ledger's accounts were named so before.
create table charge_new (
  id text primary key,
  payable_kind text not null,
  payable_id text not null,
  purpose text not null,
  amount_minor bigint not null,
  currency text not null,
  due_at timestamptz not null,
  created_at timestamptz not null,
  asked_at timestamptz,
  note text,
  unique (payable_kind, payable_id, purpose)
);
insert into charge_new (id, payable_kind, payable_id, purpose, amount_minor, currency, due_at, created_at, asked_at, note)
  select id, 'stay', stay_id, purpose, amount_minor, currency, due_at, created_at, asked_at, note from charge;
create table checkout_new (
  id text primary key,
  charge_id text not null references charge_new (id),
  provider text not null,
  idempotency_key text not null unique,
  provider_ref text,
  url text,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  amount_minor bigint not null default 0
);
insert into checkout_new (id, charge_id, provider, idempotency_key, provider_ref, url, expires_at, created_at, amount_minor)
  select id, charge_id, provider, idempotency_key, provider_ref, url, expires_at, created_at, amount_minor from checkout;
drop table checkout;
drop table charge;
alter table charge_new rename to charge;
alter table checkout_new rename to checkout;
create index charge_to_ask on charge (due_at) where asked_at is null;
create index checkout_of on checkout (charge_id);
create index checkout_ref on checkout (provider, provider_ref);

create table payment_new (
  provider text not null,
  provider_payment_id text not null,
  status text not null,
  amount_minor bigint not null,
  currency text not null,
  applied text,
  first_seen_at timestamptz not null,
  updated_at timestamptz not null,
  events bigint not null,
  refunded_minor bigint not null default 0,
  purpose text not null default 'deposit',
  note text,
  dispute text check (dispute in ('open', 'won', 'lost')),
  checked_at timestamptz,
  payable_kind text,
  payable_id text,
  primary key (provider, provider_payment_id)
);
insert into payment_new (provider, provider_payment_id, status, amount_minor, currency, applied, first_seen_at, updated_at,
    events, refunded_minor, purpose, note, dispute, checked_at, payable_kind, payable_id)
  select provider, provider_payment_id, status, amount_minor, currency, applied, first_seen_at, updated_at,
    events, refunded_minor, purpose, note, dispute, checked_at, case when stay_id is not null then 'stay' end, stay_id
  from payment;
drop table payment;
alter table payment_new rename to payment;
create index payment_of on payment (payable_kind, payable_id);

create table refund_new (
  id text primary key,
  provider text not null,
  provider_payment_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  reason text not null,
  status text not null check (status in ('due', 'sent', 'done', 'failed')),
  provider_refund_id text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  payable_kind text,
  payable_id text
);
insert into refund_new (id, provider, provider_payment_id, amount_minor, currency, reason, status, provider_refund_id,
    created_at, updated_at, payable_kind, payable_id)
  select id, provider, provider_payment_id, amount_minor, currency, reason, status, provider_refund_id,
    created_at, updated_at, case when stay_id is not null then 'stay' end, stay_id
  from refund;
drop table refund;
alter table refund_new rename to refund;
create index refund_of on refund (payable_kind, payable_id);
create index refund_of_payment on refund (provider, provider_payment_id);
create index refund_open on refund (status) where status <> 'done';

-- What follows when a message does not arrive is a job beside it; the only kind there was asked for a charge.
update message set body = (body - 'charge_id') || jsonb_build_object('on_undelivered', jsonb_build_object(
    'kind', 'ask_staff_for_charge', 'payload', jsonb_build_object('charge_id', body -> 'charge_id')))
  where body ? 'charge_id';
