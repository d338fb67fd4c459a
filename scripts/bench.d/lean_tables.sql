create table bench_hold (
  id bigint generated always as identity primary key,
  accommodation_id text not null references accommodation (id),
  check_in date not null,
  check_out date not null,
  status text not null,
  expires_at timestamptz not null,
  exclude using gist (accommodation_id with =, daterange(check_in, check_out, '[)') with &&)
    where (status in ('held', 'confirmed'))
);
create table bench_outbox (
  id bigint generated always as identity primary key,
  payload jsonb not null,
  created_at timestamptz not null default now()
);
