import { createHmac, randomBytes } from 'node:crypto';

/** Standard Webhooks 1.0.0, "Signature scheme": what a symmetric secret begins with. */
const PREFIX = 'whsec_';

const SECRET_BYTES = 32;

/** A new secret, as its subscriber is told it. */
export const createWebhookSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

interface Signed {
  /** Without dots. */
  readonly id: string;
  /** Of the attempt, in whole seconds since 1970. */
  readonly timestampS: number;
  /** As it is sent, byte by byte. */
  readonly body: string;
}

/** The value of `webhook-signature` (Standard Webhooks 1.0.0): HMAC-SHA256 with what the secret is in base64 of. */
export const signWebhook = (secret: string, { id, timestampS, body }: Signed): string => {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestampS}.${body}`).digest('base64')}`;
};
