import type { Type } from '@nestjs/common';
import { InvalidRequest } from '../../inbound/problems/invalid-request.ts';
import { validateAs } from '../../inbound/validation/validate-as.ts';

/** @throws InvalidRequest whose fields are named `input.…` */
export const checkInput = async <T extends object>(type: Type<T>, input: unknown): Promise<T> => {
  try {
    return await validateAs(type, input);
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    throw new InvalidRequest(error.errors.map(({ field, detail }) => ({ field: `input.${field}`, detail })));
  }
};
