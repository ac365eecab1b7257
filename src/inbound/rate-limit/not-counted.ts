import { SetMetadata, type CustomDecorator } from '@nestjs/common';

const NOT_COUNTED = 'not-counted';

/** Leaves a route out of the rate limit. Those for operators are left out without it. */
export const NotCounted = (): CustomDecorator => SetMetadata(NOT_COUNTED, true);

export const isCounted = (handler: object, controller: object): boolean =>
  !Reflect.hasMetadata(NOT_COUNTED, handler) && !Reflect.hasMetadata(NOT_COUNTED, controller);
