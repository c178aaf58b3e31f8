-- A store of the second schema as that release filled it: codes waiting and redeemed, a token of a profile, a bearer of
-- the admin API, a token that was refreshed and one delegated from it.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL);
INSERT INTO schema VALUES(1,'0001_first_schema.sql','4890a4bce3f0ad20bfb8d6b83339a0364cc3282c18a646f64e0930c5fb69ba2a',1795341254692137);
INSERT INTO schema VALUES(2,'0002_codes_and_bearers.sql','09b4bb26c0189cb1e4279b31b3ada89e3100d36b720c38596eaf712ba3f5ecf2',1795341254692137);
CREATE TABLE hub (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  issuer TEXT NOT NULL,
  mode TEXT NOT NULL,
  master_key_check BYTEA NOT NULL,
  created_at BIGINT NOT NULL
);
INSERT INTO hub VALUES(1,'https://hub.example','sandbox',X'0393023f4d5a6e1dfa24cb954f03b8147ea8078cdcd3aee7b81896305abc28d6',1795341254364415);
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
, test_account_owner_id TEXT);
INSERT INTO organization VALUES('01a202ad-80ad-7e4b-b0a0-fc518597c92a','ELECbQpMWc2M','vendor','Vendor','other',NULL,'{}',1,1795341254829025,1795341254829025,NULL);
INSERT INTO organization VALUES('01a202ad-80f4-7dad-9352-c2e1a4ad958a','0IYGqY9jsbd4','acme','Acme','other',NULL,'{"a":1}',1,1795341254900837,1795341254900837,NULL);
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
, test_account_owner_id TEXT);
INSERT INTO person VALUES('01a202ad-8144-7c16-af20-3223d29a0807','QGbMzicYN6md','jane@acme.test','jane@acme.test',1795341254980413,NULL,NULL,NULL,NULL,1,1795341254980413,1795341254980413,NULL);
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
INSERT INTO membership VALUES('01a202ad-818a-7d3d-a170-ea06087f5673','qOMK7e1Ow1UR','01a202ad-80f4-7dad-9352-c2e1a4ad958a','01a202ad-8144-7c16-af20-3223d29a0807',NULL,NULL,NULL,NULL,3,'human','{}',NULL,NULL,1795341255050654,1,1795341255050654,1795341255050654);
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
, configuration TEXT);
INSERT INTO app VALUES('00000000-0000-7000-8000-00000000000a','builtinAAAAA','zaikio','Zaikio Hub',NULL,NULL,'00000000-0000-7000-8000-0000000000ca','private','none','','active','standard','','',1,0,0,NULL);
INSERT INTO app VALUES('00000000-0000-7000-8000-00000000000b','builtinBBBBB','nexus211','Nexus211',NULL,NULL,'00000000-0000-7000-8000-0000000000cb','private','none','','active','standard','','',1,0,0,NULL);
INSERT INTO app VALUES('01a202ad-81db-72b6-b68c-0eb5c00cbacd','zZzg4xHm6l6j','shop','shop',NULL,'01a202ad-80ad-7e4b-b0a0-fc518597c92a','01a202ad-81db-77c3-847c-b4c194efc061','public','any','','active','standard','https://shop.test/callback','nexus211.profile.r shop.items.r zaikio.delegations.rw zaikio.person.r',2,1795341255131255,1795341255437440,NULL);
INSERT INTO app VALUES('01a202ad-bdd3-7fe9-9c1d-7fc903b2656b','p0GaxCE2qZND','sub','sub',NULL,'01a202ad-80ad-7e4b-b0a0-fc518597c92a','01a202ad-bdd3-7dd2-abd2-154112f61d33','public','any','','active','standard','','',1,1795341270483483,1795341270483483,NULL);
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
INSERT INTO provided_scope VALUES('01a202ad-829d-7df4-8616-f646140d7df8','01a202ad-81db-72b6-b68c-0eb5c00cbacd','shop','items','r w rw',1,1,'Items',NULL,0,1,1795341255325478,1795341255325478);
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
INSERT INTO connection VALUES('01a202ad-8362-7c01-996a-5c8a14e0ac3d','ONLj4psN9zbh','01a202ad-81db-72b6-b68c-0eb5c00cbacd','01a202ad-80f4-7dad-9352-c2e1a4ad958a',NULL,'nexus211.profile.r shop.items.r zaikio.delegations.rw',NULL,1795341255522840,NULL,NULL,1,1795341255522840,1795341255522840);
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
INSERT INTO credential VALUES('01a202ad-823f-7c42-8dd6-ce8a0b789cfd','U7Vgh3sWvEjd','01a202ad-81db-72b6-b68c-0eb5c00cbacd','01a202ad-80ad-7e4b-b0a0-fc518597c92a',NULL,'01a202ad-81db-77c3-847c-b4c194efc061',NULL,1,X'59a311c0de0646e65009761a9e293cfba5fecfc252b1e7474beca32d17efa6d6',NULL,NULL,NULL,NULL,1795341270351372,NULL,NULL,1,1795341255231617,1795341255231617);
INSERT INTO credential VALUES('01a202ad-8362-7672-b978-3f216f378340','MJAENvNzrlQm','01a202ad-81db-72b6-b68c-0eb5c00cbacd','01a202ad-80f4-7dad-9352-c2e1a4ad958a','01a202ad-8362-7c01-996a-5c8a14e0ac3d','01a202ad-81db-77c3-847c-b4c194efc061',NULL,1,X'1f957c5eb67ef811a59d40f52a7f6da59008a5d099e63d053fb289dfc7109b81',X'010b1ca2695d8ba73755217645b778b0c047185256d468dd8c21c986d35828890a616e51eb21b6e3bb8dfc24d96b2240690ae91fbfee5fec981e50c005840e3b632b45a8586bd34c',NULL,NULL,NULL,NULL,NULL,NULL,1,1795341255522840,1795341255522840);
INSERT INTO credential VALUES('01a202ad-be06-75b3-afec-a077f56c5841','5MrM8EcgTrKT','01a202ad-bdd3-7fe9-9c1d-7fc903b2656b','01a202ad-80ad-7e4b-b0a0-fc518597c92a',NULL,'01a202ad-bdd3-7dd2-abd2-154112f61d33',NULL,1,X'4a3c170094fc9e011beab9721df1a0cc799fa9963fa8a94a030d0b2ce45b83c0',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,1795341270534256,1795341270534256);
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
, parent_id TEXT, grant_scopes TEXT);
INSERT INTO token VALUES('01a202ad-84b4-781d-92d3-3e7b2f222fb2','01a202ad-84b4-781d-92d3-3e7b2f222fb2','01a202ad-81db-72b6-b68c-0eb5c00cbacd','01a202ad-823f-7c42-8dd6-ce8a0b789cfd','01a202ad-8362-7c01-996a-5c8a14e0ac3d','01a202ad-80f4-7dad-9352-c2e1a4ad958a',NULL,NULL,'shop.items.r zaikio.delegations.rw','by_hand','shop','ed73cad9fa392b14f3583bb49f14fd034f698b8ea458a5998478a9dfc7720de8',1795341255000000,1795344855000000,NULL,X'66be47ed61f1818736ae83d7f29de73b5fb6e49346d5dd7b16b8b46dd66c26de',1795946055860162,1795341255965735,NULL,NULL);
INSERT INTO token VALUES('01a202ad-851d-7d38-ba50-3b51a505859d','01a202ad-84b4-781d-92d3-3e7b2f222fb2','01a202ad-81db-72b6-b68c-0eb5c00cbacd','01a202ad-823f-7c42-8dd6-ce8a0b789cfd','01a202ad-8362-7c01-996a-5c8a14e0ac3d','01a202ad-80f4-7dad-9352-c2e1a4ad958a',NULL,NULL,'shop.items.r zaikio.delegations.rw','refresh','shop','ed73cad9fa392b14f3583bb49f14fd034f698b8ea458a5998478a9dfc7720de8',1795341255000000,1795344855000000,NULL,X'c0a33ca49b7b591fc95421972b64dbc6e07f7e6e0220cae68896a6c1de060cbc',1795946055965735,NULL,NULL,NULL);
INSERT INTO token VALUES('01a202ad-bea7-7ceb-b9e9-e11ccd8a9a39','01a202ad-bea7-7ceb-b9e9-e11ccd8a9a39','01a202ad-bdd3-7fe9-9c1d-7fc903b2656b','01a202ad-be06-75b3-afec-a077f56c5841','01a202ad-8362-7c01-996a-5c8a14e0ac3d','01a202ad-80f4-7dad-9352-c2e1a4ad958a',NULL,NULL,'shop.items.r','delegation','sub','ed73cad9fa392b14f3583bb49f14fd034f698b8ea458a5998478a9dfc7720de8',1795341270000000,1795344855000000,NULL,X'0c45b814733165dc6dbf020883998d782b85d88b93398b4b7c76379077319305',1795946070695571,NULL,'01a202ad-851d-7d38-ba50-3b51a505859d',NULL);
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
INSERT INTO signing_key VALUES('ed73cad9fa392b14f3583bb49f14fd034f698b8ea458a5998478a9dfc7720de8','RS256','{"kty":"RSA","n":"mHzqG0p7IGkSgw5YQoFcuqymPKD9JaB5nWcYahE-rOpK8F_Y-2psXFsd6p4OX9JhHKwqyfuK1uutKlM1A6I-uSPEILVWpK-MHzYpFa8lRkyKwQK0qo8wIdwD_9LpGUA4eXN-gbfs7sgGvNcRNMvRU7BV-XW5EkxGiNbMQhd6h_lrt0LFAN4QsbFfB400L1V4lnVv3AlCeWJda8XCedXRlozU_hVoyiBNudmrsNiuUtigugL0gcXTAfzWZyz54dGl58jGleU4Zz208-gytMCvbRrwqOfqsWW_Fv3mzqbTGDcvn7clc11GSMf0fDen8Tq_MuVTQJO-Nk5SEb1uCknGkQ","e":"AQAB","kid":"ed73cad9fa392b14f3583bb49f14fd034f698b8ea458a5998478a9dfc7720de8","use":"sig","alg":"RS256"}',X'01b66c08aa33afbbf1520152c4d8d73c8fbb9c432f61e2bcacaddbba68ddb9da2a2edc6d3db537a3413f31b0631501c5311a40e01d2e3308bce0ea4d2bd6f37488756eeb7e585829709372515937ac42b6fbc7017252804b6685abe16dfaee65f6b6844e2bc46cdf474e3de8a2d6e8ec387cac9cf2e3fe5f21acbf78ff62aca374e69af40bc9d1b61065a0403dd273f3f0213eba138dc27c7291e47822cfb8601ddef9b21b8920c21159c54da017c36746ad5438644d7e1a832365a64857b776196cc1e39c5443c332a73ec4e5a7989ab330950fb4c00a0cf8c049fbbd92e3efeb1fed80f7ed28346a8aa5f037ccb5b3df268c4baa5b3c73f1bf834533f818a2d862a5caa4622eb00970216e550de2118e8565d822d2665bba424ab217764823ed0aa2ff919144ac667241a8876afc7ba01205f0ef626131dc9029883ef8826fcd7e3ed74f681e44d1b2a393dd4178f387b399df7d0a837b80802c9264ac8c4c655986204c61810c7fc240dc20b84e1541ef4188c71b1dce733776f70344463be8e6672ae8139804042c6e92fcb8f2b207f57bfeb4bf5bfeb990e1020f2303cfcd39b9d9363de537aafc17ca15b71d4ea387bf3c330d3619098c7949c019f8276cc07d97a67e5249734eb930e5f8b4504ef74d8babac46a875671643a850a3b1bf0543d5dcbe0bcf25eb685eac2c4a8ab0f3712432a6583ca0f390110746125ee6f480023841a6563d29f551a131a0f41cc8e655a65c26dbf1bd26214ad85440ab095556320765784c539fd48f60cb3d738185c6b2184cb74b451b2d1075a2e9ee01a9bf7efdb99c580395d51215d6f47e425e0e96627c9222a5241a721e6b2ba81bd2a681f67b32adf0a185b593bae2ed1b6116329af8646a4bf3fc7f717c1fcc500b62c1c013c644599de1cdde0c7791f95674cd9e5e52312f7f945e7882955dfbd5ed9d5a4194b7929b06f2fddc74040239cc7cb50d1bda617cc6fa2ca1aa5092ec77144d78b8fca0faad1db94ab6d82f8fcd4ff036a7144cb2a32e236cd9c5795579e85bab9653701ad356e9a43612903a222b762a75969ce1eb8baca61455f31a3cfc8275c585dcb8c8f12abd859b74e8e9a81f84a95e76ed72584ff36358f778cee34cdf46a4102c445a87aa6b50355c8020af5c0b9d91ae652fd8b2085c5651690cf47c48398f3d0b83df520adc86b13a0d1f3fc36e3bf73e741a8cb928397d9d3edf1e088b739c59b68944752d7066f10b6b6abe90462d2fbd48ba5656b9f211ba7a7068b562a0e2fb4a857aa85a162aee13d8474c3a15b81027f5f11767468abc15202d0438ae1d8a57dff74bf5418a90b13668b82ba29fca255908dc2047b778aaaca037fd7d446464cdb4a5122d98c5c06f4688440cf4a90d2e295fe39ef476a71a7261dbedef76b2c3f527596a4439576d598db560a3568a70b238c7e605d5097ea63af73a4495a1248b68138a1af92ac9b26e8b4159c57332dd96140baa9936c1207feb8723e4f89030c3ae5dbcdaade9caf7a1f496415059ed0a14a86d6e246d0d06aa641ec6498881d162245a9438e7f25358d5a23c7c6f09d6320482d213e73cae38122a6966bf38d4d1452e39fb87b8e9c02204eff89d3ac54fed24033de89354740ea7ddef36b1777e921f7ce50070dacf6a7861be90d2d4650b4811012694b28641de2a762917bc30d00e9cee824aaac5794819599896d9ee8d90e6090da2ca4fd183119e946f71cf22444161686faf59c59d6b034926f9a62200a274fc7e9b62d7413e29c3255b507c76f79b2ff0a3a4d28cba9744aefbabbcdf610f1c36682239e3b4476aeae2a6e74c4dad88b57ce2e9b424b7649c78b461638af3c9bef28d3dd863bb8aaa4342e0b8e5eb02d942afdb0d717b6d8d6724dd3056ed02272e97ffbbba28dcecbb8b3a2d04805aec80b4e12ab2bd2da4ac621d1987c0d05b75795bade790539a2539a1cec2da6e76a28cddf1831821b5fec9215fff9c7b87c5d75f9365525e4b6fc90842e795e9aeeb2269690a1b25638dfdb10f72d0d11716d41726280f0521ab21f2ae5bf56855d42b6971f067daeb83bca4fd8a1b553f4397697fc614437b3ef93c4b5c8113438bfbf17f51072a942862ae541469be5d362fe073bb035bba117b8a6ff260ae3b96d7f6f90e6612362519f6b076635bfe830684b50f023bbb2d89f89b35ed9d259c1d6fb582169b05e5c4486f8f57d84a3db0850a039b603ba2f0f8a47784c08060a4b5c0199789045b4729374cd3bcf729580f5bb2f536a6d377c5cc7a967b9ab3fb79f1cca71dc815b1bf8cb99f48a5742d04f9af6f624521f58e7444ab4b08c19b5ccdb529b8b6f74a73a348954d7c909dc50f32f7c24ba02a0614a8c14c33ccf703fb4fefbaa33d1ee7b44e3e73a0b27389793c38b1332dd047587f634479006e2b69962495a5445dfbf019',1795341254762020,NULL,NULL,NULL,1795341254762020);
CREATE TABLE event (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  payload TEXT NOT NULL,
  receiver_id TEXT,
  created_at BIGINT NOT NULL
);
INSERT INTO event VALUES('01a202ad-818a-7f09-9477-bd46c01a637e','zaikio.member_joined','Org/01a202ad-80f4-7dad-9352-c2e1a4ad958a','{"membership_id":"01a202ad-818a-7d3d-a170-ea06087f5673","person_id":"01a202ad-8144-7c16-af20-3223d29a0807"}',NULL,1795341255050654);
INSERT INTO event VALUES('01a202ad-8362-7bd3-84dc-b1a173d5fa34','authorization.granted','Org/01a202ad-80f4-7dad-9352-c2e1a4ad958a','{}','01a202ad-81db-72b6-b68c-0eb5c00cbacd',1795341255522840);
INSERT INTO event VALUES('01a202ad-8362-7683-82d8-c37713b063b3','zaikio.established_connection','Org/01a202ad-80f4-7dad-9352-c2e1a4ad958a','{}','01a202ad-81db-72b6-b68c-0eb5c00cbacd',1795341255522840);
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
, request_id TEXT);
INSERT INTO audit VALUES(1,1795341254762020,'local:root','init','hub:https://hub.example',NULL,'ok',NULL,'{}','f96e886d38027e1ded0bd498ad295a7851840e0ed381183cf401c972942d918c',NULL);
INSERT INTO audit VALUES(2,1795341254829025,'local:root','org create','organization:01a202ad-80ad-7e4b-b0a0-fc518597c92a','01a202ad-80ad-7e4b-b0a0-fc518597c92a','ok',NULL,'{"name":"Vendor"}','92043ca06e361ac819a1d6aa49325407ff026433fe5f0b87b5209cdf87c33011',NULL);
INSERT INTO audit VALUES(3,1795341254900837,'local:root','org create','organization:01a202ad-80f4-7dad-9352-c2e1a4ad958a','01a202ad-80f4-7dad-9352-c2e1a4ad958a','ok',NULL,'{"name":"Acme","metadata":{"a":1}}','91feec9b8ee6ddf987409e5434c1a5b135094e532440f5d7649a6a8f512f8680',NULL);
INSERT INTO audit VALUES(4,1795341254980413,'local:root','person create','person:01a202ad-8144-7c16-af20-3223d29a0807',NULL,'ok',NULL,'{"email":"jane@acme.test","verified":true}','21595b5bb87e8a9f88c7402665fe2e46794d978bc6fd339f1b39c717b7abf2dc',NULL);
INSERT INTO audit VALUES(5,1795341255050654,'local:root','member add','member:01a202ad-818a-7d3d-a170-ea06087f5673','01a202ad-80f4-7dad-9352-c2e1a4ad958a','ok',NULL,'{"person":"jane@acme.test","org":"acme","role":["owner","admin"]}','dfa769475d37d3e838d17e70bfa5e5f6b955bf43f5a7ea0b9b77b89dc191bdf2',NULL);
INSERT INTO audit VALUES(6,1795341255131255,'local:root','app create','app:01a202ad-81db-72b6-b68c-0eb5c00cbacd','01a202ad-80ad-7e4b-b0a0-fc518597c92a','ok',NULL,'{"name":"shop","owner":"vendor","redirect":["https://shop.test/callback"]}','55ef44337ec5fb9ddb2f43797c77577649699be4752585f8d52e8efa53b40e08',NULL);
INSERT INTO audit VALUES(7,1795341255231617,'local:root','credential create','credential:01a202ad-823f-7c42-8dd6-ce8a0b789cfd','01a202ad-80ad-7e4b-b0a0-fc518597c92a','ok',NULL,'{"app":"shop"}','b4731bd1adb291cb708f00ee74c018ae272b221a6389cdd8636a963b618a9309',NULL);
INSERT INTO audit VALUES(8,1795341255325478,'local:root','scope provide','scope:01a202ad-829d-7df4-8616-f646140d7df8','01a202ad-80ad-7e4b-b0a0-fc518597c92a','ok',NULL,'{"app":"shop","name":"items","access":"rw","bearer":["organization","person"],"title":"Items"}','bc41e252c01050940870531601f7e7f1c139e45cf4ee06bf267a754619dc93ad',NULL);
INSERT INTO audit VALUES(9,1795341255437440,'local:root','scope desired add','app:01a202ad-81db-72b6-b68c-0eb5c00cbacd','01a202ad-80ad-7e4b-b0a0-fc518597c92a','ok',NULL,'{"app":"shop","scopes":["shop.items.r","zaikio.delegations.rw","zaikio.person.r","nexus211.profile.r"]}','ac3f57cf552e8d1ae871ee157e8e3f131c28f4e78c32989e4c5253fadbfe8fcf',NULL);
INSERT INTO audit VALUES(10,1795341255522840,'local:root','connection install','connection:01a202ad-8362-7c01-996a-5c8a14e0ac3d','01a202ad-80f4-7dad-9352-c2e1a4ad958a','ok',NULL,'{"app":"shop","for":"org:acme","desired":true}','5d9e53e739a311639744ee80f7894d85d87e4f0c2da1d0e85d3c0eb8005b935a',NULL);
INSERT INTO audit VALUES(11,1795341255860162,'local:root','token issue','token:01a202ad-84b4-781d-92d3-3e7b2f222fb2','01a202ad-80f4-7dad-9352-c2e1a4ad958a','ok',NULL,'{"audience":"shop","scope":"shop.items.r zaikio.delegations.rw"}','de16cc0862708a51d3acf6377957639312086edccabb327f3be1fd47a1abe63c',NULL);
INSERT INTO audit VALUES(12,1795341255965735,'local:root','token refresh','token:01a202ad-851d-7d38-ba50-3b51a505859d','01a202ad-80f4-7dad-9352-c2e1a4ad958a','ok',NULL,'{"refreshed":"01a202ad-84b4-781d-92d3-3e7b2f222fb2"}','1b7eaae0e59013bb7c5558cdaacf468611b29420fe68f6812a86bc9b9bae12c6',NULL);
INSERT INTO audit VALUES(13,1795341269634715,'local:root','code create','code:01a202ad-ba82-7f2f-90c0-9c6d7f83dbe4',NULL,'ok',NULL,'{"app":"shop","for":"person:jane@acme.test","scope":["zaikio.person.r"]}','04650672539dd5646dac4247d7db31f17a493f81648276768f22cf1625ac1dd3',NULL);
INSERT INTO audit VALUES(14,1795341269847146,'local:root','code create','code:01a202ad-bb57-7c76-a599-b5036628d511','01a202ad-80f4-7dad-9352-c2e1a4ad958a','ok',NULL,'{"app":"shop","dialect":"nexus","profile":"01a202ad-818a-7d3d-a170-ea06087f5673"}','f4bad6178af001584cf3a60c464d0443cefaaab88bc4f360b8315af53e91cd4a',NULL);
INSERT INTO audit VALUES(15,1795341269897600,'local:root','token issue-admin','admin_token:01a202ad-bb89-75a8-8785-5910189b153b',NULL,'ok',NULL,'{"name":"ops","role":"full"}','ba2cacf03a1ccad32c642b1bcd6dfc4543b498f42843924749aa0e203d70921b',NULL);
INSERT INTO audit VALUES(16,1795341270288317,'local:root','code create','code:01a202ad-bd10-749b-a1a2-00eed2165c6b','01a202ad-80f4-7dad-9352-c2e1a4ad958a','ok',NULL,'{"app":"shop","dialect":"nexus","profile":"01a202ad-818a-7d3d-a170-ea06087f5673"}','49945a118068372fb35d7fa0081be75f2fa15a2da7b7c206f37b97760731e88c',NULL);
INSERT INTO audit VALUES(17,1795341270483483,'local:root','app create','app:01a202ad-bdd3-7fe9-9c1d-7fc903b2656b','01a202ad-80ad-7e4b-b0a0-fc518597c92a','ok',NULL,'{"name":"sub","owner":"vendor"}','9652a281f19a027c2aadd81f6625def1eb1738bff1e610bf201d0d20804676df',NULL);
INSERT INTO audit VALUES(18,1795341270534256,'local:root','credential create','credential:01a202ad-be06-75b3-afec-a077f56c5841','01a202ad-80ad-7e4b-b0a0-fc518597c92a','ok',NULL,'{"app":"sub"}','827ea3d5b70102418e1d3af8dfc4449040bf0c6532c035322a06fca81cf9788d',NULL);
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
INSERT INTO authorization_code VALUES('01a202ad-ba82-7f2f-90c0-9c6d7f83dbe4','hub','01a202ad-81db-72b6-b68c-0eb5c00cbacd','01a202ad-823f-7c42-8dd6-ce8a0b789cfd',NULL,'01a202ad-8144-7c16-af20-3223d29a0807',NULL,NULL,'zaikio.person.r','https://shop.test/callback',NULL,NULL,NULL,X'd5ccef4d46e6f62a6d95347625a42240f9d18ec344cdf03be8cd2b346527b3cf',1795341269634715,1795341329634715,NULL,NULL,NULL);
INSERT INTO authorization_code VALUES('01a202ad-bb57-7c76-a599-b5036628d511','nexus','01a202ad-81db-72b6-b68c-0eb5c00cbacd','01a202ad-823f-7c42-8dd6-ce8a0b789cfd','01a202ad-80f4-7dad-9352-c2e1a4ad958a','01a202ad-8144-7c16-af20-3223d29a0807','01a202ad-818a-7d3d-a170-ea06087f5673',NULL,'nexus211.profile.r shop.items.r zaikio.delegations.rw zaikio.person.r','https://shop.test/callback',NULL,NULL,NULL,X'52f20dcffd382238e2b5f365ce06b78716ebc0889421bf084d88b13ba0b116dc',1795341269847146,1795341869847146,NULL,NULL,NULL);
INSERT INTO authorization_code VALUES('01a202ad-bd10-749b-a1a2-00eed2165c6b','nexus','01a202ad-81db-72b6-b68c-0eb5c00cbacd','01a202ad-823f-7c42-8dd6-ce8a0b789cfd','01a202ad-80f4-7dad-9352-c2e1a4ad958a','01a202ad-8144-7c16-af20-3223d29a0807','01a202ad-818a-7d3d-a170-ea06087f5673',NULL,'nexus211.profile.r shop.items.r zaikio.delegations.rw zaikio.person.r','https://shop.test/callback',NULL,NULL,NULL,X'0e317fb1a19a1a3fb68afba348b821582d7273bd7c5b5e8dab0ceee5fce7daf6',1795341270288317,1795341870288317,1795341270369729,NULL,'01a202ad-bd61-782d-9855-84ccfd4bb955');
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
INSERT INTO nexus_token VALUES('01a202ad-bd61-782d-9855-84ccfd4bb955','01a202ad-81db-72b6-b68c-0eb5c00cbacd','01a202ad-818a-7d3d-a170-ea06087f5673','01a202ad-80f4-7dad-9352-c2e1a4ad958a',NULL,'01a202ad-bd10-749b-a1a2-00eed2165c6b','nexus211.profile.r shop.items.r zaikio.delegations.rw zaikio.person.r',X'3fb41f0006543ca5ff8b8959e2aaa20759776607ddf9566935db1402b5336963',1795341270369729,NULL);
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
INSERT INTO admin_token VALUES('01a202ad-bb89-75a8-8785-5910189b153b','ops','full',X'e2afd0d3e3539e0a39a90b838c8ba6568b66e9e06af32f4f4ce5cd185fcb4420',1795341269897600,1803117269897600,NULL,NULL);
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
CREATE UNIQUE INDEX authorization_code_hash ON authorization_code (code_hash);
CREATE INDEX authorization_code_open ON authorization_code (app_id, id) WHERE used_at IS NULL;
CREATE UNIQUE INDEX nexus_token_hash ON nexus_token (token_hash);
CREATE INDEX nexus_token_of_app ON nexus_token (app_id, id) WHERE revoked_at IS NULL;
CREATE INDEX nexus_token_of_membership ON nexus_token (membership_id, id) WHERE revoked_at IS NULL;
CREATE INDEX nexus_token_of_credential ON nexus_token (credential_id, id)
  WHERE credential_id IS NOT NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX admin_token_hash ON admin_token (token_hash);
CREATE UNIQUE INDEX admin_token_name ON admin_token (name) WHERE revoked_at IS NULL;
CREATE INDEX token_of_parent ON token (parent_id, id) WHERE parent_id IS NOT NULL;
CREATE INDEX organization_test_account ON organization (test_account_owner_id, id)
  WHERE test_account_owner_id IS NOT NULL;
CREATE INDEX credential_key_of_app ON credential (app_id, id) WHERE connection_id IS NOT NULL AND revoked_at IS NULL;
COMMIT;
