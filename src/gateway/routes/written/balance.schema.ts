import { either } from './either.ts';
import { oneOf, share, text, whole, withinAnHour } from './fields.ts';
import { TOKEN } from './header-names.ts';
import { pathAndQuery } from './paths.ts';
import { strict } from './strict.ts';

const method = oneOf('p2c', 'round-robin', 'weighted', 'hash');

const hashBy = either(
  oneOf('path'),
  strict({ header: text(TOKEN, 'give a header name, such as x-tenant') }).transform(({ header }) => ({
    header: header.toLowerCase(),
  })),
);

const balanceMap = strict(
  { method: method.default('p2c'), hashBy: hashBy.exactOptional(), slowStartMs: withinAnHour(0).default(10_000) },
  ({ sound, isWritten, report }) => {
    if (isWritten('hashBy') && sound.method !== undefined && sound.method !== 'hash') {
      report(['hashBy'], 'contradicts the method: write method: hash, or leave it out');
    }
  },
);

/** A method, or how it works. */
export const balance = either(
  method.transform((chosen) => balanceMap.parse({ method: chosen })),
  balanceMap,
);

export const ejection = strict(
  {
    failures: whole(1, 1_000).default(5),
    forMs: withinAnHour().default(30_000),
    maxMs: withinAnHour().default(300_000),
    maxShare: share().default(0.5),
  },
  ({ sound: { forMs = 0, maxMs = Infinity }, report }) => {
    if (forMs > maxMs) report(['forMs'], `is ${forMs}, longer than maxMs, ${maxMs}: make it shorter, or maxMs longer`);
  },
);

export const probe = strict(
  {
    path: pathAndQuery,
    intervalMs: withinAnHour(100).default(15_000),
    timeoutMs: withinAnHour().default(2_000),
    failures: whole(1, 100).default(2),
  },
  ({ sound: { intervalMs = Infinity, timeoutMs = 0 }, report }) => {
    if (timeoutMs <= intervalMs) return;
    report(['timeoutMs'], `is ${timeoutMs}, longer than intervalMs, ${intervalMs}: a probe has to end before the next`);
  },
);
