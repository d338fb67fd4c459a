-- Unique nights: a walk through all (accommodation, night) pairs that meets each once, in an order in which
-- neighbours are far apart. The pgbench scripts walk the same way.
local STRIDE = 611953 -- a prime that divides no product of 500 accommodations and some nights

local nights = {}

function nights.new(thread_number, threads)
  local accommodations = tonumber(os.getenv("BENCH_ACCOMMODATIONS"))
  local first_day = tonumber(os.getenv("BENCH_FIRST_DAY")) -- days since 1970
  local days = tonumber(os.getenv("BENCH_DAYS"))
  local total = accommodations * days
  local date = {}
  for day = 0, days do
    date[day] = os.date("!%Y-%m-%d", (first_day + day) * 86400)
  end
  local turn = 0
  -- The number of the pair, its accommodation, arrival and departure.
  return function()
    local number = turn * threads + thread_number
    turn = turn + 1
    local slot = (number * STRIDE) % total
    local day = math.floor(slot / accommodations)
    return number, "a" .. slot % accommodations, date[day], date[day + 1]
  end
end

return nights
