import type { CallOwner } from '../../outbound/index.ts';
import type { Caller } from '../../platform/context/caller.ts';

/** What of a caller may outlive the request: the token is not among it. */
export const toOwner = ({ issuer, subject, clientId }: Caller): CallOwner => ({
  issuer,
  subject,
  ...(clientId === undefined ? {} : { clientId }),
});
