import { createHash } from 'node:crypto';
import type { VaultKey } from './vault.ts';

/** Changes with the format of what is stored: instances of different versions do not read each other's. */
const FORMAT = 'breakwater vault name 1';

/**
 * What a value is stored under, for everybody to see: tells its purpose, and nothing of its secret nor of what it is
 * sealed with. As JSON, no two keys are made of the same text.
 */
export const toName = ({ purpose, secret }: VaultKey): string => {
  const digest = createHash('sha256').update(JSON.stringify([FORMAT, purpose, secret]));
  return `breakwater:${purpose}:${digest.digest('base64url')}`;
};

/** A lease is stored beside the value of the same key. */
export const toLeaseName = (key: VaultKey): string => `${toName(key)}:lease`;
