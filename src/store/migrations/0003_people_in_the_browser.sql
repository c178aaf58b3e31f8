-- A browser in which somebody is signed in. The cookie is kept as a keyed hash only.
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  secret_hash BYTEA NOT NULL,
  agent TEXT NOT NULL,
  address TEXT NOT NULL,
  authenticated_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE UNIQUE INDEX session_secret ON session (secret_hash);
CREATE INDEX session_of_person ON session (person_id, id) WHERE ended_at IS NULL;
CREATE INDEX session_expiry ON session (expires_at);

-- What an app asked for at the authorization endpoint, kept here so that nothing a browser posts back can change it.
CREATE TABLE login_request (
  id TEXT PRIMARY KEY,
  handle_hash BYTEA NOT NULL,
  browser_hash BYTEA NOT NULL,
  dialect TEXT NOT NULL,
  app_id TEXT NOT NULL,
  credential_id TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  redirect_given BOOLEAN NOT NULL,
  scope TEXT NOT NULL,
  state TEXT,
  challenge TEXT,
  challenge_method TEXT,
  nonce TEXT,
  hints TEXT NOT NULL,
  refusal TEXT,
  device_id TEXT,
  made_organization BOOLEAN NOT NULL DEFAULT false,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE UNIQUE INDEX login_request_handle ON login_request (handle_hash);
CREATE INDEX login_request_expiry ON login_request (expires_at);

-- What a person agreed to for an app where no connection says so: a profile's sign-in of the Nexus dialect (with its
-- organization), and the scopes of OpenID Connect (organization '').
CREATE TABLE consent (
  app_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  scopes TEXT NOT NULL,
  granted_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, app_id, organization_id)
);
CREATE INDEX consent_of_app ON consent (app_id, person_id);

-- A device that waits for somebody to approve it (RFC 8628). Both codes are kept as keyed hashes only.
CREATE TABLE device_authorization (
  id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL,
  credential_id TEXT NOT NULL,
  device_hash BYTEA NOT NULL,
  user_code_hash BYTEA NOT NULL,
  scope TEXT NOT NULL,
  hints TEXT NOT NULL,
  address TEXT NOT NULL,
  proven BOOLEAN NOT NULL,
  interval_s BIGINT NOT NULL,
  polled_at BIGINT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  decision TEXT,
  decided_at BIGINT,
  decided_by TEXT,
  organization_id TEXT,
  person_id TEXT,
  scopes TEXT,
  openid TEXT,
  authenticated_at BIGINT,
  used_at BIGINT,
  token_id TEXT
);
CREATE UNIQUE INDEX device_authorization_device ON device_authorization (device_hash);
CREATE UNIQUE INDEX device_authorization_user_code ON device_authorization (user_code_hash);
CREATE INDEX device_authorization_expiry ON device_authorization (expires_at);
CREATE INDEX device_authorization_of_app ON device_authorization (app_id, id);

-- Wrong passwords and codes, counted so that a restart forgives nothing. A key is a keyed hash of what is counted.
CREATE TABLE failed_attempt (
  kind TEXT NOT NULL,
  attempt_key BYTEA NOT NULL,
  failures BIGINT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (kind, attempt_key)
);
CREATE INDEX failed_attempt_age ON failed_attempt (since);

-- Links that mails carry: good once, for one address. The secret is kept as a keyed hash only.
CREATE TABLE mail_link (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (id),
  email_key TEXT NOT NULL,
  secret_hash BYTEA NOT NULL,
  return_path TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE UNIQUE INDEX mail_link_secret ON mail_link (secret_hash);
CREATE INDEX mail_link_of_person ON mail_link (person_id, kind);
CREATE INDEX mail_link_expiry ON mail_link (expires_at);

-- Mails on their way, written with the change they tell of. The text is sealed, since it carries a link, and forgotten
-- once it was delivered.
CREATE TABLE mail (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  text_sealed BYTEA,
  attempts BIGINT NOT NULL,
  next_attempt_at BIGINT,
  delivered_at BIGINT,
  failure TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX mail_due ON mail (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX mail_age ON mail (created_at);

-- A member who may not install an app asks those who may.
CREATE TABLE connection_request (
  id TEXT PRIMARY KEY,
  hash_id TEXT NOT NULL UNIQUE,
  app_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  scopes TEXT NOT NULL,
  decision TEXT,
  decided_by TEXT,
  decided_at BIGINT,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX connection_request_open ON connection_request (organization_id, app_id, person_id)
  WHERE decided_at IS NULL;
CREATE INDEX connection_request_of_organization ON connection_request (organization_id, id);
CREATE INDEX connection_request_of_app ON connection_request (app_id, id);
CREATE INDEX connection_request_of_person ON connection_request (person_id, id);

-- Whether the app may send challenges of the method plain (RFC 7636 section 4.2).
ALTER TABLE app ADD COLUMN pkce_plain BOOLEAN NOT NULL DEFAULT false;

-- What a person says of themselves (zaikio-hub.md section 5.4).
ALTER TABLE person ADD COLUMN pronoun TEXT;
ALTER TABLE person ADD COLUMN locale TEXT;
ALTER TABLE person ADD COLUMN country_code TEXT;
ALTER TABLE person ADD COLUMN unit_system TEXT;
ALTER TABLE person ADD COLUMN time_zone TEXT;

-- Scopes of OpenID Connect beside those of apps, separated by spaces, and when the person gave their password.
ALTER TABLE authorization_code ADD COLUMN openid TEXT;
ALTER TABLE authorization_code ADD COLUMN authenticated_at BIGINT;
ALTER TABLE token ADD COLUMN openid TEXT;
ALTER TABLE token ADD COLUMN authenticated_at BIGINT;

-- Private access tokens: made by hand for a subject itself, with a name (zaikio-hub.md section 1.1).
ALTER TABLE token ADD COLUMN name TEXT;
CREATE INDEX token_private_organization ON token (organization_id, id) WHERE name IS NOT NULL;
CREATE INDEX token_private_person ON token (person_id, id) WHERE name IS NOT NULL;

-- Codes that are over, found without a look at those that are not.
CREATE INDEX authorization_code_expiry ON authorization_code (expires_at);
