import type { Fact } from './facts.ts';
import { NONE, toCount, toMs, toPercent, toShort, toWords } from './numbers.ts';
import type { ProviderCard } from './snapshot.ts';

const OF_LATELY = 'In the last 60 s';

/** What an operator asks of a service next, after whether it is well. */
export const factsOf = (card: ProviderCard): Fact[] => [
  { name: 'Circuit', value: toWords(card.circuit), isTrouble: card.circuit !== 'closed' },
  { name: 'In flight', value: toCount(card.attemptsInFlight), title: 'Attempts under way' },
  {
    name: 'Waiting',
    value: toCount(card.attemptsWaiting),
    title: 'Attempts that wait for a permit',
    isTrouble: card.attemptsWaiting > 0,
  },
  { name: 'Cache hits', value: toPercent(card.cacheHitRatio), title: `${OF_LATELY}, of calls that could be stored` },
  { name: 'Retries', value: toCount(card.retries), title: `${OF_LATELY}, attempts made again` },
  {
    name: 'Refused',
    value: toCount(card.refusedCalls),
    title: `${OF_LATELY}, calls that were not let through`,
    isTrouble: card.refusedCalls > 0,
  },
  { name: 'Stale', value: toCount(card.staleAnswers), title: `${OF_LATELY}, old answers that stood in` },
  {
    name: 'Retry budget',
    value: toShort(card.retryBudgetTokens),
    title: 'How many attempts may be made again now',
    isTrouble: card.retryBudgetTokens < 1,
  },
  { name: 'Median', value: toMs(card.p50Ms), title: 'Half of the attempts took no longer' },
  {
    name: 'Quota left',
    value: toQuota(card.quota),
    title: 'As the service said last',
    isTrouble: card.quota?.remaining === 0,
  },
];

const toQuota = (quota: ProviderCard['quota']): string => {
  if (quota === null) return NONE;
  const left = toCount(quota.remaining);
  return quota.limit === undefined ? left : `${left} of ${toCount(quota.limit)}`;
};

/** A date as RFC 9745 has it, `@1751328000`, in words; anything else as it was written. */
const toSince = (deprecation: string): string => {
  const [, seconds] = /^@(\d{1,11})$/.exec(deprecation.trim()) ?? [];
  return seconds === undefined ? deprecation : `since ${new Date(Number(seconds) * 1000).toUTCString()}`;
};

/** What the service said about its future, and what changed in its answers. */
export const noticesOf = ({ sunset, deprecation, drift }: ProviderCard): string[] => [
  ...(deprecation === null ? [] : [`It says that it is deprecated: ${toSince(deprecation)}`]),
  ...(sunset === null ? [] : [`It says that it will be gone: ${sunset}`]),
  ...(drift === 0 ? [] : [`Its answers are not as expected in ${toCount(drift)} ${drift === 1 ? 'place' : 'places'}`]),
];
