import { z } from 'zod';
import { show } from './show.ts';

type Remedy = string | ((written: unknown) => string);

/** What was found, and what to write. */
export const complain = (remedy: Remedy) => ({
  error: ({ input }: { readonly input?: unknown }): string =>
    `${show(input)}: ${typeof remedy === 'string' ? remedy : remedy(input)}`,
});

/** One value that `accepts`; checks between fields go on when it does not. */
export const value = <T>(accepts: (written: unknown) => boolean, remedy: Remedy) =>
  z.custom<T>(accepts, { ...complain(remedy), abort: false });

export const text = (pattern: RegExp, remedy: Remedy) =>
  value<string>((written) => typeof written === 'string' && pattern.test(written), remedy);

export const whole = (min: number, max: number) =>
  value<number>(
    (written) => Number.isInteger(written) && (written as number) >= min && (written as number) <= max,
    `give a whole number from ${min} to ${max}`,
  );

export const share = () =>
  value<number>(
    (written) => typeof written === 'number' && written >= 0 && written <= 1,
    'give a number from 0 to 1, such as 0.5',
  );

export const yesNo = () => value<boolean>((written) => typeof written === 'boolean', 'give true or false');

export const oneOf = <const W extends string>(...words: readonly W[]) =>
  value<W>((written) => words.includes(written as W), `give one of ${words.join(', ')}`);

/** Up to `max` of something. */
export const list = <S extends z.ZodType>(item: S, max: number, what: string) =>
  z.array(item, complain(`give a list of ${what}`)).max(max, `give at most ${max} ${what}`);

const HOUR_MS = 3_600_000;
const MONTH_MS = 30 * 24 * HOUR_MS;

export const withinAnHour = (min = 1) => whole(min, HOUR_MS);
export const withinAMonth = () => whole(0, MONTH_MS);
