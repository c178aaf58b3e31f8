-- One request, again and again. What it is comes by the environment, so that no secret is on a command line.
dofile(os.getenv("BENCH_WRK") .. "/report.lua")
wrk.method = os.getenv("BENCH_METHOD")
wrk.path = os.getenv("BENCH_PATH")
wrk.body = os.getenv("BENCH_BODY")
wrk.headers["Authorization"] = os.getenv("BENCH_AUTHORIZATION")
if wrk.body then wrk.headers["Content-Type"] = "application/x-www-form-urlencoded" end
