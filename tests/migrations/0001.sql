-- A store of the first schema as the first release filled it: organizations, members, an app with a key of another
-- organization, tokens of which one was refreshed and one revoked, an ended connection, a deleted app.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL);
INSERT INTO schema VALUES(1,'0001_first_schema.sql','4890a4bce3f0ad20bfb8d6b83339a0364cc3282c18a646f64e0930c5fb69ba2a',1795335912735791);
CREATE TABLE hub (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  issuer TEXT NOT NULL,
  mode TEXT NOT NULL,
  master_key_check BYTEA NOT NULL,
  created_at BIGINT NOT NULL
);
INSERT INTO hub VALUES(1,'https://hub.example','production',X'832363a06217d0428c498df2830a2fe6136ddd4ca416071cc88caec7c3c14052',1795335910567377);
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
INSERT INTO organization VALUES('01a2025b-ffbe-74b5-b0ac-a382434738ef','irH2ew71exhf','vendor','Vendor','other',NULL,'{}',1,1795335913406016,1795335913406016);
INSERT INTO organization VALUES('01a2025c-019d-76d9-a2be-9ae176758d66','VPAKKE2wHbxm','acme','Acme','other',NULL,'{"a":1}',1,1795335913885536,1795335913885536);
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
INSERT INTO person VALUES('01a2025c-0360-7ece-8ece-145d9b4bdb4f','Pu7zgj3zmssp','jane@acme.test','jane@acme.test',1795335914336617,NULL,NULL,NULL,NULL,1,1795335914336617,1795335914336617);
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
INSERT INTO membership VALUES('01a2025c-04f2-7741-80a1-479f0c8d6d30','eZgT3gdWeTmy','01a2025c-019d-76d9-a2be-9ae176758d66','01a2025c-0360-7ece-8ece-145d9b4bdb4f',NULL,NULL,NULL,NULL,1,'human','{}',NULL,NULL,1795335914738101,1,1795335914738101,1795335914738101);
INSERT INTO membership VALUES('01a2025c-06a6-7b65-be25-bc70e8cc3c5b','AbKeSPOw7jSt','01a2025c-019d-76d9-a2be-9ae176758d66',NULL,'new@acme.test','new@acme.test',NULL,NULL,4,'human','{}',1795335915174137,1795940715174137,NULL,1,1795335915174137,1795335915174137);
INSERT INTO membership VALUES('01a2025c-0873-7349-af71-6adf0f1a8f14','Cb6QU7ozFFzw','01a2025c-019d-76d9-a2be-9ae176758d66',NULL,NULL,NULL,'machine',NULL,4,'service','{}',NULL,NULL,1795335915635248,1,1795335915635248,1795335915635248);
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
INSERT INTO app VALUES('00000000-0000-7000-8000-00000000000a','builtinAAAAA','zaikio','Zaikio Hub',NULL,NULL,'00000000-0000-7000-8000-0000000000ca','private','none','','active','standard','','',1,0,0);
INSERT INTO app VALUES('00000000-0000-7000-8000-00000000000b','builtinBBBBB','nexus211','Nexus211',NULL,NULL,'00000000-0000-7000-8000-0000000000cb','private','none','','active','standard','','',1,0,0);
INSERT INTO app VALUES('01a2025c-09dc-766e-b540-e774d0048e5e','Lwp6eqwLyyHW','shop','shop',NULL,'01a2025b-ffbe-74b5-b0ac-a382434738ef','01a2025c-09dc-7705-acf1-4991eec76d6d','public','any','','active','standard','https://shop.example/cb','shop.items.r zaikio.person.r',2,1795335915996307,1795335917421543);
CREATE TABLE retired_client_id (
  client_id TEXT PRIMARY KEY,
  retired_at BIGINT NOT NULL
);
INSERT INTO retired_client_id VALUES('01a2025c-1f5b-7459-8f71-344048d8d181',1795335922001935);
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
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0001','00000000-0000-7000-8000-00000000000a','zaikio','person','r w rw',1,0,'Own profile',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0002','00000000-0000-7000-8000-00000000000a','zaikio','organization','r rw',0,1,'Organization and its add-ons',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0003','00000000-0000-7000-8000-00000000000a','zaikio','organization_members','r w rw',0,1,'Members of the organization',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0004','00000000-0000-7000-8000-00000000000a','zaikio','organizations','r w rw',1,0,'Organizations of the person',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0005','00000000-0000-7000-8000-00000000000a','zaikio','sites','r w rw',1,1,'Sites',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0006','00000000-0000-7000-8000-00000000000a','zaikio','business_relationships','r w rw',0,1,'Business relationships',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0007','00000000-0000-7000-8000-00000000000a','zaikio','connections_and_subscriptions','r rw',0,1,'Connections and subscriptions of own apps',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0008','00000000-0000-7000-8000-00000000000a','zaikio','apps','r rw',0,1,'Own apps',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0009','00000000-0000-7000-8000-00000000000a','zaikio','delegations','rw',1,1,'Delegated tokens',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c000a','00000000-0000-7000-8000-00000000000a','zaikio','webhooks','rw',0,1,'Webhooks',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c000b','00000000-0000-7000-8000-00000000000a','zaikio','machines','r w rw',1,1,'Machines',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c000c','00000000-0000-7000-8000-00000000000a','zaikio','remove_machines','w',1,1,'Removal of machines',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c000d','00000000-0000-7000-8000-00000000000a','zaikio','specialists','r w rw',1,1,'Specialists',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c000e','00000000-0000-7000-8000-00000000000a','zaikio','remove_specialists','w',1,1,'Removal of specialists',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c000f','00000000-0000-7000-8000-00000000000a','zaikio','manufactured_machines','r w rw',0,1,'Manufactured machines',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0010','00000000-0000-7000-8000-00000000000a','zaikio','machine_specifications','r',0,1,'Machine specifications',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0011','00000000-0000-7000-8000-00000000000a','zaikio','confidential_machine_specifications','r',0,1,'Confidential machine specifications',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0012','00000000-0000-7000-8000-00000000000a','zaikio','manufactured_specialists','r w rw',0,1,'Manufactured specialists',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0013','00000000-0000-7000-8000-00000000000a','zaikio','specialist_specifications','r',0,1,'Specialist specifications',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0014','00000000-0000-7000-8000-00000000000a','zaikio','confidential_specialist_specifications','r',0,1,'Confidential specialist specifications',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0015','00000000-0000-7000-8000-00000000000a','zaikio','software','r w rw',1,1,'Software',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0016','00000000-0000-7000-8000-00000000000a','zaikio','remove_software','w',1,1,'Removal of software',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0017','00000000-0000-7000-8000-00000000000a','zaikio','platform_membership','rw',1,1,'Membership of platforms',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0018','00000000-0000-7000-8000-00000000000b','nexus211','organization','r w rw',1,1,'Organization',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c0019','00000000-0000-7000-8000-00000000000b','nexus211','profile','r w rw',1,1,'Profiles',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c001a','00000000-0000-7000-8000-00000000000b','nexus211','application','r w rw',1,1,'Applications and authorizations',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('00000000-0000-7000-8000-0000005c001b','00000000-0000-7000-8000-00000000000b','nexus211','network','r w rw',1,1,'Networks',NULL,0,1,0,0);
INSERT INTO provided_scope VALUES('01a2025c-0e08-7b46-b480-5f27947e3639','01a2025c-09dc-766e-b540-e774d0048e5e','shop','items','r w rw',1,1,'Items',NULL,0,1,1795335917064844,1795335917064844);
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
INSERT INTO connection VALUES('01a2025c-106b-7673-b27b-8c98967c49e4','MO3i2dXgLN3s','01a2025c-09dc-766e-b540-e774d0048e5e','01a2025c-019d-76d9-a2be-9ae176758d66',NULL,'shop.items.r',NULL,1795335917675852,NULL,NULL,1,1795335917675852,1795335917675852);
INSERT INTO connection VALUES('01a2025c-1169-76b3-9b2a-709fc6a56d7f','S1iVS2lI8NVX','01a2025c-09dc-766e-b540-e774d0048e5e',NULL,'01a2025c-0360-7ece-8ece-145d9b4bdb4f','shop.items.r zaikio.person.r',NULL,1795335917929892,1795335921115162,'revoked',2,1795335917929892,1795335921115162);
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
INSERT INTO credential VALUES('01a2025c-0b90-78db-8f3a-fac6de9a3d8e','Evl5bvgDmljS','01a2025c-09dc-766e-b540-e774d0048e5e','01a2025b-ffbe-74b5-b0ac-a382434738ef',NULL,'01a2025c-09dc-7705-acf1-4991eec76d6d',NULL,1,X'9366753b3fe22ad59bba167f9f6c595134d3467ef7270f323607e6050720bce1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,1795335916432709,1795335916432709);
INSERT INTO credential VALUES('01a2025c-0ccb-72d6-9b31-1c935e32c7a3','2NTWRPa5mPD9','01a2025c-09dc-766e-b540-e774d0048e5e','01a2025b-ffbe-74b5-b0ac-a382434738ef',NULL,'01a2025c-0ccb-755f-9ed8-be90e8566da6','ci',1,X'880ba99b6b6c02dc2feeb32492392201342ce40d0cbb73ea446b34b62f0eed5f',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,1795335916747941,1795335916747941);
INSERT INTO credential VALUES('01a2025c-106b-7862-9a41-d241d7f57d12','4DqecgpFfjN4','01a2025c-09dc-766e-b540-e774d0048e5e','01a2025c-019d-76d9-a2be-9ae176758d66','01a2025c-106b-7673-b27b-8c98967c49e4','01a2025c-09dc-7705-acf1-4991eec76d6d',NULL,1,X'120090be2d5f27939a0b2a89e8f391991be9a79d43a359f3f833370dfeefaf3b',X'014dde94a10d1cc66023ed66e82c03cad89295a77e0526dfcad5213c54880ced1af21728ab229c4c3097fcbf52ef75c14c9773b766b2aa5a0336deb6098d480d6e26c6aad98e943a',NULL,NULL,NULL,NULL,NULL,NULL,1,1795335917675852,1795335917675852);
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
INSERT INTO token VALUES('01a2025c-1375-760a-ac48-f76183e74cbe','01a2025c-1375-760a-ac48-f76183e74cbe','01a2025c-09dc-766e-b540-e774d0048e5e','01a2025c-0b90-78db-8f3a-fac6de9a3d8e','01a2025c-106b-7673-b27b-8c98967c49e4','01a2025c-019d-76d9-a2be-9ae176758d66',NULL,NULL,'shop.items.r','by_hand','shop','18ecc4cb3e3a20e99c1e83cba352453eba58d7304ab0c0dd4bab8396e935686b',1795335918000000,1795339518000000,NULL,NULL,1795940718453515,1795335919511800);
INSERT INTO token VALUES('01a2025c-14f9-749e-be15-84b6664b89f8','01a2025c-14f9-749e-be15-84b6664b89f8','01a2025c-09dc-766e-b540-e774d0048e5e','01a2025c-0b90-78db-8f3a-fac6de9a3d8e','01a2025c-106b-7673-b27b-8c98967c49e4','01a2025c-019d-76d9-a2be-9ae176758d66','01a2025c-0360-7ece-8ece-145d9b4bdb4f',1,'shop.items.r zaikio.person.r','by_hand','shop','18ecc4cb3e3a20e99c1e83cba352453eba58d7304ab0c0dd4bab8396e935686b',1795335918000000,1795339518000000,1795335921115162,NULL,1795940718841024,NULL);
INSERT INTO token VALUES('01a2025c-1797-738b-949a-75ac939ac59e','01a2025c-1375-760a-ac48-f76183e74cbe','01a2025c-09dc-766e-b540-e774d0048e5e','01a2025c-0b90-78db-8f3a-fac6de9a3d8e','01a2025c-106b-7673-b27b-8c98967c49e4','01a2025c-019d-76d9-a2be-9ae176758d66',NULL,NULL,'shop.items.r','refresh','shop','18ecc4cb3e3a20e99c1e83cba352453eba58d7304ab0c0dd4bab8396e935686b',1795335919000000,1795339519000000,1795335920338322,NULL,1795940719511800,NULL);
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
INSERT INTO signing_key VALUES('18ecc4cb3e3a20e99c1e83cba352453eba58d7304ab0c0dd4bab8396e935686b','RS256','{"kty":"RSA","n":"rk4XNF0UXmIkfOugnuTaymkI6ld_OHFI-59b4H1ldisI7anIwFFACtm_iZZhhWK149CzYv0QzXzq3fJpGyBoMsJ_Y7M-Xl4p13tr7XtNnEnbTezhjRI3TKWj7BMO2n-w67yHonX0bMT2hOQEs8uzlND16DBz03FU4Ytx8RxK43jVIaH-xQmRf2x0vdejYzgk1o51skIRHuTJE4jVTRncR-XhQbGgrQg01mT0zzC3_3hZzhP_LpxLzV0Dq6VZdqtpLEWZy9LMypRRG1oC4RX5vxSRAcnqxwbLDgnHy63or5lTSLHBW2sm3H2iCCf7ndnipmqSAKqXJEwId7c_iu7PEw","e":"AQAB","kid":"18ecc4cb3e3a20e99c1e83cba352453eba58d7304ab0c0dd4bab8396e935686b","use":"sig","alg":"RS256"}',X'01294985669122a59e52300175f0a875fbb173e45452acc18c9f52ee08531687b171b91430579b0f417cd32fa9b89d0f48eecf5b8b4cd72d7f9ed98735e804a1b2bb408fa10ce84121134e1bd9814ae8fa14d58dbec9ec2535964c67c71c6a322c50b078f6bf55f2fed9d4fcf846c37939af34cdad012fc058f1f7df8b3f6995ae2b236dfe20730946f7271d711094342b6644d78ef8bb0dac3b3cc4c3d23eaeb8a442628f4a1ec955ea2ecf0e14e31b855cd44e5f1095b2febccd613ee9d9d63fdcf95fcfb3c768204cb2255ce456d7e5c425d86c38e60f343704001965e72f7631a9cc15f419443ae2f21aa25639293c7817daa0076503f88e4351ac9714235c68ac9194b41d21334de49cabd9ee61bc315e678c5cf5194defa7f8993ef9198670e347dc343ca205cb725a691f5b9c347415e077d6e1d9d2ebeeb4615a9088977a14835a8cb6606708e123066608c214c04a6aed56b15b75038da1d207145f3b3646d80e8c20ce489776b46aad60398897405060c576cf3cb92e4b68c33abecbc94b65bb37e8b27d623d1e4c24227e27d3114388f8ac63b77e879582d7da72dfcd8f392d3b4f4059ddf03377e08c4df802172e982c1f8d5ab78ed7853e61bf5be85e13c8f4970441e3e4a7a706d6a32ce75283fab1abccc1ddc60a045fc8282d4f7e65d203ed9048d5b841068cb8ccec789ac32751a0ff5ca65cf9e76294083d153d38df00b811d21a2d942318a51d643a576f3ad289455ec98f1dcef26ba51f34c36cf15263f79a9393186f49c4bd9df0724c9c80325d74d0834a1acbf0fa2307f9ef46e0c54d82d484e134c3ffd57aa5e9d43ddb188b8c62384f0d3dbf9778419db7bef10279e8c8ed35131e46963a41823e511faf5c76c9c845b5897dff27141a19cd01178e11f50762a2a0add0fe7dd72f2a5a96f1fe14337a5e8722ec5b68a0ef8c9748686eae683c13a8a0ed090211644d38d39d69f2be4bcd8e01107306eda3d1a6598f6f043e7216da8ceb2f8a710038263d9a79f1cd91c47fe71943682dae342df4a42be989d62d013cc3d28553c86b76ecaffed2f0a0f16c3c54d64faf2116a8f0880988605035d60d598ec0025e830ce3b1a90ee18ef82f6b0b1097a86ca942168cfe7cb27623aa67eef753780a0aaefb015fa366a58b6be6337a41551cbeaf40d188ba7dbc085ce914bee286743534965e83abc7c6152fd615c162076cea9c0aa7f7acb77282869396940b2118629ad827a51253198ebcca164d719bc04b02c4450eef74b9236799b9f43242ed7a2192d39eb7aaab5d006d97de8a6c93f7f69c4294668b892b7156911c7e580a9301ab182a5b7473446ad9686c9708d9d05d56bc11fc6f5b65af085961ab6220e62c0ca2a396f10310b1eab433162b5714a8f80ad57f9d24d9096d6dd0c3c36eb759089a9b80b0e21eeaf1f70b93527c9b3f4a8a5246096e7294f6ae8260919e73f40f3b7ac198372983d59414b6a32b8214984206095630170e5302d087bc314a2bb1c29665177b66076596029d973f347746f1c5fd956aac0651dc82046a42493e810ddc100b1f6d6e219d9d3157bcca1904ab631258996f9d4616d6f62df2150b07fe91103bf03b01b3eeca8cd649876e15b7279f1f9192e85e02333514acf87d7ac646a36f8d3f43410e1e5f6f8febba69b970c3171b1606c10fc38df5875386bf66ab2379f9e7be53ddec1446207626e7df0307c672a22ee88ad0c8dc4f84d4c87f6037f018b5d4b643ba5303701dfc0f8fdb636ce197142ecc423d10162f41a26a8016f5c8fa373f98500d3a00c4d2fd3cdb2eeff46a1a40798109b0f51a966f29c88ed6f93a5682177f8e086658848e8f8af56e553fc7f2e1478241bc895d6a1fc0e6e1e15b7d7038a4cf65fcc78d68420679ce1f69916504bd3e6cdef95cd524183aff8fa24309356d45929cc2fdb17cdb57f6799285bf4319537333eb1f397db5a0a163dd22197350d731bae16f690a78a60ce8f8dcedc068ca7b600e49ab2611f38fee3d615855f452417732ffbe1c8b261d69d6515d8891da42d4a4ce5bc52cdc4543f189828b159f5868836c25a9021848f68cde7d4390039e33f5ac532f5cc689984818e72190d568d2ef3c4c0f2b8818c5af619dcf10492d3d919270b956ce77acb498fe6a9649ad4742bd47ff3b3573b0021206c0f0c9e6a86da72863bdb0925f09730e706451631959dde214f99e3a1af0ba90a38eb4477930484f6b5fef6c25cf9fae6313376ffa07baa66948f672750a2f2a32ea8c810931b209c2dc3c0200463743aa4f9f74aa7021725d42318532ba8962f45f84c32a2054a987c3a8eaba251a554519371679176042124a81a11e2151b8bf7dc7e700e4060ba8258332de101341d1b9e6a04d0971250f03916edebd03579646f7a657c22f76287d225771bcf4ebb28e13cdb278',1795335912982300,NULL,NULL,NULL,1795335912982300);
INSERT INTO signing_key VALUES('22a6ddb90e21380176684f5851244b63325e76f9628f271c1f09fca2e70003f9','ES256','{"kty":"EC","crv":"P-256","x":"tvJhAbYFag_VPB7eUxK55lGbrH-ajmI9Bk41m7loeK4","y":"fZXeDfUL6BRXOHyhd5wjWsttBb0gDB77M9S7_Gd1lEI","kid":"22a6ddb90e21380176684f5851244b63325e76f9628f271c1f09fca2e70003f9","use":"sig","alg":"ES256"}',X'01d78ea6ec28a8292d5eb80216d640d294321eafa7d708a5b4dcff17c209966b13ecc671c41c60518f9435b7b3a7e18429cf95cdcd5df28c265fe204c0475b7fe91902e16e92df98a765997bd8598a5b7d15af0f1c3523484e4568e21a4cd1a86ae2b9f58d3508400f91409181ce6d3840c7c0fd890be9d11f3c555a0f20c8d6e52c3160bbf2f2881bd0af53c59dc4091626846aa30792a949af10a9a4718cfd0941f517e406574cc86b84ef540e129f39631c7085bf0920a6955acd8c07009f429ba1b90d8eca3376870b686fcef66cdf78a008834c50af59deaa8cb457eb602268e95c20f272c5f6be5c059d3d3d00063c0a5626aa4daed045a0870174deff9011e92203d0c7b04421ccbc1c8e',NULL,NULL,NULL,NULL,1795335920803136);
CREATE TABLE event (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  payload TEXT NOT NULL,
  receiver_id TEXT,
  created_at BIGINT NOT NULL
);
INSERT INTO event VALUES('01a2025c-04f2-7667-a3dd-c9f96e946aee','zaikio.member_joined','Org/01a2025c-019d-76d9-a2be-9ae176758d66','{"membership_id":"01a2025c-04f2-7741-80a1-479f0c8d6d30","person_id":"01a2025c-0360-7ece-8ece-145d9b4bdb4f"}',NULL,1795335914738101);
INSERT INTO event VALUES('01a2025c-106b-7c6e-a4c2-9e1da0ba62d0','authorization.granted','Org/01a2025c-019d-76d9-a2be-9ae176758d66','{}','01a2025c-09dc-766e-b540-e774d0048e5e',1795335917675852);
INSERT INTO event VALUES('01a2025c-106b-74fb-9506-106295650c5c','zaikio.established_connection','Org/01a2025c-019d-76d9-a2be-9ae176758d66','{}','01a2025c-09dc-766e-b540-e774d0048e5e',1795335917675852);
INSERT INTO event VALUES('01a2025c-1169-7941-8766-cedc08a7eb93','zaikio.established_connection','Per/01a2025c-0360-7ece-8ece-145d9b4bdb4f','{}','01a2025c-09dc-766e-b540-e774d0048e5e',1795335917929892);
INSERT INTO event VALUES('01a2025c-1ad2-7b78-9918-a62169bc7e6f','zaikio.revoked_access_token','Org/01a2025c-019d-76d9-a2be-9ae176758d66','{"access_token_id":"01a2025c-1797-738b-949a-75ac939ac59e"}',NULL,1795335920338322);
INSERT INTO event VALUES('01a2025c-1ddb-7e68-bf08-e48595a4f9d3','zaikio.revoked_access_token','Org/01a2025c-019d-76d9-a2be-9ae176758d66','{"access_token_id":"01a2025c-14f9-749e-be15-84b6664b89f8"}',NULL,1795335921115162);
INSERT INTO event VALUES('01a2025c-1ddb-7fce-a533-2e69e130c14a','zaikio.revoked_connection','Per/01a2025c-0360-7ece-8ece-145d9b4bdb4f','{}','01a2025c-09dc-766e-b540-e774d0048e5e',1795335921115162);
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
INSERT INTO audit VALUES(1,1795335912982300,'local:root','init','hub:https://hub.example',NULL,'ok',NULL,'{}','be5b85f9b48cefbdbe31e21186ed1a787a103e35080232425fed0b45c7e55736');
INSERT INTO audit VALUES(2,1795335913406016,'local:root','org create','organization:01a2025b-ffbe-74b5-b0ac-a382434738ef','01a2025b-ffbe-74b5-b0ac-a382434738ef','ok',NULL,'{"name":"Vendor"}','17345224ae575133ce49608f3a08035db0e935f2f65253d2fe4d6ad09a6226b6');
INSERT INTO audit VALUES(3,1795335913885536,'local:root','org create','organization:01a2025c-019d-76d9-a2be-9ae176758d66','01a2025c-019d-76d9-a2be-9ae176758d66','ok',NULL,'{"name":"Acme","metadata":{"a":1}}','99fd93e59058e10dbb98f2f5b6518d29a334714810b1d2c17cb40d2d48cf5ca1');
INSERT INTO audit VALUES(4,1795335914336617,'local:root','person create','person:01a2025c-0360-7ece-8ece-145d9b4bdb4f',NULL,'ok',NULL,'{"email":"jane@acme.test","verified":true}','480b91851fe270ed6d8229d4053b8d6ae3692d348795197c4de36f3e38a32b9e');
INSERT INTO audit VALUES(5,1795335914738101,'local:root','member add','member:01a2025c-04f2-7741-80a1-479f0c8d6d30','01a2025c-019d-76d9-a2be-9ae176758d66','ok',NULL,'{"person":"jane@acme.test","org":"acme","role":["owner"]}','17c7709551a8dd1cba28249490b5256f0cc1158d49c7d97d003b3c0eb95bca67');
INSERT INTO audit VALUES(6,1795335915174137,'local:root','member invite','member:01a2025c-06a6-7b65-be25-bc70e8cc3c5b','01a2025c-019d-76d9-a2be-9ae176758d66','ok',NULL,'{"email":"new@acme.test","org":"acme","role":["member"]}','a7c79dcc73818d0035a938ee7f8193c0bf2fdb113764830af4aa1b3220cbe410');
INSERT INTO audit VALUES(7,1795335915635248,'local:root','member add-service','member:01a2025c-0873-7349-af71-6adf0f1a8f14','01a2025c-019d-76d9-a2be-9ae176758d66','ok',NULL,'{"name":"machine","org":"acme","role":"member"}','36cb16ebe0fa9e0df04480f5c7a4a4f200a6c9d8d5f5ae67d69820cc95d647fd');
INSERT INTO audit VALUES(8,1795335915996307,'local:root','app create','app:01a2025c-09dc-766e-b540-e774d0048e5e','01a2025b-ffbe-74b5-b0ac-a382434738ef','ok',NULL,'{"name":"shop","owner":"vendor","redirect":["https://shop.example/cb"]}','9c6d2b428beaecb9caa4393003df4343fad5d28d9d5f2b900f34d421d45f1684');
INSERT INTO audit VALUES(9,1795335916432709,'local:root','credential create','credential:01a2025c-0b90-78db-8f3a-fac6de9a3d8e','01a2025b-ffbe-74b5-b0ac-a382434738ef','ok',NULL,'{"app":"shop"}','72fbf83fbf7f91c18066a7de163496a57f36c8cfed75f123497adeddc81dbfa4');
INSERT INTO audit VALUES(10,1795335916747941,'local:root','credential create','credential:01a2025c-0ccb-72d6-9b31-1c935e32c7a3','01a2025b-ffbe-74b5-b0ac-a382434738ef','ok',NULL,'{"app":"shop","name":"ci"}','71f5b0e9f3f5e0859a922139fd043e44ae731131c419b85708b95b6050e22f49');
INSERT INTO audit VALUES(11,1795335917064844,'local:root','scope provide','scope:01a2025c-0e08-7b46-b480-5f27947e3639','01a2025b-ffbe-74b5-b0ac-a382434738ef','ok',NULL,'{"app":"shop","name":"items","access":"rw","bearer":["organization","person"],"title":"Items"}','844a23c219ae9a7efed05e6fdbd5510d665fb48612682c9370babe4568cc7e1a');
INSERT INTO audit VALUES(12,1795335917421543,'local:root','scope desired add','app:01a2025c-09dc-766e-b540-e774d0048e5e','01a2025b-ffbe-74b5-b0ac-a382434738ef','ok',NULL,'{"app":"shop","scopes":["shop.items.r","zaikio.person.r"]}','ca1d5b311854084d69e65143b191e4a1f3c4b78b4b947f67ea6363db55d7b134');
INSERT INTO audit VALUES(13,1795335917675852,'local:root','authorization grant','authorization:01a2025c-106b-7673-b27b-8c98967c49e4','01a2025c-019d-76d9-a2be-9ae176758d66','ok',NULL,'{"app":"shop","by":"acme"}','7eb336943dd699fe2b774394bb785909c9d2244e2e454550d698f94a4695df49');
INSERT INTO audit VALUES(14,1795335917929892,'local:root','connection install','connection:01a2025c-1169-76b3-9b2a-709fc6a56d7f',NULL,'ok',NULL,'{"app":"shop","for":"person:jane@acme.test","desired":true}','1cd1b996a5bd3750e1d57bc9d8c10b4e89709e9db5aeb47056a2d310693e09cc');
INSERT INTO audit VALUES(15,1795335918453515,'local:root','token issue','token:01a2025c-1375-760a-ac48-f76183e74cbe','01a2025c-019d-76d9-a2be-9ae176758d66','ok',NULL,'{"audience":"shop","scope":"shop.items.r"}','2ac6c850592753e7db4e9f029f97baf7f9a43c401bf2077b80b6a96e29b909e4');
INSERT INTO audit VALUES(16,1795335918841024,'local:root','token issue','token:01a2025c-14f9-749e-be15-84b6664b89f8','01a2025c-019d-76d9-a2be-9ae176758d66','ok',NULL,'{"audience":"shop","scope":"shop.items.r zaikio.person.r"}','95b8ab49f2f2101980cb4d0e3157b946fc66d3a7ec862c3400e2fec11dc487ca');
INSERT INTO audit VALUES(17,1795335919511800,'local:root','token refresh','token:01a2025c-1797-738b-949a-75ac939ac59e','01a2025c-019d-76d9-a2be-9ae176758d66','ok',NULL,'{"refreshed":"01a2025c-1375-760a-ac48-f76183e74cbe"}','93407b73cf19d8c01f51fa0984d6af68e47208f6974f49762377bb806bf92078');
INSERT INTO audit VALUES(18,1795335920338322,'local:root','token revoke','token:01a2025c-1797-738b-949a-75ac939ac59e','01a2025c-019d-76d9-a2be-9ae176758d66','ok','left the company','{"jti":"01a2025c-1797-738b-949a-75ac939ac59e"}','9eebdb7f1c9ab91c3928b2843bc03568874907d0257eb19243e9e228bcf8a4fb');
INSERT INTO audit VALUES(19,1795335920803136,'local:root','key stage','signing_key:22a6ddb90e21380176684f5851244b63325e76f9628f271c1f09fca2e70003f9',NULL,'ok',NULL,'{"alg":"ES256"}','4058c66f204cc2c1c2fea4e1fb8d8e65d45cb18aac7000c52da205a2686d8851');
INSERT INTO audit VALUES(20,1795335921115162,'local:root','connection uninstall','connection:01a2025c-1169-76b3-9b2a-709fc6a56d7f',NULL,'ok',NULL,'{"connection":"shop/jane@acme.test"}','a52737ed43a498769730c08856e27bdecdc44cd10aaa78ebb6c0656f1e9ea423');
INSERT INTO audit VALUES(21,1795335921499312,'local:root','app create','app:01a2025c-1f5b-7c1f-a042-d88518084f21','01a2025b-ffbe-74b5-b0ac-a382434738ef','ok',NULL,'{"name":"gone","owner":"vendor"}','90f9b9ac5754e67005045be2a360c33373b684fb00707a108b385a3ea34e25f2');
INSERT INTO audit VALUES(22,1795335922001935,'local:root','app delete','app:01a2025c-1f5b-7c1f-a042-d88518084f21','01a2025b-ffbe-74b5-b0ac-a382434738ef','ok',NULL,'{"app":"gone","confirm":"gone"}','baaeb0023b7a35c07fc76cb2f339688a42b7cc5019ae7eab236b02e074e41a37');
CREATE UNIQUE INDEX membership_person ON membership (organization_id, person_id);
CREATE UNIQUE INDEX membership_email ON membership (organization_id, email_key);
CREATE INDEX membership_of_organization ON membership (organization_id, id);
CREATE INDEX membership_of_person ON membership (person_id);
CREATE INDEX membership_unlinked ON membership (email_key) WHERE person_id IS NULL;
CREATE INDEX app_of_owner ON app (owner_organization_id);
CREATE UNIQUE INDEX provided_scope_name ON provided_scope (app_name, name);
CREATE INDEX provided_scope_of_app ON provided_scope (app_id);
CREATE UNIQUE INDEX connection_active_organization ON connection (app_id, organization_id)
  WHERE ended_at IS NULL AND organization_id IS NOT NULL;
CREATE UNIQUE INDEX connection_active_person ON connection (app_id, person_id)
  WHERE ended_at IS NULL AND person_id IS NOT NULL;
CREATE INDEX connection_of_app ON connection (app_id, id);
CREATE INDEX connection_of_organization ON connection (organization_id, id) WHERE organization_id IS NOT NULL;
CREATE INDEX connection_of_person ON connection (person_id, id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX credential_secret ON credential (secret_hash) WHERE secret_hash IS NOT NULL;
CREATE INDEX credential_previous ON credential (previous_hash) WHERE previous_hash IS NOT NULL;
CREATE UNIQUE INDEX credential_name ON credential (app_id, name) WHERE name IS NOT NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX credential_own_client_id ON credential (client_id) WHERE connection_id IS NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX credential_of_connection ON credential (connection_id) WHERE connection_id IS NOT NULL;
CREATE INDEX credential_of_app ON credential (app_id, id);
CREATE INDEX token_of_connection ON token (connection_id, id);
CREATE INDEX token_of_credential ON token (credential_id, id);
CREATE INDEX token_revoked ON token (revoked_at, expires_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX audit_of_organization ON audit (organization_id, sequence);
COMMIT;
