-- What somebody consented to, waiting to be redeemed once, with what came of it, so that a second redemption can end that.
CREATE TABLE authorization_code (
  id TEXT PRIMARY KEY,
  dialect TEXT NOT NULL,
  app_id TEXT NOT NULL,
  credential_id TEXT NOT NULL,
  organization_id TEXT,
  person_id TEXT,
  membership_id TEXT,
  granted_by TEXT,
  scopes TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  challenge TEXT,
  challenge_method TEXT,
  nonce TEXT,
  code_hash BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  token_id TEXT,
  nexus_token_id TEXT
);
CREATE UNIQUE INDEX authorization_code_hash ON authorization_code (code_hash);
CREATE INDEX authorization_code_open ON authorization_code (app_id, id) WHERE used_at IS NULL;

-- Opaque tokens of profiles, without a time limit.
CREATE TABLE nexus_token (
  id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL,
  membership_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  credential_id TEXT,
  code_id TEXT,
  scopes TEXT NOT NULL,
  token_hash BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE UNIQUE INDEX nexus_token_hash ON nexus_token (token_hash);
CREATE INDEX nexus_token_of_app ON nexus_token (app_id, id) WHERE revoked_at IS NULL;
CREATE INDEX nexus_token_of_membership ON nexus_token (membership_id, id) WHERE revoked_at IS NULL;
CREATE INDEX nexus_token_of_credential ON nexus_token (credential_id, id)
  WHERE credential_id IS NOT NULL AND revoked_at IS NULL;

-- Bearers of the admin API.
CREATE TABLE admin_token (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  token_hash BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_used_at BIGINT,
  revoked_at BIGINT
);
CREATE UNIQUE INDEX admin_token_hash ON admin_token (token_hash);
CREATE UNIQUE INDEX admin_token_name ON admin_token (name) WHERE revoked_at IS NULL;

-- A delegated token ends with the one it was made from. A refresh token may stand for more scopes than the access token
-- issued beside it.
ALTER TABLE token ADD COLUMN parent_id TEXT;
ALTER TABLE token ADD COLUMN grant_scopes TEXT;
CREATE INDEX token_of_parent ON token (parent_id, id) WHERE parent_id IS NOT NULL;

-- The request of the HTTP surface that an audit row came from.
ALTER TABLE audit ADD COLUMN request_id TEXT;

-- Test accounts of the sandbox: the vendor that made them, on the organization and on its people (zaikio-hub.md section
-- 5.6). Further settings of apps, as the text of a JSON object.
ALTER TABLE organization ADD COLUMN test_account_owner_id TEXT;
ALTER TABLE person ADD COLUMN test_account_owner_id TEXT;
ALTER TABLE app ADD COLUMN configuration TEXT;
CREATE INDEX organization_test_account ON organization (test_account_owner_id, id)
  WHERE test_account_owner_id IS NOT NULL;

-- The keys of an app, counted and paged through without looking at their rows.
CREATE INDEX credential_key_of_app ON credential (app_id, id) WHERE connection_id IS NOT NULL AND revoked_at IS NULL;
