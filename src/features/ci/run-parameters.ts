import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

const MAX_PARAMETERS = 50;
const MAX_VALUE_LENGTH = 4_096;
const NAME = /^[A-Za-z_]\w{0,63}$/;
const NUL = '\0';

const RULE =
  `must be an object of at most ${MAX_PARAMETERS} names (letters, digits and underscores, at most 64, no digit first) ` +
  `with text of at most ${MAX_VALUE_LENGTH} characters`;

/** Parameters of a run: they become environment variables of its jobs. */
export const RunParameters = (): PropertyDecorator =>
  applyDecorators(
    // As they came: class-transformer leaves out names that objects have a method of, such as `toString`.
    Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key]),
    ValidateBy({ name: 'runParameters', validator: { validate: isParameters, defaultMessage: () => RULE } }),
  );

const isParameters = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const parameters = Object.entries(value);
  return parameters.length <= MAX_PARAMETERS && parameters.every(([name, text]) => NAME.test(name) && isText(text));
};

/** An environment variable cannot hold NUL. */
const isText = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= MAX_VALUE_LENGTH && value.isWellFormed() && !value.includes(NUL);
