// oidc-provider with everything in memory: JWT access tokens by RS256 or ES256, opaque ones for introspection, and
// refresh tokens made before the run. Prints one line of JSON when it answers.
//   node provider.mjs PORT CLIENT_ID CLIENT_SECRET REFRESH_TOKENS
import { generateKeyPairSync, webcrypto } from 'node:crypto';

// What it uses of newer Nodes, for Debian's.
globalThis.crypto ??= webcrypto;
URL.parse ??= (text, base) => (URL.canParse(text, base) ? new URL(text, base) : null);
const { Provider } = await import('oidc-provider');

const [port, clientId, clientSecret, refreshTokens] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const audiences = { 'urn:bench:rs256': 'RS256', 'urn:bench:es256': 'ES256', 'urn:bench:opaque': null };

class Memory {
  static entries = new Map();
  constructor(model) {
    this.model = model;
  }
  key(id) {
    return `${this.model}:${id}`;
  }
  async upsert(id, payload) {
    Memory.entries.set(this.key(id), payload);
  }
  async find(id) {
    return Memory.entries.get(this.key(id));
  }
  async consume(id) {
    Memory.entries.get(this.key(id)).consumed = Math.floor(Date.now() / 1000);
  }
  async destroy(id) {
    Memory.entries.delete(this.key(id));
  }
  async revokeByGrantId() {}
  async findByUid() {}
  async findByUserCode() {}
}

const jwk = (type, options, kid, alg) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig',
});
const provider = new Provider(issuer, {
  adapter: Memory,
  jwks: {
    keys: [jwk('rsa', { modulusLength: 2048 }, 'rsa', 'RS256'), jwk('ec', { namedCurve: 'P-256' }, 'ec', 'ES256')],
  },
  clients: [{
    client_id: clientId,
    client_secret: clientSecret,
    grant_types: ['client_credentials', 'refresh_token', 'authorization_code'],
    redirect_uris: ['https://client.test/callback'],
    response_types: ['code'],
    scope: 'openid offline_access read',
  }],
  scopes: ['openid', 'offline_access', 'read'],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'urn:bench:rs256',
      useGrantedResource: () => true,
      getResourceServerInfo: (context, resource) => ({
        scope: 'read',
        accessTokenTTL: 3600,
        accessTokenFormat: audiences[resource] ? 'jwt' : 'opaque',
        ...(audiences[resource] && { jwt: { sign: { alg: audiences[resource] } } }),
      }),
    },
  },
  rotateRefreshToken: true,
  findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});

const tokens = [];
const client = await provider.Client.find(clientId);
for (let i = 0; i < Number(refreshTokens); i += 1) {
  const grant = new provider.Grant({ accountId: 'jane', clientId });
  grant.addOIDCScope('offline_access');
  grant.addResourceScope('urn:bench:rs256', 'read');
  const grantId = await grant.save();
  const token = new provider.RefreshToken({
    client, accountId: 'jane', grantId, gty: 'authorization_code', iiat: Math.floor(Date.now() / 1000), rotations: 0,
    scope: 'offline_access read', resource: 'urn:bench:rs256',
  });
  tokens.push(await token.save());
}
const server = provider.listen(Number(port), '127.0.0.1', () => console.log(JSON.stringify({ issuer, tokens })));
process.on('SIGTERM', () => {
  server.closeAllConnections();
  server.close(() => process.exit(0));
});
