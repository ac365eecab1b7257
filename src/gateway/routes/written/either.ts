import { z } from 'zod';
import { isMap } from './is-map.ts';

/** A long form, which is a map, or a short one; mistakes are told of the form that was meant. */
export const either = <S extends z.ZodType, L extends z.ZodType>(short: S, long: L) =>
  z.unknown().transform((written, context): z.output<S | L> => {
    const { data, error } = (isMap(written) ? long : short).safeParse(written);
    if (error === undefined) return data;
    for (const issue of error.issues) context.issues.push({ ...issue, input: undefined });
    return z.NEVER;
  });
