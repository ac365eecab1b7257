import { channel } from 'node:diagnostics_channel';
import { LRUCache } from 'lru-cache';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import type { Clients } from './clients.ts';

export interface Storage {
  readonly adapter: AdapterFactory;
  /** What is kept of an opaque access token, expired or not. */
  findAccessToken(token: string): AdapterPayload | undefined;
  dropAccessTokens(): void;
}

type Kept = LRUCache<string, AdapterPayload>;

const ACCESS_TOKENS = ['AccessToken', 'ClientCredentials'];

const AT_MOST = 100_000;

/** Whose id is what is presented. */
const PRESENTED = [...ACCESS_TOKENS, 'RefreshToken', 'AuthorizationCode'];

/** Tells whoever listens of each token and code, for tests that see to it that none gets out. */
const issued = channel('breakwater:test:issued');

/** Everything the server remembers, in memory; it outlives a server with other keys. */
export const createStorage = (clients: Clients): Storage => {
  const models = new Map<string, Kept>();
  const keptOf = (model: string): Kept => {
    const kept: Kept = models.get(model) ?? new LRUCache({ max: AT_MOST });
    models.set(model, kept);
    return kept;
  };
  const accessTokens = (): Kept[] => ACCESS_TOKENS.map(keptOf);
  return {
    adapter: (model) => ({
      ...adapterOf(keptOf(model), PRESENTED.includes(model) ? (id) => issued.publish(id) : () => undefined),
      ...(model === 'Client' ? { find: (id: string) => Promise.resolve(clients.find(id)) } : {}),
    }),
    findAccessToken: (token) =>
      accessTokens()
        .map((kept) => kept.get(token))
        .find(Boolean),
    dropAccessTokens: () => accessTokens().forEach((kept) => kept.clear()),
  };
};

const adapterOf = (kept: Kept, tell: (id: string) => void): Adapter => {
  const having = (field: 'uid' | 'userCode', value: string) =>
    Promise.resolve([...kept.values()].find((payload) => payload[field] === value));
  return {
    // The server looks at the time of expiry itself; this only keeps the memory small.
    upsert: async (id, payload, expiresIn) => {
      tell(id);
      kept.set(id, payload, expiresIn === undefined ? {} : { ttl: expiresIn * 1_000 });
    },
    find: (id) => Promise.resolve(kept.get(id)),
    findByUid: (uid) => having('uid', uid),
    findByUserCode: (userCode) => having('userCode', userCode),
    consume: async (id) => void Object.assign(kept.get(id) ?? {}, { consumed: Math.floor(Date.now() / 1_000) }),
    destroy: async (id) => void kept.delete(id),
    revokeByGrantId: async (grantId) => {
      for (const [id, payload] of kept.entries()) if (payload.grantId === grantId) kept.delete(id);
    },
  };
};
