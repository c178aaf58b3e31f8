'use strict';
const { Issuer, generators } = require('openid-client');
const hub = require('./hub.cjs');

let issuer;
const client = (metadata = {}) =>
  new issuer.Client({
    client_id: hub.id,
    client_secret: hub.secret,
    redirect_uris: [hub.redirect],
    token_endpoint_auth_method: 'client_secret_basic',
    ...metadata,
  });

const discovery = async () => {
  issuer = await Issuer.discover(hub.issuer);
  const found = issuer.metadata;
  hub.check('the document names its issuer to the letter', found.issuer === hub.issuer, found.issuer);
  hub.check('the standard token endpoint is listed', found.token_endpoint === hub.issuer + '/oauth/token', found);
  for (const name of ['jwks_uri', 'introspection_endpoint', 'revocation_endpoint']) {
    hub.check(`${name} is on the issuer`, String(found[name]).startsWith(hub.issuer + '/'), found[name]);
  }
  for (const grant of ['client_credentials', 'refresh_token', 'authorization_code']) {
    hub.check(`${grant} is listed`, found.grant_types_supported.includes(grant), found.grant_types_supported);
  }
  for (const method of ['client_secret_basic', 'client_secret_post']) {
    hub.check(`${method} is listed`, found.token_endpoint_auth_methods_supported.includes(method), found);
  }
  const oauth = await (await fetch(hub.issuer + '/.well-known/oauth-authorization-server')).json();
  const openid = await (await fetch(hub.issuer + '/.well-known/openid-configuration')).json();
  hub.check('both discovery paths answer one document', JSON.stringify(oauth) === JSON.stringify(openid), oauth);
};

const clientCredentials = async () => {
  for (const method of ['client_secret_basic', 'client_secret_post']) {
    const set = await client({ token_endpoint_auth_method: method }).grant({
      grant_type: 'client_credentials',
      scope: hub.scope,
    });
    hub.check(`${method}: a token`, /^bearer$/i.test(set.token_type) && set.scope === 'zaikio.organization.r', set);
    hub.check(`${method}: it has not expired`, set.expired() === false && set.expires_in > 3500, set);
    hub.check(`${method}: no refresh token`, set.refresh_token === undefined, set);
    const told = await client({ introspection_endpoint_auth_method: method }).introspect(set.access_token);
    hub.check(`${method}: introspection knows it`, told.active === true && told.client_id === hub.id, told);
    hub.check(`${method}: introspection names the scope`, told.scope === 'zaikio.organization.r', told);
    hub.check(`${method}: introspection names the end`, told.exp === hub.claims(set.access_token).exp, told);
  }
};

const refusals = async () => {
  const wrong = client({ client_secret: 'not it' });
  const grant = { grant_type: 'client_credentials', scope: hub.scope };
  const secret = await hub.refusal(() => wrong.grant(grant));
  hub.check('a wrong secret',
    secret && secret.error === 'invalid_client' && secret.response.statusCode === 401, secret);
  const kind = await hub.refusal(() => client().grant({ grant_type: 'password', username: 'a', password: 'b' }));
  hub.check('an unknown grant', kind && kind.error === 'unsupported_grant_type', kind);
  const malformed = await hub.refusal(() => client().grant({ ...grant, scope: 'Org/1.x' }));
  hub.check('a malformed scope', malformed && malformed.error === 'invalid_scope', malformed);
  const code = await hub.refusal(() => client().grant({ grant_type: 'authorization_code', code: 'unknown',
    redirect_uri: hub.redirect }));
  hub.check('an unknown code', code && code.error === 'invalid_grant', code);
  const asked = await hub.refusal(() => wrong.introspect('anything'));
  hub.check('introspection asks who asks', asked && asked.error === 'invalid_client', asked);
};

const signIn = (name, metadata, credential) => async () => {
  const relying = client(metadata);
  const verifier = generators.codeVerifier();
  const code = hub.code('standard', { challenge: generators.codeChallenge(verifier), credential });
  const returned = { code, state: 'abc==', iss: hub.issuer };
  const wrong = await hub.refusal(() => relying.oauthCallback(hub.redirect, returned,
    { state: 'abc==', code_verifier: generators.codeVerifier() }));
  hub.check(`${name}: another verifier is refused`, wrong && wrong.error === 'invalid_grant', wrong);
  const set = await relying.oauthCallback(hub.redirect, returned, { state: 'abc==', code_verifier: verifier });
  hub.check(`${name}: the refused attempt did not use up the code`, !!set.access_token && !!set.refresh_token, set);
  const next = await relying.refresh(set.refresh_token);
  hub.check(`${name}: refresh rotates`, next.refresh_token && next.refresh_token !== set.refresh_token, next);
  const used = await hub.refusal(() => relying.refresh(set.refresh_token));
  hub.check(`${name}: a used refresh token is refused`, used && used.error === 'invalid_grant', used);
  return [relying, next];
};

const lifecycle = async () => {
  const [relying, set] = await signIn('confidential', {})();
  hub.check('active before', (await relying.introspect(set.access_token)).active === true);
  const foreign = client({ client_id: hub.other.id, client_secret: hub.other.secret });
  hub.check('another app learns nothing', JSON.stringify(await foreign.introspect(set.access_token)) ===
    '{"active":false}');
  await foreign.revoke(set.access_token);
  hub.check('another app revokes nothing', (await relying.introspect(set.access_token)).active === true);
  await relying.revoke(set.refresh_token, 'refresh_token');
  hub.check('inactive after', JSON.stringify(await relying.introspect(set.access_token)) === '{"active":false}');
  await relying.revoke('no token at all');
  const dead = await hub.refusal(() => relying.refresh(set.refresh_token));
  hub.check('a revoked refresh token is refused', dead && dead.error === 'invalid_grant', dead);
};

// For public clients a used refresh token ends the family, so what is left of this one is not looked at.
const publicClient = signIn('public', { client_id: hub.publicId, client_secret: undefined,
  token_endpoint_auth_method: 'none' }, hub.publicId);

hub.run(
  ['discovery', discovery],
  ['client credentials', clientCredentials],
  ['refusals', refusals],
  ['a confidential client from code to revocation', lifecycle],
  ['a public client with PKCE', publicClient],
);
