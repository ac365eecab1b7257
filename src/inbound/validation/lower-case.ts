import { Transform } from 'class-transformer';

/** Brings text to lower case, for what means the same in any. */
export const LowerCase = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value));
