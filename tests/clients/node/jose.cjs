'use strict';
const jose = require('jose');
const hub = require('./hub.cjs');

const post = async (path, body, authorization = hub.basic) => {
  const response = await fetch(hub.issuer + path, { method: 'POST', headers: { authorization },
    body: new URLSearchParams(body) });
  return [response.status, await response.json()];
};
const token = async (path) =>
  (await post(path, { grant_type: 'client_credentials', scope: hub.scope }))[1].access_token;
const keysAt = (path) => jose.createRemoteJWKSet(new URL(hub.issuer + path), { cooldownDuration: 0 });

const hubTokens = async () => {
  for (const path of ['/api/v1/jwt_public_keys', '/api/v1/jwt_public_keys.json', '/.well-known/jwks.json']) {
    const { payload, protectedHeader } = await jose.jwtVerify(await token('/oauth/access_token'), keysAt(path), {
      issuer: 'ZAI', audience: hub.app, algorithms: ['RS256'], subject: `Organization/${hub.customer}`,
    });
    hub.check(`${path} verifies a hub token`, payload.scope.join() === 'zaikio.organization.r', payload);
    hub.check(`${path}: header of the contract`, Object.keys(protectedHeader).sort().join() === 'alg,kid' &&
      /^[0-9a-f]{64}$/.test(protectedHeader.kid), protectedHeader);
    hub.check(`${path}: claims of the contract`,
      Object.keys(payload).join() === 'iss,sub,aud,jti,nbf,exp,jku,scope', Object.keys(payload));
    hub.check(`${path}: one hour`, payload.exp - payload.nbf === 3600 && payload.iat === undefined, payload);
    hub.check(`${path}: where the keys are`, payload.jku === hub.issuer + '/api/v1/jwt_public_keys', payload.jku);
  }
};

const standardTokens = async () => {
  const { payload } = await jose.jwtVerify(await token('/oauth/token'), keysAt('/.well-known/jwks.json'), {
    issuer: hub.issuer, typ: 'at+jwt', algorithms: ['RS256'],
    requiredClaims: ['aud', 'exp', 'iat', 'jti', 'sub', 'client_id', 'scope'],
  });
  hub.check('a standard token names its client', payload.client_id === hub.id, payload);
  hub.check('a standard token has its scope in one text', payload.scope === 'zaikio.organization.r', payload);
};

const refused = async () => {
  const good = await token('/oauth/access_token');
  const [header, claims, signature] = good.split('.');
  const changed = Buffer.from(JSON.stringify({ ...hub.claims(good), scope: ['zaikio.organization.rw'] }));
  const forged = `${header}.${changed.toString('base64url')}.${signature}`;
  const keys = keysAt('/.well-known/jwks.json');
  const code = async (text, options) => ((await hub.refusal(() => jose.jwtVerify(text, keys, options))) || {}).code;
  hub.check('other claims under a signature', (await code(forged)) === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
  hub.check('another audience', (await code(good, { audience: 'other' })) === 'ERR_JWT_CLAIM_VALIDATION_FAILED');
  hub.check('another issuer', (await code(good, { issuer: hub.issuer })) === 'ERR_JWT_CLAIM_VALIDATION_FAILED');

  // What the hub itself makes of tokens that it did not sign.
  const { privateKey } = await jose.generateKeyPair('RS256');
  const own = await new jose.SignJWT(hub.claims(good)).setProtectedHeader(hub.header(good)).sign(privateKey);
  const hmac = await new jose.SignJWT(hub.claims(good)).setProtectedHeader({ ...hub.header(good), alg: 'HS256' })
    .sign(Buffer.from((await (await fetch(hub.issuer + '/.well-known/jwks.json')).text())));
  const none = new jose.UnsecuredJWT(hub.claims(good)).encode();
  for (const [name, text] of Object.entries({ forged, own, hmac, none, half: `${header}.${claims}` })) {
    const [status, answer] = await post('/oauth/introspect', { token: text });
    hub.check(`introspection of ${name}`, status === 200 && JSON.stringify(answer) === '{"active":false}', answer);
    const response = await fetch(hub.issuer + '/api/v1/organization', { headers: { authorization: `Bearer ${text}` } });
    const body = await response.json();
    hub.check(`the API refuses ${name}`, response.status === 403 && body.errors[0] === 'invalid_jwt', body);
  }
};

const rotation = async () => {
  const old = await token('/oauth/access_token');
  const keys = keysAt('/.well-known/jwks.json');
  await jose.jwtVerify(old, keys);
  hub.command('key', 'rotate', '--alg', 'ES256', '--publish-ahead', '0s');
  const fresh = await token('/oauth/access_token');
  hub.check('the new key signs at once', hub.header(fresh).alg === 'ES256', hub.header(fresh));
  const { payload } = await jose.jwtVerify(fresh, keys, { issuer: 'ZAI', audience: hub.app });
  hub.check('a client that cached the keys finds it', payload.jti !== undefined, payload);
  hub.check('tokens of the old key stay good', !!(await jose.jwtVerify(old, keys)).payload);
  const [, told] = await post('/oauth/introspect', { token: old });
  hub.check('the hub agrees', told.active === true, told);
};

hub.run(
  ['tokens of the hub dialect', hubTokens],
  ['standard tokens', standardTokens],
  ['tokens that are refused', refused],
  ['rotation', rotation],
);
