"""The hub under measurement: a store made with the command line, its server, and tokens to work with."""
import http.client
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "clients"))
import fixture  # noqa: E402
import load  # noqa: E402
from processes import Server, free_port  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
JWKS = "/.well-known/jwks.json"
TOKEN = "/oauth/access_token"
INTROSPECT = "/oauth/introspect"
# Flags that let one client on one address ask as often as it likes.
UNLIMITED = ["--rate-limit", "off"]


def serve(hubctl, store, log_name="server.log"):
    """The server and the seconds until its first answer."""
    port = free_port()
    log = open(store.parent / log_name, "ab")  # ends with the process
    server = Server("hubctl", [hubctl, "--store", str(store), "serve", "--listen", f"127.0.0.1:{port}", *UNLIMITED],
                    port, stdout=log, stderr=log)
    log.close()
    try:
        return server, server.wait_for(JWKS)
    except BaseException:
        server.stop()
        raise


def fetch(server, path):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", path)
    return connection.getresponse().read()


def fetch_tokens(server, path, body, client, count):
    """Access tokens, one by one on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    headers = {"Authorization": load.basic(client), "Content-Type": "application/x-www-form-urlencoded"}
    tokens = []
    for _ in range(count):
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {text}")
        tokens.append(json.loads(text)["access_token"])
    connection.close()
    return tokens


class Hub:
    """A store, its known ids and secrets."""

    def __init__(self, hubctl, folder):
        self.hubctl, self.folder = hubctl, folder
        self.made = fixture.Hub(hubctl, folder)
        self.made.set_up()
        known = self.made.known
        self.client = (known["HUB_CLIENT_ID"], known["HUB_CLIENT_SECRET"])
        self.grant = f"grant_type=client_credentials&scope=Org/{known['HUB_CUSTOMER']}.zaikio.organization.r"
        self.store = self.made.store

    def command(self, *words):
        return self.made.command(*words)

    def token_request(self):
        return load.post(TOKEN, self.grant, self.client)

    def refresh_tokens(self, count):
        return [self.command("token", "issue", "--app", "caresuite", "--for", "org:customer", "--scope",
                             "zaikio.organization.r")["refresh_token"] for _ in range(count)]

    def introspection(self, server, count):
        tokens = fetch_tokens(server, TOKEN, self.grant, self.client, count)
        return load.per_token("introspect", INTROSPECT, self.lines(f"access-{server.port}", tokens), self.client)

    def lines(self, name, tokens):
        file = self.folder / name
        file.write_text("".join(token + "\n" for token in tokens))
        return file

    def copy(self, name, apps, organizations):
        """A copy of the store with so many filled connections more."""
        folder = self.folder / name
        folder.mkdir()
        store = folder / "hub.db"
        subprocess.run(["sqlite3", str(self.store), f".backup {store}"], check=True, timeout=60)
        shutil.copy2(f"{self.store}.key", f"{store}.key")
        size = f"CREATE TEMP TABLE size AS SELECT {apps} AS apps, {organizations} AS organizations"
        with open(HERE / "fill.sql", "rb") as script:
            subprocess.run(["sqlite3", "-bail", "-cmd", size, str(store)], stdin=script, check=True, timeout=180,
                           stdout=subprocess.DEVNULL)
        return store


class IdleConnections:
    """Keep-alive connections that have asked once and stay open."""

    def __init__(self, server, count):
        self.sockets = []
        for _ in range(count):
            one = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            one.sendall(f"GET {JWKS} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
            self.sockets.append(one)
        for one in self.sockets:
            if not one.recv(65536).startswith(b"HTTP/1.1 200"):
                raise RuntimeError("an idle connection was not served")

    def open_count(self):
        alive = 0
        for one in self.sockets:
            one.setblocking(False)
            try:
                alive += bool(one.recv(65536))
            except BlockingIOError:
                alive += 1
            except OSError:
                pass
        return alive

    def close(self):
        for one in self.sockets:
            one.close()


def remove_tree(folder):
    if os.path.isdir(folder):
        shutil.rmtree(folder)
