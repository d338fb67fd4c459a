-- Our calendars, read by whoever has an address; with the ETag of the last reading where BENCH_CONDITIONAL says so.
dofile(os.getenv("BENCH_D") .. "/common.lua")
local requests = {}

function init()
  local conditional = os.getenv("BENCH_CONDITIONAL") == "yes"
  for line in io.lines(os.getenv("BENCH_LINKS")) do
    local path, etag = line:match("^(%S+)\t(.+)$")
    local header = conditional and "If-None-Match: " .. etag .. "\r\n" or ""
    table.insert(requests, "GET " .. path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\n" .. header .. "\r\n")
  end
  math.randomseed(20260101 + thread_number)
end

function request()
  return requests[math.random(#requests)]
end
