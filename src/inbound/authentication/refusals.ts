import { Refusal } from '../problems/refusal.ts';

/** What may stand between the quotes (RFC 6750 §3). */
const DESCRIPTION = /^[ !#-[\]-~]{1,200}$/;

/** Nothing was presented, or nothing that is known here: then there is no error code (RFC 6750 §3.1). */
export const unauthenticated = (detail = 'This needs an access token: Authorization: Bearer …'): Refusal =>
  new Refusal({ status: 401, detail, challenge: 'Bearer' });

/** @param reason a few words of our own, never of the token, such as `expired` */
export const invalidToken = (reason: string): Refusal => {
  const detail = `The access token is not accepted: ${DESCRIPTION.test(reason) ? reason : 'unusable'}`;
  return new Refusal({ status: 401, detail, challenge: toChallenge('invalid_token', { error_description: detail }) });
};

/** @param needed all scopes of the route, whatever the token has (RFC 6750 §3.1) */
export const insufficientScope = (needed: readonly string[]): Refusal => {
  const scope = needed.join(' ');
  const detail = `This needs a token with the scope ${scope}`;
  return new Refusal({ status: 403, detail, challenge: toChallenge('insufficient_scope', { scope }) });
};

const toChallenge = (error: string, more: Readonly<Record<string, string>>): string =>
  `Bearer ${Object.entries({ error, ...more })
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}`;
