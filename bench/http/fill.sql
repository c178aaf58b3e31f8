-- A million connections in a copy of a store, as apps times organizations, each with its key: for measuring only. Ids
-- follow the shape of the hub's own and ascend; hashes and secrets are random, so nobody can use them.
-- Before it: CREATE TEMP TABLE size AS SELECT 1000 AS apps, 1000 AS organizations;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -200000;
BEGIN;
CREATE TEMP TABLE number AS
  WITH RECURSIVE n (i) AS (
    SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < (SELECT max(apps, organizations) FROM size))
  SELECT i FROM n;
CREATE TEMP TABLE at AS SELECT created_at AS us FROM hub;

INSERT INTO organization (id, hash_id, slug, name, kinds, metadata, version, created_at, updated_at)
  SELECT printf('01900000-0000-7000-8001-%012x', i), lower(hex(randomblob(6))), printf('filler-%d', i),
    printf('Filler %d', i), '["other"]', '{}', 1, us, us
  FROM number, at WHERE i < (SELECT organizations FROM size);

INSERT INTO app (id, hash_id, name, title, owner_organization_id, client_id, kind, audience, audience_organizations,
    state, refresh_reuse, redirects, desired_scopes, version, created_at, updated_at)
  SELECT printf('01900000-0000-7000-8002-%012x', i), lower(hex(randomblob(6))), printf('filler_%d', i),
    printf('Filler %d', i), '01900000-0000-7000-8001-000000000000', printf('01900000-0000-7000-8003-%012x', i),
    'public', 'any', '', 'active', 'standard', '', 'zaikio.organization.r', 1, us, us
  FROM number, at WHERE i < (SELECT apps FROM size);

INSERT INTO connection (id, hash_id, app_id, organization_id, granted_scopes, granted_at, version, created_at,
    updated_at)
  SELECT printf('01900000-0000-7000-8004-%06x%06x', a.i, o.i), lower(hex(randomblob(6))),
    printf('01900000-0000-7000-8002-%012x', a.i), printf('01900000-0000-7000-8001-%012x', o.i),
    'zaikio.organization.r', us, 1, us, us
  FROM number AS a, number AS o, at
  WHERE a.i < (SELECT apps FROM size) AND o.i < (SELECT organizations FROM size);

INSERT INTO credential (id, hash_id, app_id, organization_id, connection_id, client_id, confidential, secret_hash,
    secret_sealed, version, created_at, updated_at)
  SELECT printf('01900000-0000-7000-8005-%06x%06x', a.i, o.i), lower(hex(randomblob(6))),
    printf('01900000-0000-7000-8002-%012x', a.i), printf('01900000-0000-7000-8001-%012x', o.i),
    printf('01900000-0000-7000-8004-%06x%06x', a.i, o.i), printf('01900000-0000-7000-8003-%012x', a.i), 1,
    randomblob(32), randomblob(72), 1, us, us
  FROM number AS a, number AS o, at
  WHERE a.i < (SELECT apps FROM size) AND o.i < (SELECT organizations FROM size);
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
