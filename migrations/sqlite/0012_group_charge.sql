-- One charge may cover several payables: what it asks for each of them, in the order in which money covers them.
create table charge_part (
  charge_id text not null references charge (id),
  number integer not null,
  payable_kind text not null,
  payable_id text not null,
  purpose text not null,
  amount_minor integer not null check (amount_minor > 0),
  primary key (charge_id, number)
);
create index charge_part_of on charge_part (payable_kind, payable_id);

-- A payment of such a charge has a row for each payable that got something of it, which names the payment that it is a
-- part of: the one that the provider knows.
alter table payment add column part_of text;
create index payment_part_of on payment (provider, part_of) where part_of is not null;
