-- Gets a path as each client of a file in turn; a line is the value of an Authorization header.
dofile(os.getenv("BENCH_WRK") .. "/report.lua")
local requests, at = {}, 0

function init()
  for authorization in io.lines(os.getenv("BENCH_CLIENTS")) do
    requests[#requests + 1] = wrk.format("GET", os.getenv("BENCH_PATH"), { ["Authorization"] = authorization })
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end
