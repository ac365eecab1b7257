import { createHash, randomBytes } from 'node:crypto';
import { Secret } from '../../platform/secret.ts';
import { seal, unseal } from '../../platform/vault/seal.ts';
import type { VaultKey } from '../../platform/vault/vault.ts';
import { InvalidRequest } from '../problems/invalid-request.ts';

/** Longest cursor, in characters: it has to fit into a URL. */
export const MAX_CURSOR_LENGTH = 4_096;

const SECRET_BYTES = 32;

/**
 * Positions in lists, sealed (AES-256-GCM): callers can neither read nor make them, and what was given out by one list is
 * worth nothing to another. Provided by `InboundModule`.
 */
export class Cursors {
  /** Default: a secret of this process, so that cursors end with it. */
  constructor(private readonly secret: Secret = new Secret(randomBytes(SECRET_BYTES).toString('base64url'))) {}

  /**
   * @param list name of the list and whatever it is filtered by
   * @param position anything that JSON can say
   * @throws Error when that does not fit into a cursor
   */
  seal(list: string, position: unknown): string {
    const cursor = seal(this.keyOf(list), JSON.stringify(position)).toString('base64url');
    if (cursor.length <= MAX_CURSOR_LENGTH) return cursor;
    throw new Error(
      `A position in ${list} makes a cursor of more than ${MAX_CURSOR_LENGTH} characters: make it smaller`,
    );
  }

  /**
   * What was sealed for that very list.
   * @throws InvalidRequest on field `cursor` for anything else
   */
  open(list: string, cursor: string): unknown {
    const text = cursor.length > MAX_CURSOR_LENGTH ? undefined : unseal(this.keyOf(list), toBytes(cursor));
    if (text !== undefined) return JSON.parse(text);
    throw new InvalidRequest([{ field: 'cursor', detail: 'must be the `next` of a page of this very list' }]);
  }

  /** A digest, as the key derivation takes 1,024 bytes and filters may be longer. */
  private keyOf(list: string): VaultKey {
    const digest = createHash('sha256').update(list).digest('base64url');
    return { purpose: `cursor:${digest}`, secret: this.secret.reveal() };
  }
}

/** Nothing unless it is written as we write it: decoding alone would read many texts as the same bytes. */
const toBytes = (cursor: string): Buffer => {
  const bytes = Buffer.from(cursor, 'base64url');
  return bytes.toString('base64url') === cursor ? bytes : Buffer.alloc(0);
};
