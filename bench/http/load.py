"""Requests by wrk, with the server's CPU time for each."""
import base64
import dataclasses
import os
import pathlib
import subprocess

WRK = pathlib.Path(__file__).resolve().parent / "wrk"


@dataclasses.dataclass
class Figures:
    per_s: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    failed: int  # answers of 400 and more, and connections that broke

    def __str__(self):
        tail = f", {self.failed} FAILED" if self.failed else ""
        return (f"{self.per_s:9.0f}/s  {self.cpu_ms:7.3f} ms CPU  p50 {self.p50_ms:8.2f}  "
                f"p99 {self.p99_ms:8.2f} ms{tail}")


def basic(client):
    """The Authorization header of a client id and secret."""
    return "Basic " + base64.b64encode(":".join(client).encode()).decode()


def get(path, client=None):
    return {"script": "fixed", "BENCH_METHOD": "GET", "BENCH_PATH": path,
            **({"BENCH_AUTHORIZATION": basic(client)} if client else {})}


def get_as(path, authorization):
    return {"script": "fixed", "BENCH_METHOD": "GET", "BENCH_PATH": path, "BENCH_AUTHORIZATION": authorization}


def post(path, body, client):
    return {"script": "fixed", "BENCH_METHOD": "POST", "BENCH_PATH": path, "BENCH_BODY": body,
            "BENCH_AUTHORIZATION": basic(client)}


def per_token(script, path, tokens_file, client):
    """script: introspect or refresh; a token of the file in each request."""
    return {"script": script, "BENCH_PATH": path, "BENCH_TOKENS": str(tokens_file),
            "BENCH_AUTHORIZATION": basic(client)}


def in_turn(path, clients_file):
    """A client's Authorization of the file in each request."""
    return {"script": "in_turn", "BENCH_PATH": path, "BENCH_CLIENTS": str(clients_file)}


def run(server, request, connections, seconds):
    threads = min(2, connections)
    environment = {**os.environ, **request, "BENCH_WRK": str(WRK), "BENCH_THREADS": str(threads)}
    command = ["wrk", "-t", str(threads), "-c", str(connections), "-d", f"{seconds}s", "--timeout", "10s", "-s",
               str(WRK / (request["script"] + ".lua")), f"http://127.0.0.1:{server.port}/"]
    before = server.cpu_s()
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=seconds + 30)
    used = server.cpu_s() - before
    line = next((line for line in done.stdout.splitlines() if line.startswith("RESULT ")), None)
    if line is None:
        raise RuntimeError(f"wrk ended with {done.returncode}: {done.stdout}")
    count, duration_us, p50_us, p99_us, _, refused, broken = (int(word) for word in line.split()[1:])
    return Figures(count / (duration_us / 1e6), p50_us / 1000, p99_us / 1000, used / max(count, 1) * 1000,
                   refused + broken)
