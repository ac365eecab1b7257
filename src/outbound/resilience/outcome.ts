import { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Reply } from '../http/call.ts';
import type { Outcome } from './circuit.ts';

/** What an attempt is given up with when another one beside it was faster. */
export const OVERTAKEN = new Error('Another attempt was faster');

/** 4xx and 429 are answers of a host that works. */
export const outcomeOfReply = ({ status }: Reply): Outcome => (status >= 500 ? 'failure' : 'success');

/** An unusable answer came from a host that can be reached; a cancelled attempt tells nothing. */
export const outcomeOfError = ({ provider }: Call, error: unknown, hadItsTime: boolean): Outcome => {
  // Nor does one for which there was no credential to be had: that is another host's failure.
  if (!(error instanceof UpstreamError) || error.provider !== provider) return 'nothing';
  if (error.code === 'circuit_open') return 'nothing';
  if (error.code === 'upstream_unreachable') return 'failure';
  if (error.code !== 'upstream_timeout') return 'success';
  // An impatient caller's deadline says nothing about a host that did not have its time.
  return hadItsTime ? 'failure' : 'nothing';
};
