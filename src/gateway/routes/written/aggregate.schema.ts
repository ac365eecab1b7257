import { withinAnHour, yesNo } from './fields.ts';
import { mapOf } from './map-of.ts';
import { template } from './paths.ts';
import { strict } from './strict.ts';
import type { Target } from './target.schema.ts';

const MAX_PARTS = 16;
const KEY = /^[A-Za-z_][\w-]{0,63}$/;

/** Where an answer names the parts that it lacks. */
const TAKEN = 'missing';

const checkKeys = (keys: readonly string[], report: (path: readonly string[], what: string) => void): void => {
  if (keys.length === 0 || keys.length > MAX_PARTS) report([], `give 1 to ${MAX_PARTS} parts`);
  for (const key of keys) {
    if (key === TAKEN) report([key], 'give it another key: this one names the parts that are not there');
    else if (!KEY.test(key)) report([key], 'give it a key of letters, digits, _ and -, beginning with a letter or _');
  }
};

/** Parts by their keys. */
export const aggregate = (target: Target) =>
  mapOf(
    strict({
      target,
      path: template,
      required: yesNo().default(true),
      timeoutMs: withinAnHour().exactOptional(),
    }),
    'keys to parts',
    checkKeys,
  );
