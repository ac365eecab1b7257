import { SetMetadata, type CustomDecorator } from '@nestjs/common';

const REPEATABLE = 'repeatable';

/**
 * Marks a write that may be done again when nobody knows whether it was done: doing it twice is doing it once, or the
 * caller's key (`@IdempotencyKey`) is handed on to an upstream that sees to it. All others are done at most once for a key.
 */
export const Repeatable = (): CustomDecorator => SetMetadata(REPEATABLE, true);

export const isRepeatable = (handler: object): boolean => Reflect.hasMetadata(REPEATABLE, handler);
