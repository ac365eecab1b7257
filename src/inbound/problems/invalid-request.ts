import { BadRequestException } from '@nestjs/common';
import type { FieldError } from './problem.ts';

/** The caller's input, field by field. */
export class InvalidRequest extends BadRequestException {
  constructor(readonly errors: readonly FieldError[]) {
    super(errors.map(({ field, detail }) => `${field} ${detail}`).join('; '));
  }
}
