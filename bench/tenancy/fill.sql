-- Tenants for the store of bench/tenancy/run: organizations, vendors with apps, people with memberships, connections
-- with a key each. Ids ascend by time and end at random and HashIDs follow from them, as the hub's own do; secrets are
-- random and nobody's. Before it:
--   PRAGMA temp_store = MEMORY;
--   CREATE TEMP TABLE size AS SELECT 10000 AS organizations, 100 AS vendors, 1000 AS apps, 100000 AS people,
--     10000 AS members, 99 AS apps_each;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -600000;
BEGIN;

CREATE TEMP TABLE digits (value INTEGER PRIMARY KEY, two TEXT NOT NULL);
INSERT INTO digits
  WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < 62 * 62),
    base62 (text) AS (SELECT '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
  SELECT i, substr(text, i / 62 + 1, 1) || substr(text, i % 62 + 1, 1) FROM n, base62;

-- The random ends of ids, 60 bits, and the HashIDs that belong to them.
CREATE TEMP TABLE draw (i INTEGER PRIMARY KEY, bits INTEGER NOT NULL);
INSERT INTO draw
  WITH RECURSIVE n (i, most) AS (
    SELECT 0, max(organizations * apps_each + apps, people + members, organizations + vendors) FROM size
    UNION ALL SELECT i + 1, most FROM n WHERE i + 1 < most)
  SELECT i, abs(random()) >> 3 FROM n;
CREATE TEMP TABLE made (i INTEGER PRIMARY KEY, ends TEXT NOT NULL, hash_id TEXT NOT NULL);
INSERT INTO made
  SELECT i, printf('7000-8%03x-%012x', bits >> 48, bits & 0xffffffffffff),
    (SELECT two FROM digits WHERE value = bits / 839299365868340224) ||
    (SELECT two FROM digits WHERE value = bits / 218340105584896 % 3844) ||
    (SELECT two FROM digits WHERE value = bits / 56800235584 % 3844) ||
    (SELECT two FROM digits WHERE value = bits / 14776336 % 3844) ||
    (SELECT two FROM digits WHERE value = bits / 3844 % 3844) ||
    (SELECT two FROM digits WHERE value = bits % 3844)
  FROM draw;

-- Milliseconds before the hub was made, as far apart as the kinds need.
CREATE TEMP TABLE at AS SELECT created_at AS us, created_at / 1000 - 100000000 AS ms FROM hub;
CREATE TEMP TABLE customer AS
  SELECT organization.id, membership.id AS admin_id
  FROM organization JOIN membership ON membership.organization_id = organization.id
  WHERE slug = 'customer' AND person_id IS NOT NULL;

CREATE TEMP TABLE org (i INTEGER PRIMARY KEY, id TEXT NOT NULL);
INSERT INTO org
  SELECT i, printf('%08x-%04x-%s', ms + i >> 16, ms + i & 65535, ends) FROM made, at, size
  WHERE i < organizations + vendors;
INSERT INTO organization (id, hash_id, slug, name, kinds, metadata, version, created_at, updated_at)
  SELECT id, hash_id, iif(i < organizations, 'filler-' || i, 'vendor-' || (i - organizations)),
    iif(i < organizations, 'Filler ' || i, 'Vendor ' || (i - organizations)), 'other', '{}', 1, us, us
  FROM org JOIN made USING (i), at, size;

CREATE TEMP TABLE filled_app (i INTEGER PRIMARY KEY, id TEXT NOT NULL, client_id TEXT NOT NULL);
INSERT INTO filled_app
  SELECT i, printf('%08x-%04x-%s', ms + 10000000 + i >> 16, ms + 10000000 + i & 65535, ends),
    printf('%08x-%04x-%s', ms + 20000000 + i >> 16, ms + 20000000 + i & 65535, ends)
  FROM made, at, size WHERE i < apps;
INSERT INTO app (id, hash_id, name, title, owner_organization_id, client_id, kind, audience, audience_organizations,
    state, refresh_reuse, redirects, desired_scopes, version, created_at, updated_at)
  SELECT f.id, hash_id, 'filled_' || f.i, 'Filled ' || f.i, org.id, f.client_id, 'public', 'any', '', 'active',
    'standard', '', 'zaikio.organization.r', 1, us, us
  FROM filled_app AS f JOIN made USING (i), at, size JOIN org ON org.i = organizations + f.i % vendors;

INSERT INTO person (id, hash_id, email, email_key, email_verified_at, first_name, last_name, version, created_at,
    updated_at)
  SELECT printf('%08x-%04x-%s', ms + 30000000 + i >> 16, ms + 30000000 + i & 65535, ends), hash_id,
    printf('p%d@people.test', i), printf('p%d@people.test', i), us, 'First ' || i, 'Last ' || i % 1000, 1, us, us
  FROM made, at, size WHERE i < people;

-- Everybody is a member of one organization, and the first of them of the customer too. 16: the role of staff.
CREATE TEMP TABLE human (i INTEGER PRIMARY KEY, id TEXT NOT NULL);
INSERT INTO human SELECT row_number() OVER (ORDER BY id) - 1, id FROM person WHERE email_key LIKE 'p%@people.test';
INSERT INTO membership (id, hash_id, organization_id, person_id, roles, kind, metadata, joined_at, version, created_at,
    updated_at)
  SELECT printf('%08x-%04x-%s', ms + 40000000 + made.i >> 16, ms + 40000000 + made.i & 65535, ends), hash_id,
    iif(made.i < people, org.id, customer.id), human.id, 16, 'human', '{}', us, 1, us, us
  FROM made, at, size, customer JOIN human ON human.i = made.i % people JOIN org ON org.i = made.i % organizations
  WHERE made.i < people + members;

-- Each organization has so many apps, and the customer all of them.
CREATE TEMP TABLE grant_to (
  i INTEGER PRIMARY KEY, id TEXT NOT NULL, app INTEGER NOT NULL, organization_id TEXT NOT NULL, granted_by TEXT);
INSERT INTO grant_to
  SELECT made.i, printf('%08x-%04x-%s', ms + 60000000 + made.i >> 16, ms + 60000000 + made.i & 65535, ends),
    iif(made.i < organizations * apps_each, (made.i / apps_each * 37 + made.i % apps_each) % apps,
      made.i - organizations * apps_each),
    ifnull(org.id, customer.id), iif(org.id IS NULL, customer.admin_id, NULL)
  FROM made, at, size, customer
    LEFT JOIN org ON org.i = made.i / apps_each AND made.i < organizations * apps_each
  WHERE made.i < organizations * apps_each + apps;
INSERT INTO connection (id, hash_id, app_id, organization_id, granted_scopes, granted_by, granted_at, version,
    created_at, updated_at)
  SELECT grant_to.id, hash_id, filled_app.id, organization_id, 'zaikio.organization.r', granted_by, us, 1, us, us
  FROM grant_to JOIN made USING (i) JOIN filled_app ON filled_app.i = grant_to.app, at ORDER BY grant_to.i;
INSERT INTO credential (id, hash_id, app_id, organization_id, connection_id, client_id, confidential, secret_hash,
    secret_sealed, version, created_at, updated_at)
  SELECT printf('%08x-%04x-%s', ms + 80000000 + made.i >> 16, ms + 80000000 + made.i & 65535, ends), hash_id,
    filled_app.id, organization_id, grant_to.id, client_id, 1, randomblob(32), randomblob(72), 1, us, us
  FROM grant_to JOIN made USING (i) JOIN filled_app ON filled_app.i = grant_to.app, at ORDER BY grant_to.i;
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
