-- One hold as PostgreSQL alone would do it, in the desk's own tables: the limit that the desk is compared with.
-- (No colon stands before a letter or a digit: pgbench would take it for a variable.)
\set number :client_id + :clients * :n
\set n :n + 1
\set slot (:number * 611953) % (:accommodations * :days)
\set accommodation :slot % :accommodations
\set day :first_day + :slot / :accommodations
begin;
select id, capacity, pricing, min_nights, max_nights, horizon_days, timezone, active from accommodation
  where id = 'a' || :accommodation::int for update;
insert into stay (id, code, token, accommodation_id, check_in, check_out, guests, channel, contact_name,
    contact_phone, contact_key, currency, total_minor, deposit_minor, status, expires_at, extended, created_at, version)
  values ('bench-' || :number::int, 'B' || :number::int, md5(:number::int::text), 'a' || :accommodation::int,
    date '1970-01-01' + :day::int, date '1970-01-01' + (:day::int + 1), 2, 'web', 'Ana Bench',
    '+549351' || :number::int, '549351' || :number::int, 'ARS', 1500000, 450000, 'held',
    now() + interval '30 minutes', false, now(), 1);
insert into job (queue, kind, payload, order_key, state, run_at, attempts, created_at)
  values ('payments', 'open_checkout', jsonb_build_object('stay_id', 'bench-' || :number::int),
    'checkout bench-' || :number::int, 'ready', now(), 0, now());
commit;
