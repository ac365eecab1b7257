/** What an Idempotency-Key does, for the documentation of routes that start something. */

/** Where the CI service tells repetitions by itself, too. */
export const STARTED_ONCE =
  'However often you send it with the same `Idempotency-Key`, one is started: after a 502 or 504 send it again with its ' +
  'key. Keys of different callers never meet. Without a key, every request starts one.';

/** Where it does not. */
export const NO_KEY_UPSTREAM =
  'However often you send it with the same `Idempotency-Key`, at most one is started within 24 hours, and you get the ' +
  'answer of the first time. The CI service takes no key here: a 502 or 504 does not say whether one was started, and stays ' +
  'the answer for that key. Look whether it was before you send it again with a new one.';
