-- What every load shares: numbered threads, a raw POST, and one line of results for the script that reads them.
local known = {}

function setup(thread)
  thread:set("thread_number", #known)
  table.insert(known, thread)
end

threads = tonumber(os.getenv("BENCH_THREADS"))

function post(path, headers, body)
  return table.concat({
    "POST ", path, " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n",
    headers, "Content-Length: ", #body, "\r\n\r\n", body,
  })
end

local function sum_of(name)
  local sum = 0
  for _, thread in ipairs(known) do
    sum = sum + (tonumber(thread:get(name)) or 0)
  end
  return sum
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '\nBENCH {"requests":%d,"seconds":%.6f,"refused":%d,"socket_errors":%d,"p50_ms":%.3f,"p99_ms":%.3f,'
      .. '"max_ms":%.3f,"bytes":%d,"created":%d,"conflicts":%d,"exhausted":%d}',
    summary.requests, summary.duration / 1e6, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3, summary.bytes,
    sum_of("created"), sum_of("conflicts"), sum_of("exhausted")))
end
