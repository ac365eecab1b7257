import type { CancelSignal } from '../../platform/cancellation.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { FailureKind } from './call-receipt.ts';

/** What kind of failure it is that ended a call, or an attempt, with that signal. */
export const toFailureKind = (error: unknown, signal: CancelSignal): FailureKind =>
  error instanceof UpstreamError ? error.code : signal.aborted ? 'cancelled' : 'internal';
