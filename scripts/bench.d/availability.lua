-- What is free for one to seven nights somewhere in the coming year.
dofile(os.getenv("BENCH_D") .. "/common.lua")
local date = {}

function init()
  local first_day = tonumber(os.getenv("BENCH_FIRST_DAY"))
  for day = 0, 365 do
    date[day] = os.date("!%Y-%m-%d", (first_day + day) * 86400)
  end
  math.randomseed(20260101 + thread_number)
end

function request()
  local nights = math.random(1, 7)
  local day = math.random(0, 365 - nights)
  return string.format(
    "GET /api/v1/availability?check_in=%s&check_out=%s&guests=2 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    date[day], date[day + nights])
end
