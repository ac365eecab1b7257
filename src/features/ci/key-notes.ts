/** What an Idempotency-Key does, for the documentation of routes that start something. */

export const STARTED_ONCE =
  'However often you send it with the same `Idempotency-Key`, one is started. Keys of different callers never meet. ' +
  'Without a key, every request starts one.';

export const NO_KEY_UPSTREAM =
  'An `Idempotency-Key` is checked, and otherwise not used yet: the CI service takes none here, so every request starts ' +
  'one. We send yours on at most once: after a 502 or 504 look whether it was started before you send it again.';
