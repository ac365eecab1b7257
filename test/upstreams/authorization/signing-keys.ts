import { generateKeyPair, randomUUID, type JsonWebKey, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyRotation } from './authorization-handles.ts';
import type { SigningKey } from './signed-token.ts';

interface KeyPair extends SigningKey {
  readonly publicKey: KeyObject;
}

export interface SigningKeys {
  readonly current: KeyPair;
  /** Private, the current one first, as the server wants them. */
  readonly published: readonly JsonWebKey[];
  /** All that ever signed, the newest first. */
  readonly all: readonly KeyPair[];
  rotate(rotation: KeyRotation): Promise<void>;
}

const generate = promisify(generateKeyPair);

/** RSA, 2048 bits, made anew for each stand-in. */
export const createSigningKeys = async (): Promise<SigningKeys> => {
  let current = await createKey(randomUUID());
  let published = [current];
  const all = [current];
  return {
    get current() {
      return current;
    },
    get published() {
      return published.map(toJwk);
    },
    all,
    rotate: async ({ keepKid = false, publishOld = false }) => {
      if (keepKid && publishOld) throw new Error('two published keys cannot share a kid: drop keepKid or publishOld');
      const old = current;
      current = await createKey(keepKid ? old.kid : randomUUID());
      published = publishOld ? [current, old] : [current];
      all.unshift(current);
    },
  };
};

const createKey = async (kid: string): Promise<KeyPair> => ({
  kid,
  ...(await generate('rsa', { modulusLength: 2_048 })),
});

const toJwk = ({ kid, privateKey }: KeyPair): JsonWebKey => ({
  ...privateKey.export({ format: 'jwk' }),
  kid,
  alg: 'RS256',
  use: 'sig',
});
