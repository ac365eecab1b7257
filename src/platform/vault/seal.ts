import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { VaultKey } from './vault.ts';

/** The first byte of all that is sealed; changes with the format. */
const VERSION = 1;
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;

/** HKDF-SHA-256 (RFC 5869). What names are made of has another beginning: they tell nothing of this key. */
const toSealKey = ({ purpose, secret }: VaultKey): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', JSON.stringify(['breakwater vault seal', VERSION, purpose]), KEY_BYTES));

/** Version, nonce, ciphertext, tag. Only `unseal` with the same key gets the text back. */
export const seal = (key: VaultKey, text: string): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, toSealKey(key), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(key.purpose));
  const sealed = [cipher.update(text, 'utf8'), cipher.final()];
  return Buffer.concat([Buffer.of(VERSION), nonce, ...sealed, cipher.getAuthTag()]);
};

/** The text; undefined when this is not what was sealed with that key, to the last bit. */
export const unseal = (key: VaultKey, sealed: Buffer): string | undefined => {
  if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== VERSION) return undefined;
  const nonce = sealed.subarray(1, HEAD_BYTES);
  const decipher = createDecipheriv(CIPHER, toSealKey(key), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(key.purpose));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const text = decipher.update(sealed.subarray(HEAD_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]).toString();
  } catch {
    return undefined;
  }
};
