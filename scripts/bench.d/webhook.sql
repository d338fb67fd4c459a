-- One event kept: a bare insert and its commit, in the desk's own inbox.
-- (No colon stands before a letter or a digit: pgbench would take it for a variable.)
\set number :client_id + :clients * :n
\set n :n + 1
insert into inbox (id, source, account, external_id, payload, received_at)
  values ('bench-' || :number::int, 'whatsapp', '106540352242922', 'message wamid.bench' || :number::int,
    '{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"contacts":[{"wa_id":"5493515550101","profile":{"name":"Ana Bench"}}],"messages":[{"from":"5493515550101","id":"wamid.bench","timestamp":"1767225600","type":"text","text":{"body":"Hola, tienen lugar para dos personas el fin de semana?"}}],"metadata":{"phone_number_id":"106540352242922"}}}]}]}',
    now());
