"""requests-oauthlib: machine and web application clients, and third-party secrets used directly."""
import requests
from oauthlib.oauth2 import BackendApplicationClient, InvalidClientError, InvalidGrantError, TokenExpiredError
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session

import hub

TOKEN_PATHS = ("/oauth/access_token", "/oauth/token")
BASIC = HTTPBasicAuth(hub.client_id, hub.client_secret)


def machine(path, **how):
    session = OAuth2Session(client=BackendApplicationClient(client_id=hub.client_id))
    how = how or {"auth": BASIC}
    return session, session.fetch_token(hub.issuer + path, scope=hub.scope, timeout=5, **how)


def introspect(token):
    return requests.post(hub.issuer + "/oauth/introspect", data={"token": token}, auth=BASIC, timeout=5).json()


def client_credentials():
    for path in TOKEN_PATHS:
        session, token = machine(path)
        hub.check(f"{path} by Basic", token["access_token"].count(".") == 2 and token["expires_in"] == 3600, token)
        answer = session.get(hub.issuer + "/api/v1/organization", timeout=5)
        hub.check(f"{path}: the session gets in", answer.status_code == 200, answer.text)
        hub.check(f"{path}: as the organization", answer.json().get("id") == hub.customer, answer.text)
        _, token = machine(path, include_client_id=True, client_secret=hub.client_secret)
        hub.check(f"{path} by body", introspect(token["access_token"])["active"] is True, token)


def wrong_secret():
    for path in TOKEN_PATHS:
        basic = hub.refusal(lambda: machine(path, auth=HTTPBasicAuth(hub.client_id, "wrong")))
        hub.check(f"{path} refuses a wrong secret by Basic", isinstance(basic, InvalidClientError), basic)
        body = hub.refusal(lambda: machine(path, include_client_id=True, client_secret="wrong"))
        hub.check(f"{path} refuses a wrong secret by body", isinstance(body, InvalidClientError), body)


def code_and_refresh():
    for path, dialect in zip(TOKEN_PATHS, ("hub", "standard")):
        session = OAuth2Session(hub.client_id, redirect_uri=hub.redirect)
        token = dict(session.fetch_token(hub.issuer + path, code=hub.code(dialect), auth=BASIC, timeout=5))
        url = hub.issuer + path
        again = dict(session.refresh_token(url, refresh_token=token["refresh_token"], auth=BASIC, timeout=5))
        hub.check(f"{path} rotates", again["refresh_token"] != token["refresh_token"], again)
        used = hub.refusal(lambda: session.refresh_token(url, refresh_token=token["refresh_token"], auth=BASIC))
        hub.check(f"{path} knows a used refresh token", isinstance(used, InvalidGrantError), used)
        code = hub.refusal(lambda: session.fetch_token(url, code="unknown", auth=BASIC, timeout=5))
        hub.check(f"{path} knows no unknown code", isinstance(code, InvalidGrantError), code)


def refreshed_by_itself():
    url = hub.issuer + "/oauth/token"
    session = OAuth2Session(hub.client_id, redirect_uri=hub.redirect)
    token = dict(session.fetch_token(url, code=hub.code("standard"), auth=BASIC, timeout=5))
    stale = {**token, "expires_at": 1, "expires_in": -30}
    plain = OAuth2Session(hub.client_id, token=stale)
    error = hub.refusal(lambda: plain.get(hub.issuer + "/api/v1/access_token", timeout=5))
    hub.check("an old token is noticed", isinstance(error, TokenExpiredError), error)
    kept = []
    extra = {"client_id": hub.client_id, "client_secret": hub.client_secret}
    renewing = OAuth2Session(hub.client_id, token=stale, auto_refresh_url=url, auto_refresh_kwargs=extra,
                             token_updater=kept.append)
    answer = renewing.get(hub.issuer + "/api/v1/access_token", timeout=5)
    hub.check("and renewed", answer.status_code == 200 and len(kept) == 1, answer.text)


def revocation():
    session, token = machine("/oauth/token")
    text = token["access_token"]
    hub.check("active before", introspect(text)["active"] is True)
    done = requests.post(hub.issuer + "/oauth/revoke", data={"token": text}, auth=BASIC, timeout=5)
    hub.check("revoked", done.status_code == 200, done.text)
    hub.check("inactive after", introspect(text) == {"active": False})
    answer = session.get(hub.issuer + "/api/v1/organization", timeout=5)
    hub.check("refused by the API",
              answer.status_code == 403 and answer.json()["errors"][0] == "invalid_jwt", answer.text)


def third_party_secret():
    """A third-party app needs no token: the secret of an organization says where it acts."""
    url = hub.issuer + "/keys"
    own = requests.get(url, auth=BASIC, timeout=5)
    hub.check("the own secret reads the keys", own.status_code == 200 and len(own.json()) == 1, own.text)
    key = own.json()[0]
    hub.check("with their secrets", key["secret"] == hub.customer_secret and key["application"] == hub.client_id, key)
    theirs = requests.get(url, auth=HTTPBasicAuth(key["application"], key["secret"]), timeout=5)
    hub.check("a third-party secret reads its own", [k["id"] for k in theirs.json()] == [key["id"]], theirs.text)
    wrong = requests.get(url, auth=HTTPBasicAuth(hub.client_id, "wrong"), timeout=5)
    hub.check("a wrong one reads nothing",
              wrong.status_code == 401 and wrong.json()["error"] == "invalid_client", wrong.text)
    public = requests.get(url, auth=HTTPBasicAuth(hub.public_client_id, ""), timeout=5)
    hub.check("nor does a public client id", public.status_code == 401, public.status_code)
    hub.check("both ways in are named", "Basic" in wrong.headers["WWW-Authenticate"]
              and "Bearer" in wrong.headers["WWW-Authenticate"], wrong.headers)


hub.run(client_credentials, wrong_secret, code_and_refresh, refreshed_by_itself, revocation, third_party_secret)
