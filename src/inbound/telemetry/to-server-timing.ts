import { toCacheResult, type CallReceipt } from '../../outbound/index.ts';

/** An answer may be made of a hundred calls, its headers may not. */
const MAX_ENTRIES = 20;
const MAX_DESCRIPTION = 120;

/** What a name may not be made of (RFC 9110 §5.6.2). */
const NO_TOKEN = /[^\w!#$%&'*+.^`|~-]/g;

/** What may stand between quotes only behind a backslash, and what not at all (RFC 9110 §5.6.4). */
const QUOTES = /["\\]/g;
const UNPRINTABLE = /[^\x20-\x7e]/g;

/** Server-Timing of W3C: one entry for each call, `total` last; at most 20 of them. */
export const toServerTiming = (calls: readonly CallReceipt[], totalMs: number): string => {
  const entries = calls
    .slice(0, MAX_ENTRIES - 1)
    .map((receipt) => toEntry(receipt.provider, receipt.durationMs, describe(receipt)));
  return [...entries, `total;dur=${round(totalMs)}`].join(', ');
};

/** The same for an answer that was repeated without any call. */
export const toRepeatedTiming = (sources: readonly { readonly cache: string }[], totalMs: number): string => {
  const entries = sources.slice(0, MAX_ENTRIES - 1).map(({ cache }) => toEntry(cache, 0, 'hit'));
  return [...entries, `total;dur=${round(totalMs)}`].join(', ');
};

const toEntry = (name: string, durationMs: number, description: string): string =>
  `${name.replace(NO_TOKEN, '_')};dur=${round(durationMs)};desc="${quote(description)}"`;

/** Such as `getPokemon miss, 2 attempts`. */
const describe = ({ operation, cache, attempts, outcome }: CallReceipt): string => {
  const parts = [cache ? `${operation} ${toCacheResult(cache).replaceAll('_', '-')}` : operation];
  if (attempts.length > 1) parts.push(`${attempts.length} attempts`);
  if (outcome !== 'answered') parts.push(outcome);
  return parts.join(', ');
};

const quote = (text: string): string =>
  text
    .slice(0, MAX_DESCRIPTION)
    .replace(UNPRINTABLE, '?')
    .replace(QUOTES, String.raw`\$&`);

const round = (ms: number): number => Math.round(ms * 10) / 10;
