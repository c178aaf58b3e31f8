"""What the scripts of this folder share: where the hub is, checks, and codes as if a person had consented."""
import base64
import json
import os
import subprocess
import sys
import traceback

issuer = os.environ["HUB_ISSUER"]
app = os.environ["HUB_APP"]
client_id = os.environ["HUB_CLIENT_ID"]
client_secret = os.environ["HUB_CLIENT_SECRET"]
public_client_id = os.environ["HUB_PUBLIC_CLIENT_ID"]
customer = os.environ["HUB_CUSTOMER"]
customer_secret = os.environ["HUB_CUSTOMER_SECRET"]
stranger = os.environ["HUB_STRANGER"]
person = os.environ["HUB_PERSON"]
redirect = os.environ["HUB_REDIRECT"]
scope = f"Org/{customer}.zaikio.organization.r"
_failed = 0


def command(*words):
    """hubctl with JSON out."""
    done = subprocess.run([os.environ["HUBCTL"], *words, "-o", "json"], check=True, stdout=subprocess.PIPE, timeout=30)
    return json.loads(done.stdout)


def code(dialect, challenge=None):
    words = ["code", "create", "--app", app, "--dialect", dialect, "--for", "person:jane@customer.test", "--scope",
             "zaikio.person.r"]
    if challenge:
        words += ["--code-challenge", challenge, "--code-challenge-method", "S256"]
    return command(*words)["object"]["code"]


def claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def check(name, good, got=None):
    global _failed
    _failed += not good
    print(f"ok {name}" if good else f"not ok {name}: {got!r}", flush=True)


def refusal(attempt):
    """What a call raises; None when it does not."""
    try:
        attempt()
    except Exception as error:  # whatever the library reports
        return error
    return None


def run(*parts):
    """Groups of checks that do not depend on each other: what one throws is one failure."""
    global _failed
    for part in parts:
        try:
            part()
        except Exception:
            _failed += 1
            print(f"not ok {part.__name__}:", traceback.format_exc(limit=-4), flush=True)
    sys.exit(1 if _failed else 0)
