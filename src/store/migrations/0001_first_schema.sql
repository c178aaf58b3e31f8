-- Times are microseconds since 1970 UTC. Ids are lower-case UUID texts, version 7 where they are ours, so that keys append.
-- Lists of scopes are space-separated; other lists and objects are JSON text.

CREATE TABLE hub (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  issuer TEXT NOT NULL,
  mode TEXT NOT NULL,
  master_key_check BYTEA NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE organization (
  id TEXT PRIMARY KEY,
  hash_id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kinds TEXT NOT NULL,
  country_code TEXT,
  metadata TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  hash_id TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  email_verified_at BIGINT,
  first_name TEXT,
  last_name TEXT,
  password_hash TEXT,
  last_sign_in_at BIGINT,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE membership (
  id TEXT PRIMARY KEY,
  hash_id TEXT NOT NULL UNIQUE,
  organization_id TEXT NOT NULL REFERENCES organization (id),
  person_id TEXT REFERENCES person (id),
  email TEXT,
  email_key TEXT,
  first_name TEXT,
  last_name TEXT,
  roles BIGINT NOT NULL,
  kind TEXT NOT NULL,
  metadata TEXT NOT NULL,
  invited_at BIGINT,
  invitation_expires_at BIGINT,
  joined_at BIGINT,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX membership_person ON membership (organization_id, person_id);
CREATE UNIQUE INDEX membership_email ON membership (organization_id, email_key);
CREATE INDEX membership_of_organization ON membership (organization_id, id);
CREATE INDEX membership_of_person ON membership (person_id);
CREATE INDEX membership_unlinked ON membership (email_key) WHERE person_id IS NULL;

CREATE TABLE app (
  id TEXT PRIMARY KEY,
  hash_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  description TEXT,
  owner_organization_id TEXT REFERENCES organization (id),
  client_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  audience TEXT NOT NULL,
  audience_organizations TEXT NOT NULL,
  state TEXT NOT NULL,
  refresh_reuse TEXT NOT NULL,
  redirects TEXT NOT NULL,
  desired_scopes TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX app_of_owner ON app (owner_organization_id);

-- Client ids and names of deleted apps, which are never given out again.
CREATE TABLE retired_client_id (
  client_id TEXT PRIMARY KEY,
  retired_at BIGINT NOT NULL
);

CREATE TABLE provided_scope (
  id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL REFERENCES app (id),
  app_name TEXT NOT NULL,
  name TEXT NOT NULL,
  permissions TEXT NOT NULL,
  for_persons BOOLEAN NOT NULL,
  for_organizations BOOLEAN NOT NULL,
  title TEXT NOT NULL,
  description TEXT,
  deprecated BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX provided_scope_name ON provided_scope (app_name, name);
CREATE INDEX provided_scope_of_app ON provided_scope (app_id);

CREATE TABLE connection (
  id TEXT PRIMARY KEY,
  hash_id TEXT NOT NULL UNIQUE,
  app_id TEXT NOT NULL,
  organization_id TEXT,
  person_id TEXT,
  granted_scopes TEXT NOT NULL,
  granted_by TEXT,
  granted_at BIGINT NOT NULL,
  ended_at BIGINT,
  ended_reason TEXT,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CHECK ((organization_id IS NULL) <> (person_id IS NULL))
);
CREATE UNIQUE INDEX connection_active_organization ON connection (app_id, organization_id)
  WHERE ended_at IS NULL AND organization_id IS NOT NULL;
CREATE UNIQUE INDEX connection_active_person ON connection (app_id, person_id)
  WHERE ended_at IS NULL AND person_id IS NOT NULL;
CREATE INDEX connection_of_app ON connection (app_id, id);
CREATE INDEX connection_of_organization ON connection (organization_id, id) WHERE organization_id IS NOT NULL;
CREATE INDEX connection_of_person ON connection (person_id, id) WHERE person_id IS NOT NULL;

-- Client secrets: those of an app itself (no connection), and one for each foreign organization that connected.
CREATE TABLE credential (
  id TEXT PRIMARY KEY,
  hash_id TEXT NOT NULL UNIQUE,
  app_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  connection_id TEXT,
  client_id TEXT NOT NULL,
  name TEXT,
  confidential BOOLEAN NOT NULL,
  secret_hash BYTEA,
  secret_sealed BYTEA,
  previous_hash BYTEA,
  previous_until BIGINT,
  previous_last_used_at BIGINT,
  last_used_at BIGINT,
  rotated_at BIGINT,
  revoked_at BIGINT,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX credential_secret ON credential (secret_hash) WHERE secret_hash IS NOT NULL;
CREATE INDEX credential_previous ON credential (previous_hash) WHERE previous_hash IS NOT NULL;
CREATE UNIQUE INDEX credential_name ON credential (app_id, name) WHERE name IS NOT NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX credential_own_client_id ON credential (client_id) WHERE connection_id IS NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX credential_of_connection ON credential (connection_id) WHERE connection_id IS NOT NULL;
CREATE INDEX credential_of_app ON credential (app_id, id);

-- One row for an access token and the refresh token issued with it. The id is the jti.
CREATE TABLE token (
  id TEXT PRIMARY KEY,
  family_id TEXT NOT NULL,
  app_id TEXT NOT NULL,
  credential_id TEXT NOT NULL,
  connection_id TEXT,
  organization_id TEXT,
  person_id TEXT,
  roles BIGINT,
  scopes TEXT NOT NULL,
  grant_kind TEXT NOT NULL,
  audience TEXT NOT NULL,
  kid TEXT NOT NULL,
  issued_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  refresh_hash BYTEA,
  refresh_expires_at BIGINT,
  refresh_used_at BIGINT
);
CREATE INDEX token_of_connection ON token (connection_id, id);
CREATE INDEX token_of_credential ON token (credential_id, id);
CREATE INDEX token_revoked ON token (revoked_at, expires_at) WHERE revoked_at IS NOT NULL;

CREATE TABLE signing_key (
  kid TEXT PRIMARY KEY,
  algorithm TEXT NOT NULL,
  public_jwk TEXT NOT NULL,
  private_sealed BYTEA NOT NULL,
  signs_from BIGINT,
  retired_at BIGINT,
  published_until BIGINT,
  revoked_at BIGINT,
  created_at BIGINT NOT NULL
);

-- The outbox: domain events, written with the change they tell of.
CREATE TABLE event (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  payload TEXT NOT NULL,
  receiver_id TEXT,
  created_at BIGINT NOT NULL
);

CREATE TABLE audit (
  sequence BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  organization_id TEXT,
  result TEXT NOT NULL,
  reason TEXT,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX audit_of_organization ON audit (organization_id, sequence);

-- The built-in apps, which everybody counts as connected to, and the scopes they provide (zaikio-hub.md section 2.6,
-- nexus211.md section 3.1).
INSERT INTO app (id, hash_id, name, title, client_id, kind, audience, audience_organizations, state, refresh_reuse,
  redirects, desired_scopes, version, created_at, updated_at) VALUES
  ('00000000-0000-7000-8000-00000000000a', 'builtinAAAAA', 'zaikio', 'Zaikio Hub', '00000000-0000-7000-8000-0000000000ca', 'private', 'none', '', 'active', 'standard', '', '', 1, 0, 0),
  ('00000000-0000-7000-8000-00000000000b', 'builtinBBBBB', 'nexus211', 'Nexus211', '00000000-0000-7000-8000-0000000000cb', 'private', 'none', '', 'active', 'standard', '', '', 1, 0, 0);

INSERT INTO provided_scope (id, app_id, app_name, name, permissions, for_persons, for_organizations, title, deprecated,
  version, created_at, updated_at) VALUES
  ('00000000-0000-7000-8000-0000005c0001', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'person', 'r w rw', true, false,
   'Own profile', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0002', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'organization', 'r rw', false, true,
   'Organization and its add-ons', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0003', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'organization_members', 'r w rw', false, true,
   'Members of the organization', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0004', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'organizations', 'r w rw', true, false,
   'Organizations of the person', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0005', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'sites', 'r w rw', true, true,
   'Sites', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0006', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'business_relationships', 'r w rw', false, true,
   'Business relationships', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0007', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'connections_and_subscriptions', 'r rw', false, true,
   'Connections and subscriptions of own apps', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0008', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'apps', 'r rw', false, true,
   'Own apps', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0009', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'delegations', 'rw', true, true,
   'Delegated tokens', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c000a', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'webhooks', 'rw', false, true,
   'Webhooks', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c000b', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'machines', 'r w rw', true, true,
   'Machines', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c000c', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'remove_machines', 'w', true, true,
   'Removal of machines', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c000d', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'specialists', 'r w rw', true, true,
   'Specialists', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c000e', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'remove_specialists', 'w', true, true,
   'Removal of specialists', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c000f', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'manufactured_machines', 'r w rw', false, true,
   'Manufactured machines', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0010', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'machine_specifications', 'r', false, true,
   'Machine specifications', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0011', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'confidential_machine_specifications', 'r', false, true,
   'Confidential machine specifications', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0012', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'manufactured_specialists', 'r w rw', false, true,
   'Manufactured specialists', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0013', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'specialist_specifications', 'r', false, true,
   'Specialist specifications', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0014', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'confidential_specialist_specifications', 'r', false, true,
   'Confidential specialist specifications', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0015', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'software', 'r w rw', true, true,
   'Software', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0016', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'remove_software', 'w', true, true,
   'Removal of software', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0017', '00000000-0000-7000-8000-00000000000a', 'zaikio', 'platform_membership', 'rw', true, true,
   'Membership of platforms', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0018', '00000000-0000-7000-8000-00000000000b', 'nexus211', 'organization', 'r w rw', true, true,
   'Organization', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c0019', '00000000-0000-7000-8000-00000000000b', 'nexus211', 'profile', 'r w rw', true, true,
   'Profiles', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c001a', '00000000-0000-7000-8000-00000000000b', 'nexus211', 'application', 'r w rw', true, true,
   'Applications and authorizations', false, 1, 0, 0),
  ('00000000-0000-7000-8000-0000005c001b', '00000000-0000-7000-8000-00000000000b', 'nexus211', 'network', 'r w rw', true, true,
   'Networks', false, 1, 0, 0);
