-- Stays over 500 accommodations: `live` confirmed ones each in the coming year, never overlapping, and `ended` ones
-- each, of which a third was cancelled or ran out over nights of the coming year and the rest lies in the past.
-- psql gives first (days since 1970), live and ended.
with numbers as (
  select a, i, :first + 6 * i + (a * 7 + i * 13) % 3 as arrival, 1 + (a + i) % 4 as nights, 'confirmed' as status
    from generate_series(0, 499) a, generate_series(0, :live - 1) i
  union all
  select a, :live + i,
    case when i % 3 = 0 then :first + (a * 31 + i * 17) % 350 else :first - 10 - 4 * i end,
    1 + (a + i) % 4,
    case when i % 3 <> 0 then 'completed' when i % 2 = 0 then 'cancelled' else 'expired' end
    from generate_series(0, 499) a, generate_series(0, :ended - 1) i
)
insert into stay (id, code, token, accommodation_id, check_in, check_out, guests, channel, contact_name,
    contact_phone, contact_key, currency, total_minor, deposit_minor, status, expires_at, extended, confirmed_at,
    ended_at, created_at, version)
  select 'seed-' || a || '-' || i,
    -- A code has ten letters and digits of which none is 0, 1, I, L, O or U.
    translate(lpad((a * 10000 + i)::text, 10, '0'), '01', 'AB'),
    md5(a || '-' || i), 'a' || a, date '1970-01-01' + arrival, date '1970-01-01' + (arrival + nights), 2, 'web',
    'Ana Bench', '+5411' || (a * 10000 + i), '5411' || (a * 10000 + i), 'ARS', 1500000 * nights, 450000 * nights,
    status, case when status = 'expired' then now() - interval '1 day' end, false,
    case when status in ('confirmed', 'completed') then now() - interval '2 days' end,
    case when status <> 'confirmed' then now() - interval '1 day' end, now() - interval '3 days', 2
  from numbers order by arrival, a;
