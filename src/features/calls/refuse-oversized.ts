import { PayloadTooLargeException } from '@nestjs/common';
import { InvalidRequest } from '../../inbound/problems/invalid-request.ts';

const MAX_INPUT_BYTES = 65_536;

/** @throws PayloadTooLargeException above 64 KiB of JSON; InvalidRequest for what is nested beyond the stack */
export const refuseOversized = (input: object): void => {
  if (Buffer.byteLength(toJson(input)) <= MAX_INPUT_BYTES) return;
  throw new PayloadTooLargeException(`The input of a call may have ${MAX_INPUT_BYTES} bytes, as JSON`);
};

const toJson = (input: object): string => {
  try {
    return JSON.stringify(input);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidRequest([{ field: 'input', detail: 'is nested too deeply' }]);
  }
};
