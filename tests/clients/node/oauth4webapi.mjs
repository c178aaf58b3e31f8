// The strictest of the clients: it refuses answers that the RFCs do not allow.
import { webcrypto } from 'node:crypto';
globalThis.crypto ??= webcrypto; // Node 18 has it behind a flag
const oauth = await import('oauth4webapi');
const { default: hub } = await import('./hub.cjs');

let server;
const client = { client_id: hub.id, client_secret: hub.secret, token_endpoint_auth_method: 'client_secret_basic' };
const byBody = { ...client, token_endpoint_auth_method: 'client_secret_post' };
const open = { client_id: hub.publicId, token_endpoint_auth_method: 'none' };

const discovery = async () => {
  const issuer = new URL(hub.issuer);
  for (const algorithm of ['oauth2', 'oidc']) {
    const response = await oauth.discoveryRequest(issuer, { algorithm });
    server = await oauth.processDiscoveryResponse(issuer, response);
    hub.check(`${algorithm} metadata is accepted`, server.issuer === hub.issuer, server);
  }
};

const clientCredentials = async () => {
  for (const by of [client, byBody]) {
    const response = await oauth.clientCredentialsGrantRequest(server, by, { scope: hub.scope });
    hub.check('the answer is not for caches', /no-store/.test(response.headers.get('cache-control')));
    const token = await oauth.processClientCredentialsResponse(server, by, response);
    hub.check('the answer is accepted', !oauth.isOAuth2Error(token) && token.token_type === 'bearer', token);
    const told = await oauth.processIntrospectionResponse(server, by,
      await oauth.introspectionRequest(server, by, token.access_token));
    hub.check('introspection is accepted', told.active === true && told.sub !== undefined, told);
    hub.check('introspection and token agree', told.jti === hub.claims(token.access_token).jti, told);
  }
};

const refusals = async () => {
  const wrong = { ...client, client_secret: 'not it' };
  const response = await oauth.clientCredentialsGrantRequest(server, wrong, { scope: hub.scope });
  const challenges = oauth.parseWwwAuthenticateChallenges(response);
  hub.check('a wrong secret is challenged', challenges && challenges[0].scheme.toLowerCase() === 'basic', challenges);
  const status = response.status;
  const body = await response.json();
  hub.check('and told as the RFC says', status === 401 && body.error === 'invalid_client', body);
};

const resource = async () => {
  const token = await oauth.processClientCredentialsResponse(server, client,
    await oauth.clientCredentialsGrantRequest(server, client, { scope: hub.scope }));
  const request = new Request('http://resource.test/', { headers: { authorization: `Bearer ${token.access_token}` } });
  const audience = [hub.claims(token.access_token).aud].flat()[0];
  const claims = await oauth.validateJwtAccessToken(server, request, audience);
  hub.check('standard tokens pass as RFC 9068 access tokens', claims.client_id === hub.id, claims);
  hub.check('they come from the issuer', claims.iss === hub.issuer, claims);
  const hubToken = await (await fetch(hub.issuer + '/oauth/access_token', {
    method: 'POST',
    headers: { authorization: hub.basic },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: hub.scope }),
  })).json();
  const other = new Request('http://resource.test/', { headers: { authorization: `Bearer ${hubToken.access_token}` } });
  const refused = await hub.refusal(() => oauth.validateJwtAccessToken(server, other, hub.app));
  hub.check('tokens of the hub dialect do not', refused !== null);
};

const signIn = (name, relying, credential) => async () => {
  const verifier = oauth.generateRandomCodeVerifier();
  const challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const code = hub.code('standard', { challenge, credential });
  const back = new URL(`${hub.redirect}?${new URLSearchParams({ code, state: 's t', iss: hub.issuer })}`);
  const parameters = oauth.validateAuthResponse(server, relying, back, 's t');
  const token = await oauth.processAuthorizationCodeOAuth2Response(server, relying,
    await oauth.authorizationCodeGrantRequest(server, relying, parameters, hub.redirect, verifier));
  hub.check(`${name}: code accepted`, token.refresh_token !== undefined, token);
  const next = await oauth.processRefreshTokenResponse(server, relying,
    await oauth.refreshTokenGrantRequest(server, relying, token.refresh_token));
  hub.check(`${name}: refresh accepted`, next.refresh_token && next.refresh_token !== token.refresh_token, next);
  const used = await oauth.processRefreshTokenResponse(server, relying,
    await oauth.refreshTokenGrantRequest(server, relying, token.refresh_token));
  hub.check(`${name}: reuse refused`, oauth.isOAuth2Error(used) && used.error === 'invalid_grant', used);
  return next;
};

const revocation = async () => {
  const token = await signIn('to revoke', client)();
  const done = await oauth.processRevocationResponse(
    await oauth.revocationRequest(server, client, token.access_token));
  hub.check('revocation is accepted', done === undefined, done);
  const told = await oauth.processIntrospectionResponse(server, client,
    await oauth.introspectionRequest(server, client, token.access_token));
  hub.check('a revoked token is inactive', told.active === false, told);
};

await hub.run(
  ['discovery', discovery],
  ['client credentials', clientCredentials],
  ['refusals', refusals],
  ['access tokens at a resource', resource],
  ['a public client', signIn('public', open, hub.publicId)],
  ['revocation', revocation],
);
