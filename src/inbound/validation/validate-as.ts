import type { Type } from '@nestjs/common';
import { createValidationPipe } from './validation.pipe.ts';

const pipe = createValidationPipe();

/**
 * What a handler would get, if `value` were the body of a request and `type` its class.
 * @throws InvalidRequest, as that route would
 */
export const validateAs = async <T extends object>(type: Type<T>, value: unknown): Promise<T> =>
  (await pipe.transform(value, { type: 'body', metatype: type })) as T;
