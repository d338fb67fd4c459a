-- Signed webhooks out of a file: a line "signature body" each. A thread takes every so-manieth line.
dofile(os.getenv("BENCH_D") .. "/common.lua")
local waiting = {}
local turn = 0
exhausted = 0

function init()
  local number = 0
  for line in io.lines(os.getenv("BENCH_WEBHOOKS")) do
    if number % threads == thread_number then
      table.insert(waiting, line)
    end
    number = number + 1
  end
end

function request()
  turn = turn + 1
  if turn > #waiting then
    -- The same events again would be duplicates, which are cheaper: the run does not count.
    exhausted = 1
    turn = 1
  end
  local line = waiting[turn]
  return post("/api/v1/whatsapp/webhook", "X-Hub-Signature-256: sha256=" .. line:sub(1, 64) .. "\r\n", line:sub(66))
end
