import type { Call } from './call.ts';

/** A request that somebody else made, to be passed on: its headers are ready, its body may still be coming. */
export type RelayedRequest = Pick<
  Call,
  | 'operation'
  | 'method'
  | 'path'
  | 'headers'
  | 'body'
  | 'deadlineAt'
  | 'signal'
  | 'affinity'
  | 'upgrade'
  | 'noteHead'
  | 'hadCredential'
>;
