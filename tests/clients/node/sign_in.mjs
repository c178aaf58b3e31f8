// People who sign in through the pages to apps built on well-known libraries.
import { webcrypto } from 'node:crypto';
globalThis.crypto ??= webcrypto; // Node 18 has it behind a flag
const oauth = await import('oauth4webapi');
const { default: openid } = await import('openid-client');
const { default: simple } = await import('simple-oauth2');
const { default: OAuth2Strategy } = await import('passport-oauth2');
const { default: hub } = await import('./hub.cjs');
const { default: pages } = await import('./pages.cjs');

const openidClient = (name, metadata) => async () => {
  const issuer = await openid.Issuer.discover(hub.issuer);
  const client = new issuer.Client({ client_id: hub.id, client_secret: hub.secret, redirect_uris: [hub.redirect],
    response_types: ['code'], ...metadata });
  const verifier = openid.generators.codeVerifier();
  const asked = { state: 'abc==', nonce: openid.generators.nonce() };
  const back = await new pages.Person().consent(client.authorizationUrl({ ...asked, scope: 'openid email profile',
    code_challenge: openid.generators.codeChallenge(verifier), code_challenge_method: 'S256' }));
  const set = await client.callback(hub.redirect, client.callbackParams(back), { ...asked, code_verifier: verifier });
  const claims = set.claims();
  hub.check(`${name}: the ID token names the person`, claims.sub === hub.person, claims);
  hub.check(`${name}: and the address`, claims.email === process.env.HUB_EMAIL && claims.email_verified === true, claims);
  const told = await client.userinfo(set.access_token);
  hub.check(`${name}: userinfo agrees`, told.sub === claims.sub && told.name === 'Jane Doe', told);
  const next = await client.refresh(set.refresh_token);
  hub.check(`${name}: refresh`, next.refresh_token !== set.refresh_token, next);
};

const strict = async () => {
  const address = new URL(hub.issuer);
  const server = await oauth.processDiscoveryResponse(address, await oauth.discoveryRequest(address));
  const client = { client_id: hub.id, client_secret: hub.secret, token_endpoint_auth_method: 'client_secret_basic' };
  const verifier = oauth.generateRandomCodeVerifier();
  const nonce = oauth.generateRandomNonce();
  const url = new URL(server.authorization_endpoint);
  url.search = new URLSearchParams({ client_id: hub.id, redirect_uri: hub.redirect, response_type: 'code', state: 's t',
    scope: 'openid', nonce, code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256' });
  const back = new URL(await new pages.Person().consent(url));
  const parameters = oauth.validateAuthResponse(server, client, back, 's t');
  hub.check('oauth4webapi takes the answer', !oauth.isOAuth2Error(parameters), parameters);
  const set = await oauth.processAuthorizationCodeOpenIDResponse(server, client,
    await oauth.authorizationCodeGrantRequest(server, client, parameters, hub.redirect, verifier), nonce);
  hub.check('oauth4webapi takes the ID token', !oauth.isOAuth2Error(set) && set.id_token !== undefined, set);
  const told = await oauth.processUserInfoResponse(server, client,
    oauth.getValidatedIdTokenClaims(set).sub, await oauth.userInfoRequest(server, client, set.access_token));
  hub.check('oauth4webapi takes userinfo', told.sub === hub.person, told);
};

// The library's own default paths, and those of the hub.
const simpleOauth2 = (name, auth, scope) => async () => {
  const client = new simple.AuthorizationCode({ client: { id: hub.id, secret: hub.secret },
    auth: { tokenHost: hub.issuer, ...auth } });
  const back = new URL(await new pages.Person().consent(
    client.authorizeURL({ redirect_uri: hub.redirect, scope, state: 'x' })));
  hub.check(`${name}: the state comes back`, back.searchParams.get('state') === 'x', back.href);
  const token = await client.getToken({ code: back.searchParams.get('code'), redirect_uri: hub.redirect });
  hub.check(`${name}: a token`, token.token.access_token !== undefined, token.token);
  hub.check(`${name}: refresh`, (await token.refresh()).token.refresh_token !== token.token.refresh_token);
};

const passport = async () => {
  const session = {};
  let signedIn;
  const strategy = new OAuth2Strategy({ authorizationURL: `${hub.issuer}/oauth/authorize`,
    tokenURL: `${hub.issuer}/oauth/access_token`, clientID: hub.publicId, clientSecret: '', callbackURL: hub.redirect,
    scope: ['zaikio.person.r'], scopeSeparator: ' ', pkce: true, state: true },
  (access, refresh, answer, profile, done) => done(null, { access, refresh, answer }));
  const authenticate = (url) => new Promise((resolve, reject) => {
    const request = { session, url: url.pathname + url.search, query: Object.fromEntries(url.searchParams),
      headers: {}, connection: {} };
    Object.assign(strategy, { redirect: resolve, error: reject,
      fail: (reason) => reject(new Error(JSON.stringify(reason))), success: (user) => resolve(signedIn = user) });
    strategy.authenticate(request, {});
  });
  const link = await authenticate(new URL(hub.redirect));
  await authenticate(new URL(await new pages.Person().consent(link)));
  hub.check('passport-oauth2 signs a public client in with PKCE', signedIn && signedIn.refresh, signedIn);
  hub.check('and reads the bearer', signedIn && signedIn.answer.bearer.id === hub.person, signedIn);
};

await hub.run(
  ['openid-client, confidential', openidClient('openid-client', {})],
  ['openid-client, public', openidClient('openid-client, public', { client_id: hub.publicId, client_secret: undefined,
    token_endpoint_auth_method: 'none' })],
  ['oauth4webapi', strict],
  ['simple-oauth2, its own paths', simpleOauth2('simple-oauth2', {}, 'zaikio.person.r')],
  ['simple-oauth2, the paths of the hub', simpleOauth2('simple-oauth2 on the hub', { tokenPath: '/oauth/access_token' },
    `Org/${hub.customer}.zaikio.organization.r`)],
  ['passport-oauth2', passport],
);
