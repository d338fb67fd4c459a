-- Signed webhooks out of a file: a line "signature<tab>body" each. A thread takes every so-manieth line.
dofile(os.getenv("BENCH_D") .. "/common.lua")
local path = os.getenv("BENCH_WEBHOOK_PATH")
local header = os.getenv("BENCH_WEBHOOK_HEADER")
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
  local tab = line:find("\t", 1, true)
  return post(path, header .. ": " .. line:sub(1, tab - 1) .. "\r\n", line:sub(tab + 1))
end
