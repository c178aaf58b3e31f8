-- Refreshes with the token of the answer before. A thread has its share of the tokens of a file, one and a few spare
-- ones per connection, as a queue: a token is taken when a request starts and its successor comes back with the answer.
dofile(os.getenv("BENCH_WRK") .. "/report.lua")
local threads = 0
local headers, queue, first, last = nil, {}, 1, 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init()
  headers = {
    ["Authorization"] = os.getenv("BENCH_AUTHORIZATION"),
    ["Content-Type"] = "application/x-www-form-urlencoded",
  }
  local line, share = 0, tonumber(os.getenv("BENCH_THREADS"))
  for token in io.lines(os.getenv("BENCH_TOKENS")) do
    if line % share == number then
      last = last + 1
      queue[last] = token
    end
    line = line + 1
  end
end

function request()
  local token = "none-left"
  if first <= last then
    token = queue[first]
    queue[first] = nil
    first = first + 1
  end
  return wrk.format("POST", os.getenv("BENCH_PATH"), headers, "grant_type=refresh_token&refresh_token=" .. token)
end

function response(status, _, body)
  local token = status == 200 and body:match('"refresh_token"%s*:%s*"([^"]+)"')
  if not token then return end
  last = last + 1
  queue[last] = token
end
