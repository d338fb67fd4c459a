-- When the guest was asked for a charge by message, and the words of staff for it.
alter table charge add column asked_at timestamptz;
alter table charge add column note text;
create index charge_to_ask on charge (due_at) where asked_at is null;

-- A page asks for one amount: another amount is another page.
alter table checkout add column amount_minor bigint not null default 0;

-- What the payment was asked for, the words of staff for money by hand, and whether the guest's bank disputes it.
alter table payment add column purpose text not null default 'deposit';
alter table payment add column note text;
alter table payment add column dispute text check (dispute in ('open', 'won', 'lost'));

-- Nights of an equal accommodation, kept for a guest whose money came when their own nights were gone.
create table offer (
  stay_id text primary key not null references stay (id),
  for_stay_id text not null references stay (id),
  provider text not null,
  provider_payment_id text not null,
  outcome text check (outcome in ('accepted', 'returned')),
  created_at timestamptz not null,
  ended_at timestamptz
);
create index offer_for on offer (for_stay_id);
