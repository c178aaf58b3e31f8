'use strict';
// What the scripts of this folder share: where the hub is, checks, and codes as if a person had consented.
const { execFileSync } = require('node:child_process');
const { inspect } = require('node:util');

const env = process.env;
const hub = {
  issuer: env.HUB_ISSUER,
  app: env.HUB_APP,
  id: env.HUB_CLIENT_ID,
  secret: env.HUB_CLIENT_SECRET,
  publicId: env.HUB_PUBLIC_CLIENT_ID,
  other: { id: env.HUB_OTHER_CLIENT_ID, secret: env.HUB_OTHER_CLIENT_SECRET },
  customer: env.HUB_CUSTOMER,
  customerSecret: env.HUB_CUSTOMER_SECRET,
  stranger: env.HUB_STRANGER,
  person: env.HUB_PERSON,
  redirect: env.HUB_REDIRECT,
};
hub.scope = `Org/${hub.customer}.zaikio.organization.r`;
hub.basic = 'Basic ' + Buffer.from(`${hub.id}:${hub.secret}`).toString('base64');

// hubctl with JSON out.
hub.command = (...words) => JSON.parse(execFileSync(env.HUBCTL, [...words, '-o', 'json'], { encoding: 'utf8' }));

// An authorization code of the person for the app. dialect: 'hub' or 'standard'.
hub.code = (dialect, { challenge, credential } = {}) => {
  const words = ['code', 'create', '--app', hub.app, '--dialect', dialect, '--for', 'person:jane@customer.test',
    '--scope', 'zaikio.person.r'];
  if (credential) words.push('--credential', credential);
  if (challenge) words.push('--code-challenge', challenge, '--code-challenge-method', 'S256');
  return hub.command(...words).object.code;
};

let failed = 0;
hub.check = (name, ok, got) => {
  if (!ok) failed += 1;
  console.log(ok ? `ok ${name}` : `not ok ${name}: ${inspect(got, { breakLength: Infinity, depth: 4 })}`);
};
// What a promise is rejected with; null when it is not.
hub.refusal = async (attempt) => {
  try {
    await attempt();
    return null;
  } catch (error) {
    return error;
  }
};
// A group of checks that others do not depend on: what it throws is one failure.
hub.part = async (name, checks) => {
  try {
    await checks();
  } catch (error) {
    failed += 1;
    console.log(`not ok ${name}: ${error.stack}`);
  }
};
hub.run = async (...parts) => {
  for (const [name, checks] of parts) await hub.part(name, checks);
  process.exitCode = failed ? 1 : 0;
};
hub.claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
hub.header = (token) => JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString());
hub.uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

module.exports = hub;
