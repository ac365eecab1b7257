import { z } from 'zod';
import { closestName } from '../closest-name.ts';
import { isMap } from './is-map.ts';
import { show } from './show.ts';

/** What a check between the fields of a map is given. */
export interface Found<T> {
  /** Fields that are fine by themselves; one with a mistake is as if it were not there. */
  readonly sound: Partial<T>;
  /** Whether somebody wrote something there, right or wrong. */
  readonly isWritten: (key: keyof T & string) => boolean;
  readonly report: (path: readonly PropertyKey[], what: string) => void;
}

type Output<S extends z.core.$ZodLooseShape> = z.output<z.ZodObject<S, z.core.$strict>>;

/** A map of exactly these keys. `check` also runs when some of them are wrong, so that all mistakes are told at once. */
export const strict = <S extends z.core.$ZodLooseShape>(shape: S, check?: (found: Found<Output<S>>) => void) => {
  const schema = z.strictObject(shape, { error: (issue) => complainOfKeys(issue, Object.keys(shape)) });
  if (check === undefined) return schema;
  return schema.check(
    z.superRefine<Output<S>>((written, context) => check(toFound(written, context)), {
      when: ({ value }) => isMap(value),
    }),
  );
};

const toFound = <T extends object>(written: T, context: z.core.$RefinementCtx<T>): Found<T> => {
  const faulty = new Set(context.issues.map(({ path }) => path?.[0]));
  const sound = Object.entries(written).filter(([key]) => !faulty.has(key));
  return {
    sound: Object.fromEntries(sound) as Partial<T>,
    isWritten: (key) => Object.hasOwn(written, key),
    report: (path, message) => context.addIssue({ code: 'custom', path: [...path], message }),
  };
};

const complainOfKeys = (
  issue: { code?: string; input?: unknown; keys?: string[] },
  known: readonly string[],
): string => {
  const all = known.join(', ');
  if (issue.code !== 'unrecognized_keys') return `${show(issue.input)}: give a map of ${all}`;
  return `there is no ${issue.keys?.map((key) => suggest(key, known)).join(', ')}: the keys are ${all}`;
};

const suggest = (key: string, known: readonly string[]): string => {
  const meant = closestName(key, known);
  return JSON.stringify(key.slice(0, 40)) + (meant === undefined ? '' : ` (did you mean ${meant}?)`);
};
