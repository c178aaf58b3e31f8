'use strict';
// How a Node service checks tokens by hand: fetch the keys, turn the right one into PEM, verify, look at revocations.
const jwt = require('jsonwebtoken');
const jwkToPem = require('jwk-to-pem');
const hub = require('./hub.cjs');

const get = async (path) => {
  const response = await fetch(hub.issuer + path);
  hub.check(`${path} answers JSON`, response.status === 200 &&
    /^application\/json\b/.test(response.headers.get('content-type')), response.status);
  return response.json();
};
const post = (path, body, authorization) =>
  fetch(hub.issuer + path, { method: 'POST', headers: { authorization }, body: new URLSearchParams(body) });
const token = async (path, form = { grant_type: 'client_credentials', scope: hub.scope }) =>
  (await post(path, form, hub.basic)).json();
const verify = async (text, keys, options) =>
  new Promise((resolve, reject) => {
    const find = ({ kid }, answer) => {
      const key = keys.find((candidate) => candidate.kid === kid);
      answer(key ? null : new Error('unknown kid'), key && jwkToPem(key));
    };
    jwt.verify(text, find, { algorithms: ['RS256'], ...options }, (error, claims) =>
      error ? reject(error) : resolve(claims));
  });

const signatures = async () => {
  const { keys } = await get('/api/v1/jwt_public_keys.json');
  hub.check('keys have what RSA keys need', keys.every((key) => key.kty === 'RSA' && key.n && key.e === 'AQAB'), keys);
  hub.check('no key has a private part', keys.every((key) => !key.d && !key.p && !key.k), keys.map(Object.keys));
  const { access_token: text } = await token('/oauth/access_token');
  const claims = await verify(text, keys, { issuer: 'ZAI', audience: hub.app });
  hub.check('a hub token is verified', claims.sub === `Organization/${hub.customer}`, claims);
  const audience = await hub.refusal(() => verify(text, keys, { audience: 'another' }));
  hub.check('for its audience only', audience && /audience/.test(audience.message), audience);
  const changed = await hub.refusal(() => verify(text.slice(0, -6) + 'AAAAAA', keys));
  hub.check('with its signature only', changed && changed.name === 'JsonWebTokenError', changed);
  const late = await hub.refusal(() => verify(text, keys, { clockTimestamp: Math.floor(Date.now() / 1000) + 3601 }));
  hub.check('for an hour only', late && late.name === 'TokenExpiredError', late);
  const { access_token: standard } = await token('/oauth/token');
  const same = await verify(standard, (await get('/.well-known/jwks.json')).keys, { issuer: hub.issuer });
  hub.check('a standard token is verified', same.client_id === hub.id, same);
};

const people = async () => {
  const { keys } = await get('/api/v1/jwt_public_keys');
  const answer = await token('/oauth/access_token', { code: hub.code('hub'), redirect_uri: hub.redirect });
  const claims = await verify(answer.access_token, keys, { issuer: 'ZAI', audience: hub.app });
  hub.check('a person is the subject', claims.sub === `Person/${hub.person}`, claims);
  const both = hub.command('token', 'issue', '--app', hub.app, '--as', 'person:jane@customer.test', '--for',
    'org:customer', '--scope', 'zaikio.organization.r');
  const acting = await verify(both.access_token, keys, { issuer: 'ZAI', audience: hub.app });
  hub.check('on behalf: both', acting.sub === `Person/${hub.person}>Organization/${hub.customer}`, acting);
  hub.check('on behalf: the bits of the roles', acting.roles === 3, acting);
  const renewal = { grant_type: 'refresh_token', refresh_token: both.refresh_token };
  const renewed = await token('/oauth/access_token', renewal);
  const renewedClaims = await verify(renewed.access_token, keys, { issuer: 'ZAI' });
  hub.check('refresh keeps subject and roles', renewedClaims.sub === acting.sub && renewedClaims.roles === 3,
    renewedClaims);
  hub.check('the answer tells who acts', renewed.bearer_on_behalf_of.id === hub.person, renewed);
};

const revocations = async () => {
  const list = '/api/v1/revoked_access_tokens.json';
  const { access_token: text } = await token('/oauth/access_token');
  const { jti } = jwt.decode(text);
  hub.check('not yet listed', !(await get(list)).revoked_token_ids.includes(jti));
  for (const time of ['first', 'second']) {
    const response = await post('/api/v1/revoked_access_tokens', {}, `Bearer ${text}`);
    const body = await response.json();
    hub.check(`revoked, the ${time} time`, response.status === 201 && body.access_token_id === jti, body);
  }
  hub.check('listed', (await get(list)).revoked_token_ids.includes(jti));
  const told = await (await post('/oauth/introspect', { token: text }, hub.basic)).json();
  hub.check('introspection agrees', JSON.stringify(told) === '{"active":false}', told);
};

hub.run(['signatures', signatures], ['tokens of people', people], ['revocations', revocations]);
