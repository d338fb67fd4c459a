-- Holds of nights that nobody else asks for, each by another guest.
dofile(os.getenv("BENCH_D") .. "/common.lua")
local nights = dofile(os.getenv("BENCH_D") .. "/nights.lua")
local next_night

function init()
  next_night = nights.new(thread_number, threads)
end

function request()
  local number, accommodation, arrival, departure = next_night()
  return post("/api/v1/reservations/pre-reserve", "", string.format(
    '{"accommodation_id":"%s","check_in":"%s","check_out":"%s","guests":2,"channel":"web",'
      .. '"contact_name":"Ana Bench","contact_phone":"+549351%08d"}',
    accommodation, arrival, departure, number))
end
