import type { ApiResponseOptions } from '@nestjs/swagger';
import { Call } from './calls.dto.ts';

/** For the documentation. */
export const RETRY_AFTER = {
  'Retry-After': {
    description: 'In how many seconds it is worth looking again; absent once it is over.',
    schema: { type: 'integer' },
  },
} as const;

export const ACCEPTED_CALL: ApiResponseOptions = {
  type: Call,
  headers: {
    ...RETRY_AFTER,
    Location: {
      description: 'Where it is from now on.',
      schema: { type: 'string', example: '/api/v1/calls/3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f' },
    },
  },
};
