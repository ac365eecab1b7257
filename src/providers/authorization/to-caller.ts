import type { Caller } from '../../platform/context/caller.ts';
import { Secret } from '../../platform/secret.ts';
import { toList } from './judge-jwt.ts';

type Claims = Readonly<Record<string, unknown>>;

const MAX_SCOPES = 500;

/** Who a token stands for; undefined when it does not say. `expiresAt` in ms by the wall clock. */
export const toCaller = (
  token: string,
  claims: Claims,
  { issuer, expiresAt }: { readonly issuer: string; readonly expiresAt: number },
): Caller | undefined => {
  const clientId = toText(claims['client_id']) ?? toText(claims['azp']);
  // Introspection need not name a subject (RFC 7662 §2.2): a client that acts for itself has no other.
  const subject = toText(claims['sub']) ?? clientId;
  return subject === undefined
    ? undefined
    : {
        issuer,
        subject,
        ...(clientId === undefined ? {} : { clientId }),
        audience: toList(claims['aud']).filter((audience) => typeof audience === 'string'),
        scopes: toScopes(claims['scope'] ?? claims['scp']),
        expiresAt,
        token: new Secret(token),
      };
};

/** A list in one text (RFC 9068 §2.2.3), or an array, as some servers have it in `scp`. */
export const toScopes = (scope: unknown): readonly string[] => {
  const scopes = typeof scope === 'string' ? scope.split(' ') : Array.isArray(scope) ? scope : [];
  return scopes.filter((name): name is string => typeof name === 'string' && name !== '').slice(0, MAX_SCOPES);
};

const toText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
