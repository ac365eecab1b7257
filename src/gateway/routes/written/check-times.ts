import type { WrittenRoute } from './route.schema.ts';
import type { Found } from './strict.ts';

/** Of upstreams that are no providers. */
const CALL_MS = 30_000;

/** Waits that lie within longer ones. */
export const checkTimes = ({ sound, report }: Found<WrittenRoute>): void => {
  const { timeouts, target, aggregate } = sound;
  if (timeouts === undefined) return;
  const { attemptMs = 0, connectMs } = timeouts;
  const ofProvider = target?.provider !== undefined;
  const callMs = timeouts.callMs ?? (target === undefined || ofProvider ? Infinity : CALL_MS);
  if (attemptMs > callMs) {
    report(
      ['timeouts', 'attemptMs'],
      `is ${attemptMs}, longer than callMs, ${callMs}: make it shorter, or callMs longer`,
    );
  }
  if (ofProvider && connectMs !== undefined) {
    report(['timeouts', 'connectMs'], 'leave it out: a provider has its own, set by its environment variables');
  }
  for (const [key, { timeoutMs = 0 }] of Object.entries(aggregate ?? {})) {
    if (timeoutMs <= (timeouts.callMs ?? Infinity)) continue;
    report(['aggregate', key, 'timeoutMs'], `is ${timeoutMs}, longer than timeouts.callMs, ${callMs}: make it shorter`);
  }
};
