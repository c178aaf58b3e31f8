'use strict';
const { AuthorizationCode, ClientCredentials } = require('simple-oauth2');
const hub = require('./hub.cjs');

const config = (tokenPath, { secret = hub.secret, method = 'header', separator = ' ', revokePath } = {}) => ({
  client: { id: hub.id, secret },
  auth: { tokenHost: hub.issuer, tokenPath, revokePath: revokePath || '/oauth/revoke' },
  options: { authorizationMethod: method, bodyFormat: 'form', scopeSeparator: separator },
});
const active = async (token) => {
  const response = await fetch(hub.issuer + '/oauth/introspect', {
    method: 'POST',
    headers: { authorization: hub.basic },
    body: new URLSearchParams({ token }),
  });
  return (await response.json()).active;
};

const clientCredentials = (path, separator) => async () => {
  for (const method of ['header', 'body']) {
    const client = new ClientCredentials(config(path, { method, separator }));
    const scope = [hub.scope, `Org/${hub.customer}.zaikio.organization_members.r`];
    const { token, expired } = await client.getToken({ scope });
    hub.check(`${path} answers a bearer token to ${method} secrets`, /^bearer$/i.test(token.token_type), token);
    hub.check(`${path} names the scopes without their bearer`,
      token.scope === ['zaikio.organization.r', 'zaikio.organization_members.r'].join(separator), token.scope);
    hub.check(`${path} gives no refresh token to ${method} secrets`, token.refresh_token === undefined, token);
    hub.check(`${path} says seconds as a number`, token.expires_in === 3600, token.expires_in);
    hub.check(`${path} signs an id for the token`, hub.uuid.test(hub.claims(token.access_token).jti), token);
    hub.check(`${path} tells when it ends`, token.expires_at > new Date() && expired !== true, token.expires_at);
  }
};

const refusals = (path, description) => async () => {
  const attempt = (options, scope) => () => new ClientCredentials(config(path, options)).getToken({ scope });
  for (const method of ['header', 'body']) {
    const error = await hub.refusal(attempt({ method, secret: 'wrong' }, hub.scope));
    hub.check(`${path} refuses a wrong secret by ${method}`, error && error.output.statusCode === 401 &&
      error.data.payload.error === 'invalid_client', error && error.data.payload);
  }
  const unknown = await hub.refusal(attempt({}, `Org/${hub.stranger}.zaikio.organization.r`));
  hub.check(`${path} tells that an organization is not connected`,
    unknown && unknown.data.payload.error === 'invalid_scope' &&
    description.test(unknown.data.payload.error_description), unknown && unknown.data.payload);
};

const demo = async () => {
  const client = new AuthorizationCode(config('/oauth/access_token', { separator: ',' }));
  const code = hub.code('hub');
  const first = await client.getToken({ code, redirect_uri: hub.redirect, scope: 'Per.zaikio.person.r' });
  hub.check('a code brings a refresh token', typeof first.token.refresh_token === 'string', first.token);
  hub.check('the answer names the bearer', first.token.bearer.id === hub.person, first.token.bearer);
  hub.check('the answer names the app', first.token.audiences[0] === hub.app, first.token.audiences);
  hub.check('the answer adds nothing that clients would prefer', !('id_token' in first.token), first.token);
  const again = await hub.refusal(() => client.getToken({ code, redirect_uri: hub.redirect }));
  hub.check('a code works once', again && again.data.payload.error === 'invalid_grant', again);
};

const refresh = (path, dialect) => async () => {
  const client = new AuthorizationCode(config(path));
  const first = await client.getToken({ code: hub.code(dialect), redirect_uri: hub.redirect });
  const second = await first.refresh();
  hub.check(`${path} rotates the refresh token`,
    second.token.refresh_token !== first.token.refresh_token, second.token);
  hub.check(`${path} issues another access token`,
    hub.claims(second.token.access_token).jti !== hub.claims(first.token.access_token).jti, second.token);
  hub.check(`${path} leaves the old access token alive`, await active(first.token.access_token), first.token);
  const used = await hub.refusal(() => first.refresh());
  hub.check(`${path} knows a used refresh token`,
    used && used.output.statusCode === 400 && used.data.payload.error === 'invalid_grant', used);
  const third = await second.refresh();
  hub.check(`${path} goes on with the new one`, typeof third.token.refresh_token === 'string', third.token);
};

const revocation = async () => {
  const client = new AuthorizationCode(config('/oauth/access_token'));
  const session = await client.getToken({ code: hub.code('hub') });
  hub.check('a new token is active', (await active(session.token.access_token)) === true);
  await session.revoke('access_token');
  hub.check('a revoked token is not', (await active(session.token.access_token)) === false);
  const refused = await hub.refusal(() => session.refresh());
  hub.check('its refresh token went with it', refused && refused.data.payload.error === 'invalid_grant', refused);

  const own = new ClientCredentials(config('/oauth/token', { revokePath: '/api/v1/revoked_access_tokens' }));
  const machine = await own.getToken({ scope: hub.scope });
  await machine.revoke('access_token');
  hub.check('the path of the Node demo revokes', (await active(machine.token.access_token)) === false);
};

hub.run(
  ['client credentials, hub', clientCredentials('/oauth/access_token', ',')],
  ['client credentials, standard', clientCredentials('/oauth/token', ' ')],
  ['refusals, hub', refusals('/oauth/access_token', /^bearer_does_not_exist$/)],
  ['refusals, standard', refusals('/oauth/token', /./)],
  ['code as the Node demo redeems it', demo],
  ['refresh, hub', refresh('/oauth/access_token', 'hub')],
  ['refresh, standard', refresh('/oauth/token', 'standard')],
  ['revocation', revocation],
);
