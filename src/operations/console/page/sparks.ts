import { element } from './element.ts';
import { toMs, toPercent, toRate } from './numbers.ts';
import { callsPerSecond, errorRatios, latencies } from './series.ts';
import type { ProviderCard } from './snapshot.ts';
import { makeSpark } from './spark.ts';

/** Rate, share of errors and latency of one service. */
export const makeSparks = (): { readonly root: HTMLElement; readonly update: (card: ProviderCard) => void } => {
  const calls = makeSpark({ name: 'Calls', format: toRate, top: 1 });
  const errors = makeSpark({ name: 'Errors', format: toPercent, top: 1 });
  const latency = makeSpark({ name: 'p95', format: toMs, top: 20 });
  return {
    root: element('div', { class: 'sparks' }, calls.root, errors.root, latency.root),
    update: ({ history, callsPerSecond: rate, errorRatio, p95Ms }) => {
      calls.update(callsPerSecond(history), toRate(rate));
      errors.update(errorRatios(history), toPercent(errorRatio));
      latency.update(latencies(history), toMs(p95Ms));
    },
  };
};
