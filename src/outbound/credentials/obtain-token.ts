import type { Clock } from '../../platform/clock.ts';
import { Secret } from '../../platform/secret.ts';
import { takeTurns } from '../../platform/vault/take-turns.ts';
import { VaultUnavailable, type Vault, type VaultKey } from '../../platform/vault/vault.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { TokenMetrics } from './token-metrics.ts';
import type { IssuedToken, TokenIssuer, TokenRequest } from './token-issuer.ts';

/** What tokens of client credentials are made from. */
export interface ObtainParts {
  /** Name of the provider. */
  readonly provider: string;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly issuer: () => TokenIssuer;
  readonly request: TokenRequest;
  /** Hears what became of it. Default: nobody does. */
  readonly tokenMetrics?: Pick<TokenMetrics, 'note'> | undefined;
}

/** A token with its times, on the clock's monotonic scale. */
export interface HeldToken {
  readonly value: Secret;
  readonly renewAt: number;
  readonly endsAt: number;
}

/** What is left of a token's life when the next one is due. */
const RENEWAL_SHARE = 0.2;

/** Not to be presented so close to its end, nor in the last tenth of a short life: it still has to travel. */
const MARGIN_MS = 1_000;

/** Longest that one instance asks for a token while the others wait. */
const LEASE_MS = 10_000;

/**
 * A token that lives and is not the one `refused`: one that another instance got, or else a new one, for which only one
 * instance at a time asks.
 * @throws UpstreamError
 */
export const obtainToken = async (parts: ObtainParts, refused: Secret | undefined): Promise<HeldToken> => {
  const key = toKey(parts);
  try {
    const shared = await findShared(parts, key, refused);
    if (shared) return shared;
    return await takeTurns(parts, key, { leaseMs: LEASE_MS, patienceMs: LEASE_MS }, async () => {
      const made = await findShared(parts, key, refused);
      return made ?? issueShared(parts, key);
    });
  } catch (error) {
    // Each instance for itself is better than none at all.
    if (error instanceof VaultUnavailable) return issue(parts);
    throw error;
  }
};

interface SharedToken {
  readonly token: string;
  readonly lifeMs: number;
}

/** Sealed with the client's secret: who can read the store, but is not this client, cannot read the token. */
const toKey = ({ issuer, request }: ObtainParts): VaultKey => {
  const { client, clientSecret } = issuer();
  const secret = JSON.stringify([client, clientSecret.reveal(), request.audience ?? '', request.scope ?? '']);
  return { purpose: 'token', secret };
};

const findShared = async (
  { vault, clock, provider, tokenMetrics }: ObtainParts,
  key: VaultKey,
  refused: Secret | undefined,
): Promise<HeldToken | undefined> => {
  const kept = await vault.get(key);
  if (kept === undefined) return undefined;
  const { token, lifeMs } = JSON.parse(kept.value) as SharedToken;
  const isDue = kept.ttlMs <= RENEWAL_SHARE * lifeMs;
  if (isDue || refused?.equals(token)) return undefined;
  tokenMetrics?.note(provider, 'shared');
  return hold(new Secret(token), { lifeMs, leftMs: kept.ttlMs }, clock);
};

const issueShared = async (parts: ObtainParts, key: VaultKey): Promise<HeldToken> => {
  const issued = await askForToken(parts);
  const { value, lifeMs } = issued;
  const shared: SharedToken = { token: value.reveal(), lifeMs };
  try {
    await parts.vault.put(key, JSON.stringify(shared), lifeMs);
  } catch (error) {
    // It is for this instance alone, then.
    if (!(error instanceof VaultUnavailable)) throw error;
  }
  return hold(value, { lifeMs, leftMs: lifeMs }, parts.clock);
};

const issue = async (parts: ObtainParts): Promise<HeldToken> => {
  const { value, lifeMs } = await askForToken(parts);
  return hold(value, { lifeMs, leftMs: lifeMs }, parts.clock);
};

const askForToken = async (parts: ObtainParts): Promise<IssuedToken> => {
  const { provider, tokenMetrics } = parts;
  try {
    const issued = await askIssuer(parts);
    tokenMetrics?.note(provider, 'issued');
    return issued;
  } catch (error) {
    tokenMetrics?.note(provider, 'failed');
    throw error;
  }
};

const askIssuer = async ({ issuer, request, provider }: ObtainParts): Promise<IssuedToken> => {
  const issued = await issuer().issue(request);
  const missing = toMissingScopes(request.scope, issued.scopes);
  if (missing.length === 0) return issued;
  throw new UpstreamError({
    code: 'upstream_rejected',
    provider,
    operation: 'token',
    reason: `the authorization server granted less than was asked for; missing: ${missing.join(' ')}`,
    sent: false,
    transient: false,
  });
};

/** Servers drop what they do not know or allow, and say so only in what they granted (RFC 6749 §3.3). */
const toMissingScopes = (wanted = '', granted: readonly string[] | undefined): string[] =>
  granted === undefined ? [] : wanted.split(' ').filter((scope) => scope !== '' && !granted.includes(scope));

const hold = (
  value: Secret,
  { lifeMs, leftMs }: { readonly lifeMs: number; readonly leftMs: number },
  clock: Clock,
): HeldToken => {
  const now = clock.now();
  const marginMs = Math.min(MARGIN_MS, lifeMs / 10);
  return { value, renewAt: now + leftMs - RENEWAL_SHARE * lifeMs, endsAt: now + leftMs - marginMs };
};
