import { z } from 'zod';
import { isMap } from './is-map.ts';

type Report = (path: readonly string[], what: string) => void;

/** A map of any keys to `item`s. `check` is given the keys, also when some of what they lead to is wrong. */
export const mapOf = <S extends z.ZodType>(item: S, what: string, check: (keys: string[], report: Report) => void) =>
  z
    .record(z.string(), item, `is no map: give one of ${what}`)
    .check(
      z.superRefine(
        (written, context) =>
          check(Object.keys(written), (path, message) =>
            context.addIssue({ code: 'custom', path: [...path], message }),
          ),
        { when: ({ value }) => isMap(value) },
      ),
    );
