import { ValidateBy, type ValidationArguments } from 'class-validator';
import { IDENTIFIER, IDENTIFIER_RULE } from './input-rules.ts';

/** An id, of which either this one or the field `other` is given: both are named where that is not so. */
export const EitherId = (other: string): PropertyDecorator => {
  const isAlone = (value: unknown, { object }: ValidationArguments): boolean =>
    (value === undefined) !== (Reflect.get(object, other) === undefined);
  return ValidateBy({
    name: 'eitherId',
    validator: {
      validate: (value, found) => isAlone(value, found!) && (value === undefined || isIdentifier(value)),
      defaultMessage: (found) =>
        isAlone(found?.value, found!) ? IDENTIFIER_RULE : `must be given, or else ${other}, and not both`,
    },
  });
};

const isIdentifier = (value: unknown): boolean => typeof value === 'string' && IDENTIFIER.test(value);
