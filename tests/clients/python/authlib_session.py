"""Authlib: sessions on requests, discovery, JWT verification."""
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, jwt
from authlib.jose.errors import BadSignatureError, InvalidClaimError
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
import requests

import hub

TOKEN_PATHS = ("/oauth/access_token", "/oauth/token")
VERIFIER = "v" * 43


def session(path="/oauth/token", **options):
    options = {"client_secret": hub.client_secret, "token_endpoint_auth_method": "client_secret_basic", **options}
    return OAuth2Session(hub.client_id, token_endpoint=hub.issuer + path, redirect_uri=hub.redirect, **options)


def introspect(token, client=None):
    return (client or session()).introspect_token(hub.issuer + "/oauth/introspect", token=token).json()


def metadata():
    document = requests.get(hub.issuer + "/.well-known/oauth-authorization-server", timeout=5).json()
    found = AuthorizationServerMetadata(document)
    for rule in ("grant_types_supported", "token_endpoint_auth_methods_supported", "response_types_supported",
                 "code_challenge_methods_supported", "scopes_supported"):
        hub.check(f"{rule} is valid", hub.refusal(getattr(found, "validate_" + rule)) is None, document.get(rule))
    hub.check("token endpoint", document["token_endpoint"] == hub.issuer + "/oauth/token", document)


def client_credentials():
    for path in TOKEN_PATHS:
        for method in ("client_secret_basic", "client_secret_post"):
            with session(path, token_endpoint_auth_method=method) as client:
                token = client.fetch_token(grant_type="client_credentials", scope=hub.scope)
                hub.check(f"{path} {method}", token["scope"] == "zaikio.organization.r", token)
                hub.check(f"{path} {method}: an hour", token["expires_in"] == 3600 and not token.is_expired(), token)
                hub.check(f"{path} {method}: active", introspect(token["access_token"], client)["active"] is True)


def wrong_secret():
    for path in TOKEN_PATHS:
        for method in ("client_secret_basic", "client_secret_post"):
            with session(path, client_secret="wrong", token_endpoint_auth_method=method) as client:
                error = hub.refusal(lambda: client.fetch_token(grant_type="client_credentials", scope=hub.scope))
                hub.check(f"{path} {method} refuses a wrong secret",
                          isinstance(error, OAuthError) and error.error == "invalid_client", error)


def signatures():
    keys = JsonWebKey.import_key_set(requests.get(hub.issuer + "/.well-known/jwks.json", timeout=5).json())
    with session("/oauth/access_token") as client:
        token = client.fetch_token(grant_type="client_credentials", scope=hub.scope)["access_token"]
    options = {"iss": {"essential": True, "value": "ZAI"}, "aud": {"essential": True, "value": hub.app}}
    claims = jwt.decode(token, keys, claims_options=options)
    hub.check("a hub token is valid", hub.refusal(claims.validate) is None, claims)
    hub.check("its header is bare", sorted(claims.header) == ["alg", "kid"], claims.header)
    other = jwt.decode(token, keys, claims_options={"aud": {"essential": True, "value": "other"}})
    hub.check("for its audience only", isinstance(hub.refusal(other.validate), InvalidClaimError))
    broken = token[:-8] + ("AAAAAAAA" if not token.endswith("AAAAAAAA") else "BBBBBBBB")
    hub.check("with its signature only", isinstance(hub.refusal(lambda: jwt.decode(broken, keys)), BadSignatureError))
    with session() as client:
        token = client.fetch_token(grant_type="client_credentials", scope=hub.scope)["access_token"]
    standard = jwt.decode(token, keys)
    hub.check("a standard token is of the issuer", standard["iss"] == hub.issuer, standard)
    hub.check("and says its type", standard.header.get("typ") == "at+jwt", standard.header)


def refresh():
    for path, dialect in zip(TOKEN_PATHS, ("hub", "standard")):
        with session(path) as client:
            first = dict(client.fetch_token(code=hub.code(dialect, create_s256_code_challenge(VERIFIER)),
                                            code_verifier=VERIFIER))
            second = dict(client.refresh_token(client.metadata["token_endpoint"], refresh_token=first["refresh_token"]))
            hub.check(f"{path} rotates", second["refresh_token"] != first["refresh_token"], second)
            used = hub.refusal(lambda: client.refresh_token(client.metadata["token_endpoint"], refresh_token=first["refresh_token"]))
            hub.check(f"{path} knows a used one", getattr(used, "error", None) == "invalid_grant", used)
            third = dict(client.refresh_token(client.metadata["token_endpoint"], refresh_token=second["refresh_token"]))
            hub.check(f"{path} goes on", "access_token" in third, third)


def expired_in_the_session():
    """Authlib refreshes by itself when the time has passed."""
    with session() as client:
        token = dict(client.fetch_token(code=hub.code("standard")))
    stale = {**token, "expires_at": 1, "expires_in": 1}
    kept = []
    keep = lambda new, refresh_token=None, access_token=None: kept.append(new)  # noqa: E731
    with session(token=stale, update_token=keep) as client:
        answer = client.get(hub.issuer + "/api/v1/access_token")
        hub.check("a session with an old token gets a new one", len(kept) == 1, kept)
        hub.check("and gets in with it", answer.status_code == 200, answer.text)


def revocation():
    with session("/oauth/access_token") as client:
        token = dict(client.fetch_token(code=hub.code("hub")))
        hub.check("active before", introspect(token["access_token"])["active"] is True)
        done = client.revoke_token(hub.issuer + "/oauth/revoke", token=token["access_token"],
                                   token_type_hint="access_token")
        hub.check("revoked", done.status_code == 200, done.text)
        hub.check("inactive after", introspect(token["access_token"]) == {"active": False})
        dead = hub.refusal(lambda: client.refresh_token(client.metadata["token_endpoint"], refresh_token=token["refresh_token"]))
        hub.check("its refresh token too", getattr(dead, "error", None) == "invalid_grant", dead)


hub.run(metadata, client_credentials, wrong_secret, signatures, refresh, expired_in_the_session, revocation)
