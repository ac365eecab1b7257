/** Why a request went on to the upstream (RFC 9211 §2.2). */
export type Forwarding = 'bypass' | 'method' | 'miss' | 'uri-miss' | 'vary-miss' | 'request' | 'stale' | 'partial';

/** What the cache did for one call. */
export interface CacheOutcome {
  /** Absent: it was answered from the store. */
  readonly fwd?: Forwarding;
  /** Status of the upstream's answer, where it was asked and is not passed on as it is. */
  readonly fwdStatus?: number;
  /** How long what was given stays fresh, in ms; negative when it is stale. */
  readonly ttlMs?: number;
  readonly stored?: boolean;
  readonly collapsed?: boolean;
  readonly detail?: 'stale-while-revalidate' | 'stale-if-error' | 'hit-for-miss' | 'invalidated';
}

/** A member of Cache-Status (RFC 9211); the cache goes by the name of its provider. */
export const toCacheStatus = (provider: string, outcome: CacheOutcome): string => {
  const { fwd, fwdStatus, ttlMs, stored, collapsed, detail } = outcome;
  let member = fwd === undefined ? `${provider}; hit` : `${provider}; fwd=${fwd}`;
  if (fwdStatus !== undefined) member += `; fwd-status=${fwdStatus}`;
  if (ttlMs !== undefined) member += `; ttl=${Math.floor(ttlMs / 1_000)}`;
  if (stored) member += '; stored';
  if (collapsed) member += '; collapsed';
  return detail === undefined ? member : `${member}; detail=${detail}`;
};
