"""Hubs with many tenants: one app's keys made by the hub itself, the rest filled in by fill.sql."""
import concurrent.futures
import dataclasses
import http.client
import json
import os
import pathlib
import subprocess
import time

import hubs
import load

FILL = pathlib.Path(__file__).resolve().parent / "fill.sql"
APP = "caresuite"
NEXUS_SCOPES = ["nexus211.application.r", "nexus211.organization.r", "nexus211.profile.r"]
CALLERS = 16


@dataclasses.dataclass(frozen=True)
class Size:
    """What fill.sql makes. The customer gets so many members and all apps, each organization so many of the apps."""
    organizations: int
    vendors: int
    apps: int
    people: int
    members: int
    apps_each: int

    def connections(self):
        """With those that the hub makes itself: one of each organization to the app that asks for its keys."""
        return self.organizations * self.apps_each + self.apps + self.organizations

    def sql(self):
        columns = ", ".join(f"{value} AS {name}" for name, value in dataclasses.asdict(self).items())
        return f"CREATE TEMP TABLE size AS SELECT {columns}"


class Asker:
    """Requests one after the other on one connection."""

    def __init__(self, server, authorization=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.authorization = authorization

    def ask(self, method, path, body=None, expected=200):
        headers = {"Authorization": self.authorization}
        if body is not None:
            headers["Content-Type"] = "application/json"
        self.connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != expected:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300].decode(errors='replace')}")
        return answer.headers, text

    def close(self):
        self.connection.close()


@dataclasses.dataclass
class Spent:
    wall_ms: float
    cpu_ms: float
    memory_mib: float  # 0 when it was over before anybody looked
    rows: int


def peak_mib(pid):
    """Its usage as a child would begin with that of this process."""
    with open(f"/proc/{pid}/status") as status:
        return next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:")), 0)


def spent_on(command):
    """A command that prints a row a line, from its start to its end."""
    began = time.monotonic()
    rows, peak = 0, 0
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        for _ in process.stdout:
            if rows % 1000 == 0:
                peak = max(peak, peak_mib(process.pid))
            rows += 1
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit {process.returncode}")
    return Spent((time.monotonic() - began) * 1000, (usage.ru_utime + usage.ru_stime) * 1000, peak, rows)


def at_once(items, work):
    """work(share) on a thread for each share of the items."""
    with concurrent.futures.ThreadPoolExecutor(CALLERS) as pool:
        for done in [pool.submit(work, items[i::CALLERS]) for i in range(CALLERS)]:
            done.result()


class Tenants(hubs.Hub):
    """A store of that size, with a bearer of an admin of the customer."""

    def __init__(self, hubctl, folder, size):
        folder.mkdir()
        super().__init__(hubctl, folder)
        self.size = size
        self.command("scope", "desired", "add", APP, *NEXUS_SCOPES)
        self.command("authorization", "approve", f"{APP}/customer")
        self.command("key", "rotate", "--alg", "ES256", "--publish-ahead", "0s")
        self.robot = self.command("member", "add-service", "robot", "--org", "customer", "--role", "admin")["object"]
        self.operator = self.command("token", "issue-admin", "bench", "--role", "full")["object"]
        self.fill()

    def fill(self):
        before = ["-cmd", "PRAGMA temp_store = MEMORY", "-cmd", self.size.sql()]
        with open(FILL, "rb") as script:
            subprocess.run(["sqlite3", "-bail", *before, str(self.store)], stdin=script, check=True, timeout=180,
                           stdout=subprocess.DEVNULL)

    def authorize(self, server):
        """Each filled organization authorizes the app, by the admin API, so that the hub makes and seals its key."""
        def grant(share):
            asker = Asker(server, "Bearer " + self.operator["token"])
            for i in share:
                asker.ask("POST", "/admin/v1/authorizations/grant", {"app": APP, "by": f"filler-{i}"})
            asker.close()
        # The customer authorized it already, so that there are as many keys as filled organizations.
        at_once(range(self.size.organizations - 1), grant)

    def bearer(self, server):
        """The Authorization of a profile that is an admin of the customer."""
        customer = (self.client[0], self.made.known["HUB_CUSTOMER_SECRET"])
        asker = Asker(server, load.basic(customer))
        _, text = asker.ask("POST", "/oauth/service-account-token", {"profile": self.robot["hash_id"]})
        asker.close()
        return "Bearer " + json.loads(text)["token"]
