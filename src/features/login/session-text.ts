import { z } from 'zod';
import { Secret } from '../../platform/secret.ts';
import type { Session } from './session.ts';

const secret = z.string().transform((text) => new Secret(text));

const stored = z.object({
  issuer: z.string(),
  subject: z.string(),
  name: z.string().exactOptional(),
  audience: z.array(z.string()),
  scopes: z.array(z.string()),
  accessToken: secret,
  refreshToken: secret.exactOptional(),
  begunAt: z.number(),
  tokenIssuedAt: z.number(),
  tokenEndsAt: z.number(),
});

/** For the vault alone, which seals it: here secrets are written out. */
export const toText = (session: Session): string =>
  JSON.stringify({
    ...session,
    accessToken: session.accessToken.reveal(),
    refreshToken: session.refreshToken?.reveal(),
  });

/** Undefined for what another version of this application wrote and this one cannot read: its user logs in again. */
export const fromText = (text: string): Session | undefined => {
  try {
    return stored.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
