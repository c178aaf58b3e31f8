-- Asks about each token of a file in turn.
dofile(os.getenv("BENCH_WRK") .. "/report.lua")
local requests, at = {}, 0

function init()
  local headers = {
    ["Authorization"] = os.getenv("BENCH_AUTHORIZATION"),
    ["Content-Type"] = "application/x-www-form-urlencoded",
  }
  for token in io.lines(os.getenv("BENCH_TOKENS")) do
    requests[#requests + 1] = wrk.format("POST", os.getenv("BENCH_PATH"), headers, "token=" .. token)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end
