import { defineProvider, staticToken } from '../../../../src/outbound/index.ts';

/** A CI service that knows runs with stages, pages by the last one seen, and takes keys for writes. */
export const semaphore = defineProvider('semaphore', {
  credential: staticToken({ header: 'x-ci-key' }),
  operations: {
    start: { method: 'POST' },
    repeat: { method: 'POST', idempotencyKey: true },
    cancel: { method: 'DELETE' },
  },
});
