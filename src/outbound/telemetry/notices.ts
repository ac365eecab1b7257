import { parseDeltaSeconds } from '../http/delta-seconds.ts';
import type { HeaderMap } from '../http/header-map.ts';

/** What is left of what an upstream allows us. */
export interface Quota {
  readonly remaining: number;
  readonly limit?: number;
  /** Until there is more again, in ms. */
  readonly resetMs?: number;
}

/** What an upstream says of itself beside its answers. */
export interface Notices {
  /** When it will be gone (RFC 8594), as it was written. */
  readonly sunset?: string;
  /** Since when it had better not be used any more (RFC 9745), as it was written. */
  readonly deprecation?: string;
  readonly quota?: Quota;
}

const MAX_LENGTH = 100;

/** Undefined when there are none, as with most answers. */
export const readNotices = (headers: HeaderMap): Notices | undefined => {
  const sunset = toText(headers['sunset']);
  const deprecation = toText(headers['deprecation']);
  const quota = readQuota(headers);
  if (sunset === undefined && deprecation === undefined && quota === undefined) return undefined;
  return { ...(sunset && { sunset }), ...(deprecation && { deprecation }), ...(quota && { quota }) };
};

/** By the one header of draft-ietf-httpapi-ratelimit-headers-10 or -07, by the three before it, or as most spell them. */
const readQuota = (headers: HeaderMap): Quota | undefined => {
  const member = toText(headers['ratelimit']);
  const quota =
    member === undefined ? undefined : (readMember(member, 'r', 't') ?? readMember(member, 'remaining', 'reset'));
  return quota ?? readNamed(headers, PLAIN) ?? readNamed(headers, PREFIXED);
};

const readMember = (member: string, remaining: string, reset: string): Quota | undefined =>
  toQuota(parameter(member, remaining), parameter(member, 'limit'), parameter(member, reset));

/** Written out: every answer is looked through for them. */
const PLAIN = { remaining: 'ratelimit-remaining', limit: 'ratelimit-limit', reset: 'ratelimit-reset' };
const PREFIXED = { remaining: 'x-ratelimit-remaining', limit: 'x-ratelimit-limit', reset: 'x-ratelimit-reset' };

const readNamed = (headers: HeaderMap, names: typeof PLAIN): Quota | undefined => {
  const remaining = toText(headers[names.remaining]);
  if (remaining === undefined) return undefined;
  return toQuota(remaining, toText(headers[names.limit]), toText(headers[names.reset]));
};

const parameter = (member: string, name: string): string | undefined =>
  new RegExp(`(?:^|[;,])\\s*${name}=(\\d{1,12})`).exec(member)?.[1];

/** A time so long is one of day, in seconds since 1970, and tells nothing without a clock that both share. */
const MAX_RESET_MS = 366 * 86_400_000;

const toQuota = (remaining?: string, limit?: string, reset?: string): Quota | undefined => {
  const [left, most] = [toNumber(remaining), toNumber(limit)];
  if (left === undefined) return undefined;
  const resetMs = reset === undefined ? undefined : parseDeltaSeconds(reset);
  return {
    remaining: left,
    ...(most !== undefined && { limit: most }),
    ...(resetMs !== undefined && resetMs <= MAX_RESET_MS && { resetMs }),
  };
};

/** Older drafts append their policy: `100, 100;w=60`. */
const toNumber = (text = ''): number | undefined => {
  const [, digits] = /^(\d{1,12})\s*(,|$)/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
};

const toText = (value: HeaderMap[string]): string | undefined => {
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text === '' ? undefined : text.slice(0, MAX_LENGTH);
};
