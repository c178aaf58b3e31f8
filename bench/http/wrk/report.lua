-- The figures of a run, on one line that load.py reads.
function done(summary, latency)
  local errors = summary.errors
  io.stdout:write(string.format("RESULT %d %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), latency.max, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
