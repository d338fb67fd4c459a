-- What a guest gets back who cancels, as it was agreed with the hold.
alter table stay add column policy text not null default 'moderate';

-- Money on its way back: written down in the transaction that decides it, sent by a job, done when the provider says so.
create table refund (
  id text primary key not null,
  stay_id text references stay (id),
  provider text not null,
  provider_payment_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  reason text not null,
  status text not null check (status in ('due', 'sent', 'done', 'failed')),
  provider_refund_id text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index refund_of on refund (stay_id);
create index refund_of_payment on refund (provider, provider_payment_id);
create index refund_open on refund (status) where status <> 'done';

-- Double entry: a posting is made once for each movement at a provider, and its entries add up to nothing.
create table posting (
  seq bigint generated always as identity primary key,
  movement text not null,
  provider text not null,
  external_id text not null,
  at timestamptz not null,
  unique (provider, movement, external_id)
);
create table entry (
  posting_seq bigint not null references posting (seq),
  account text not null,
  currency text not null,
  amount_minor bigint not null,
  primary key (posting_seq, account, currency)
);
create index entry_of on entry (account);

-- Who asks the provider's page of a stay finds the stay by it.
create index checkout_ref on checkout (provider, provider_ref);

-- How much of a payment the provider shows as given back; the amount itself never shrinks.
alter table payment add column refunded_minor bigint not null default 0;
