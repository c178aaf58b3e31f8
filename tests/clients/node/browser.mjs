// What the browser demos send: JSON bodies, no grant_type, an Origin, and a preflight before it.
import http from 'node:http';
import { createHash, randomBytes } from 'node:crypto';
import hubModule from './hub.cjs';

const hub = hubModule;
const origin = 'http://spa.test:3000';

const send = (method, path, headers = {}, body = '') =>
  new Promise((resolve, reject) => {
    const request = http.request(hub.issuer + path, { method, headers: { origin, ...headers } }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers,
        text: Buffer.concat(parts).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
const sendJson = async (path, body) => {
  const answer = await send('POST', path, { 'content-type': 'application/json' }, JSON.stringify(body));
  return { ...answer, json: JSON.parse(answer.text) };
};
const list = (text) => String(text).toLowerCase().split(/\s*,\s*/);

const preflight = async () => {
  const paths = ['/oauth/access_token.json', '/oauth/access_token', '/oauth/delegate', '/api/v1/organization.json'];
  for (const path of paths) {
    const answer = await send('OPTIONS', path, {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    });
    hub.check(`preflight of ${path}`, answer.status >= 200 && answer.status < 300, answer);
    hub.check(`${path} allows the origin`,
      ['*', origin].includes(answer.headers['access-control-allow-origin']), answer.headers);
    hub.check(`${path} allows POST`, list(answer.headers['access-control-allow-methods']).includes('post'), answer);
    const headers = list(answer.headers['access-control-allow-headers']);
    hub.check(`${path} allows the headers`, headers.includes('authorization') && headers.includes('content-type'),
      answer.headers);
    hub.check(`${path} shares no cookies`, answer.headers['access-control-allow-credentials'] === undefined);
  }
};

const onePageApp = async () => {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const code = hub.code('hub', { challenge, credential: hub.publicId });
  const missing = await sendJson('/oauth/access_token.json', { client_id: hub.publicId, code });
  hub.check('without a verifier there is no token', missing.status === 400, missing.json);
  const answer = await sendJson('/oauth/access_token.json', { client_id: hub.publicId, code_verifier: verifier, code });
  hub.check('id, verifier and code are enough', answer.status === 200 && !!answer.json.access_token, answer.json);
  hub.check('the answer may be read by the page',
    ['*', origin].includes(answer.headers['access-control-allow-origin']), answer.headers);
  hub.check('it is JSON', answer.headers['content-type'] === 'application/json; charset=utf-8', answer.headers);
  hub.check('it is not on behalf', !('bearer_on_behalf_of' in answer.json), answer.json);
  const refreshed = await sendJson('/oauth/access_token.json',
    { grant_type: 'refresh_token', refresh_token: answer.json.refresh_token });
  hub.check('a public client refreshes with the token alone', refreshed.status === 200, refreshed.json);
  const used = await sendJson('/oauth/access_token.json',
    { grant_type: 'refresh_token', refresh_token: answer.json.refresh_token });
  hub.check('a used one is refused', used.status === 400 && used.json.error === 'invalid_grant', used.json);
  const family = await sendJson('/oauth/access_token.json',
    { grant_type: 'refresh_token', refresh_token: refreshed.json.refresh_token });
  hub.check('and ends the family of a public client', family.status === 400, family.json);
};

// The Passport plug-in: every field always sent, the secret empty for public clients, scopes joined by spaces.
const passport = async () => {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const code = hub.code('hub', { challenge, credential: hub.publicId });
  const body = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: hub.redirect,
    client_id: hub.publicId, client_secret: '', code_verifier: verifier }).toString();
  const answer = await send('POST', '/oauth/access_token',
    { 'content-type': 'application/x-www-form-urlencoded' }, body);
  hub.check('an empty secret counts as none', answer.status === 200, answer);
  hub.check('JSON is the default', /^application\/json\b/.test(answer.headers['content-type']), answer.headers);
};

const formats = async () => {
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: hub.scope }).toString();
  const ask = (path, accept) => send('POST', path, { authorization: hub.basic, accept,
    'content-type': 'application/x-www-form-urlencoded' }, body);
  const xml = await ask('/oauth/access_token', 'text/xml');
  hub.check('XML on request', /^text\/xml\b/.test(xml.headers['content-type']) && xml.text.includes('<OAuth>') &&
    xml.text.includes('<access_token>'), xml);
  const plain = await ask('/oauth/access_token', 'text/plain');
  hub.check('text on request', /^access_token=[\w.-]+&token_type=bearer$/.test(plain.text), plain.text);
  const json = await ask('/oauth/access_token.json', 'text/xml');
  hub.check('.json wins', /^application\/json\b/.test(json.headers['content-type']), json.headers);
};

const errors = async () => {
  const wrong = await sendJson('/oauth/access_token.json',
    { grant_type: 'client_credentials', client_id: hub.id, client_secret: 'wrong', scope: hub.scope });
  hub.check('an error may be read by the page', wrong.status === 401 &&
    ['*', origin].includes(wrong.headers['access-control-allow-origin']), wrong);
  const nothing = await sendJson('/oauth/access_token.json', { client_id: hub.id, client_secret: hub.secret });
  hub.check('a code is missing', nothing.status === 400 && nothing.json.error === 'invalid_request', nothing.json);
  const text = await send('POST', '/oauth/access_token.json', { 'content-type': 'application/json' }, '{"a":');
  hub.check('half a body is refused', text.status === 400, text);
};

await hub.run(['preflight', preflight], ['one-page app', onePageApp], ['passport', passport], ['formats', formats],
  ['errors', errors]);
