-- Everybody wants the same night: BENCH_FIRST_DAY of accommodation a0.
dofile(os.getenv("BENCH_D") .. "/common.lua")
local arrival, departure
local turn = 0
created, conflicts = 0, 0

function init()
  local first_day = tonumber(os.getenv("BENCH_FIRST_DAY"))
  arrival = os.date("!%Y-%m-%d", first_day * 86400)
  departure = os.date("!%Y-%m-%d", (first_day + 1) * 86400)
end

function request()
  turn = turn + 1
  return post("/api/v1/reservations/pre-reserve", "", string.format(
    '{"accommodation_id":"a0","check_in":"%s","check_out":"%s","guests":2,"channel":"web",'
      .. '"contact_name":"Ana Bench","contact_phone":"+549352%08d"}',
    arrival, departure, turn * threads + thread_number))
end

function response(status)
  if status == 201 then
    created = created + 1
  elseif status == 409 then
    conflicts = conflicts + 1
  end
end
