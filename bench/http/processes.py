"""Processes that the benchmark starts: it ends each by its id, and reads what it used from /proc."""
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time

TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that serves on a port of loopback."""

    def __init__(self, name, command, port, **options):
        self.name, self.port = name, port
        self.started = time.monotonic()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, **options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self, signal_number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(signal_number)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode

    def wait_for(self, path, timeout_s=30):
        """Seconds from the start to the first 200 at the path."""
        while time.monotonic() - self.started < timeout_s:
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                try:
                    connection.request("GET", path)
                    if connection.getresponse().status == 200:
                        return time.monotonic() - self.started
                finally:
                    connection.close()
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self.process.returncode} before it answered")
            time.sleep(0.001)
        raise RuntimeError(f"{self.name} did not answer at {path}")

    def family(self):
        """The process and its children, as nginx has them."""
        found = [self.process.pid]
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as children:
            return found + [int(pid) for pid in children.read().split()]

    def cpu_s(self):
        ticks = 0
        for pid in self.family():
            with open(f"/proc/{pid}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS

    def memory_mib(self, peak=False):
        total = 0
        for pid in self.family():
            with open(f"/proc/{pid}/status") as status:
                for line in status:
                    if line.startswith("VmHWM:" if peak else "VmRSS:"):
                        total += int(line.split()[1])
        return total / 1024
