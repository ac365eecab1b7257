import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../platform/secret.ts';

/** How long a login lasts. */
export const LOGIN_LIFETIME_MS = 12 * 3_600_000;

/** When it ends, in ms since 1970, and what proves that we said so. */
const LOGIN = /^(\d{13})\.([\w-]{43})$/;

/** HKDF-SHA-256 (RFC 5869): the proof tells nothing of the token, and who has another token has another key. */
const toKey = (token: Secret): Buffer =>
  Buffer.from(hkdfSync('sha256', token.reveal(), '', 'breakwater operators login 1', 32));

/**
 * Logins of operators, kept nowhere: what the browser brings proves itself, to every instance with the same `OPS_TOKEN`, and
 * to none any more when that has changed. So nothing but its time and a new `OPS_TOKEN` ends one.
 */
export class OperatorLogin {
  readonly #key: Buffer;

  constructor(token: Secret) {
    this.#key = toKey(token);
  }

  /** For a cookie. @param now by the wall clock, in ms */
  issue(now: number): string {
    const expiresAt = String(Math.trunc(now + LOGIN_LIFETIME_MS));
    return `${expiresAt}.${this.prove(expiresAt).toString('base64url')}`;
  }

  /** When it ends, by the wall clock in ms; undefined for one that has ended, or that we have not issued. */
  endOf(login: string, now: number): number | undefined {
    const [, expiresAt, proof] = LOGIN.exec(login) ?? [];
    if (expiresAt === undefined || proof === undefined) return undefined;
    const isOurs = timingSafeEqual(this.prove(expiresAt), Buffer.from(proof, 'base64url'));
    return isOurs && Number(expiresAt) > now ? Number(expiresAt) : undefined;
  }

  private prove(expiresAt: string): Buffer {
    return createHmac('sha256', this.#key).update(expiresAt).digest();
  }
}
