-- One hold in the smallest tables that could serve: a key and the exclusion constraint, an outbox with a key.
-- Nobody could run a desk on them; it is the strictest limit.
\set number :client_id + :clients * :n
\set n :n + 1
\set slot (:number * 611953) % (:accommodations * :days)
\set accommodation :slot % :accommodations
\set day :first_day + :slot / :accommodations
begin;
select id, capacity from accommodation where id = 'a' || :accommodation::int for update;
insert into bench_hold (accommodation_id, check_in, check_out, status, expires_at)
  values ('a' || :accommodation::int, date '1970-01-01' + :day::int, date '1970-01-01' + (:day::int + 1), 'held',
    now() + interval '30 minutes');
insert into bench_outbox (payload) values (jsonb_build_object('number', :number::int));
commit;
