import type { Caller } from '../../platform/context/caller.ts';
import { Secret } from '../../platform/secret.ts';
import { toList } from './judge-jwt.ts';

type Claims = Readonly<Record<string, unknown>>;

const MAX_SCOPES = 500;

/** What RFC 3339 can write, and any `Date` hold: a token may end later than that. */
const LATEST = Date.UTC(9999, 11, 31);

/** Who a token stands for; undefined when its `sub` is no text. `expiresAt` in ms by the wall clock. */
export const toCaller = (
  token: string,
  claims: Claims,
  { issuer, expiresAt }: { readonly issuer: string; readonly expiresAt: number },
): Caller | undefined => {
  const clientId = clientIdIn(claims);
  // A client's name must not stand in for that of a user (RFC 9068 §5).
  const subject = toText(claims['sub']);
  return subject === undefined
    ? undefined
    : {
        issuer,
        subject,
        ...(clientId === undefined ? {} : { clientId }),
        audience: toList(claims['aud']).filter((audience) => typeof audience === 'string'),
        scopes: toScopes(claims['scope'] ?? claims['scp']),
        expiresAt: Math.min(expiresAt, LATEST),
        token: new Secret(token),
      };
};

/** To which client a token was issued, when it says. */
export const clientIdIn = (claims: Claims): string | undefined => toText(claims['client_id']) ?? toText(claims['azp']);

/** A list in one text (RFC 9068 §2.2.3), or an array, as some servers have it in `scp`. */
export const toScopes = (scope: unknown): readonly string[] => {
  const scopes = typeof scope === 'string' ? scope.split(' ') : Array.isArray(scope) ? scope : [];
  return scopes.filter((name): name is string => typeof name === 'string' && name !== '').slice(0, MAX_SCOPES);
};

const toText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
