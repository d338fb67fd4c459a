-- What money is for is no longer a stay only: a kind and that business's id. The ledger's accounts were named so before.
alter table charge add column payable_kind text;
alter table charge add column payable_id text;
update charge set payable_kind = 'stay', payable_id = stay_id;
alter table charge alter column payable_kind set not null;
alter table charge alter column payable_id set not null;
alter table charge drop column stay_id;
alter table charge add unique (payable_kind, payable_id, purpose);

alter table payment add column payable_kind text;
alter table payment add column payable_id text;
update payment set payable_kind = 'stay', payable_id = stay_id where stay_id is not null;
alter table payment drop column stay_id;
create index payment_of on payment (payable_kind, payable_id);

alter table refund add column payable_kind text;
alter table refund add column payable_id text;
update refund set payable_kind = 'stay', payable_id = stay_id where stay_id is not null;
alter table refund drop column stay_id;
create index refund_of on refund (payable_kind, payable_id);

-- What follows when a message does not arrive is a job beside it; the only kind there was asked for a charge.
update message set body = (body - 'charge_id') || jsonb_build_object('on_undelivered', jsonb_build_object(
    'kind', 'ask_staff_for_charge', 'payload', jsonb_build_object('charge_id', body -> 'charge_id')))
  where body ? 'charge_id';
