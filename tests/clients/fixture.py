"""A hub with a vendor, a customer, a person and an app, and its server, for one client."""
import json
import os
import pathlib
import socket
import subprocess
import time

START_TIMEOUT_S = 20
STOP_TIMEOUT_S = 20
REDIRECT = "http://127.0.0.1:8931/callback"
PASSWORD = "correct horse battery"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Hub:
    """Made on entry, ended on exit. The issuer is what clients connect to, so the port is chosen before `init`."""

    serve_flags = ()

    def __init__(self, hubctl, folder):
        self.hubctl = hubctl
        self.folder = pathlib.Path(folder)
        self.store = self.folder / "hub.db"
        self.issuer = f"http://127.0.0.1:{free_port()}"
        self.process = None
        self.known = {}

    def __enter__(self):
        try:
            self.set_up()
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def command(self, *words, input=""):
        """Runs hubctl; the answer's JSON."""
        environment = dict(os.environ, HUBCTL_STORE=str(self.store), HUBCTL_NO_INPUT="1")
        done = subprocess.run([self.hubctl, *words, "-o", "json"], env=environment, text=True, timeout=30,
                              input=input, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise RuntimeError(f"hubctl {' '.join(words)}: exit {done.returncode}: {done.stderr.strip()}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def set_up(self):
        self.command("init", "--mode", "sandbox", "--issuer", self.issuer)
        vendor = self.command("org", "create", "vendor")["object"]
        customer = self.command("org", "create", "customer")["object"]
        stranger = self.command("org", "create", "stranger")["object"]
        person = self.command("person", "create", "jane@customer.test", "--first-name", "Jane", "--last-name", "Doe",
                              "--verified")["object"]
        self.command("member", "add", "jane@customer.test", "--org", "customer", "--role", "owner,admin")
        self.command("person", "set-password", "jane@customer.test", "--password-file", "-", input=PASSWORD + "\n")
        self.command("app", "create", "caresuite", "--owner", "vendor", "--redirect", REDIRECT)
        own = self.command("credential", "create", "--app", "caresuite")["object"]
        public = self.command("credential", "create", "--app", "caresuite", "--public")["object"]
        other = self.command("app", "create", "warehouse", "--owner", "vendor", "--redirect", REDIRECT)
        foreign = self.command("credential", "create", "--app", "warehouse")["object"]
        self.command("scope", "provide", "warehouse", "items", "--access", "rw", "--bearer", "organization", "--title",
                     "Items")
        self.command("scope", "desired", "add", "caresuite", "zaikio.organization.r", "zaikio.organization_members.r",
                     "zaikio.person.r", "warehouse.items.r")
        self.command("connection", "install", "--app", "warehouse", "--for", "org:customer")
        self.command("authorization", "grant", "--app", "caresuite", "--by", "customer")
        self.command("connection", "install", "--app", "caresuite", "--for", "person:jane@customer.test", "--desired")
        key = self.command("authorization", "keys", "list", "--app", "caresuite", "--show-secrets")[0]
        assert other["object"]["name"] == "warehouse"
        self.known = {
            "HUB_APP": "caresuite",
            "HUB_CLIENT_ID": own["client_id"], "HUB_CLIENT_SECRET": own["client_secret"],
            "HUB_PUBLIC_CLIENT_ID": public["client_id"],
            "HUB_OTHER_CLIENT_ID": foreign["client_id"], "HUB_OTHER_CLIENT_SECRET": foreign["client_secret"],
            "HUB_CUSTOMER_SECRET": key["client_secret"],
            "HUB_VENDOR": vendor["id"], "HUB_CUSTOMER": customer["id"], "HUB_STRANGER": stranger["id"],
            "HUB_PERSON": person["id"], "HUB_REDIRECT": REDIRECT,
            "HUB_EMAIL": person["email"], "HUB_PASSWORD": PASSWORD,
        }

    def _start(self):
        ready = self.folder / "ready"
        command = [self.hubctl, "serve", "--store", str(self.store), "--listen", self.issuer.removeprefix("http://"),
                   "--ready-file", str(ready), *self.serve_flags]
        with open(self.folder / "server.log", "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + START_TIMEOUT_S
        while not ready.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.log_tail()}")
            time.sleep(0.01)

    def stop(self):
        """Ends the server as an operator would; its exit status."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode

    def log_tail(self):
        log = self.folder / "server.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-20:]) if log.exists() else "no log"

    def environment(self):
        return dict(self.known, HUB_ISSUER=self.issuer, HUBCTL=self.hubctl, HUBCTL_STORE=str(self.store),
                    HUBCTL_NO_INPUT="1", AUTHLIB_INSECURE_TRANSPORT="1", OAUTHLIB_INSECURE_TRANSPORT="1",
                    OAUTHLIB_RELAX_TOKEN_SCOPE="1", PYTHONWARNINGS="ignore")


class DevHub(Hub):
    """What `hubctl serve --dev` begins with, for those who walk through its pages."""

    serve_flags = ("--dev",)

    def set_up(self):
        pass
