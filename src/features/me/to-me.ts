import type { Caller } from '../../platform/context/caller.ts';
import type { Me } from './me.dto.ts';

/** Field by field: the token is not among them. */
export const toMe = ({ subject, issuer, clientId, audience, scopes, expiresAt }: Caller): Me => ({
  subject,
  issuer,
  ...(clientId === undefined ? {} : { clientId }),
  audience,
  scopes,
  expiresAt: new Date(expiresAt).toISOString(),
});
