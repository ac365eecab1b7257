import { createHash } from 'node:crypto';

interface Owner {
  readonly issuer: string;
  readonly subject: string;
  readonly clientId?: string | undefined;
}

/** One name for one owner: a digest of issuer, subject and client, so that it fits everywhere and tells nothing. */
export const toOwnerKey = ({ issuer, subject, clientId = '' }: Owner): string =>
  createHash('sha256')
    .update(JSON.stringify([issuer, subject, clientId]))
    .digest('base64url');
