import { currentContext } from '../../platform/context/request-context.ts';
import { hasCallersCredential } from '../cache/rules/storability.ts';
import type { Stage } from '../http/call.ts';
import type { AuthorizeParts } from './authorize.ts';
import { isTaken } from './token-placement.ts';

/**
 * Says whom a call stands for, before anything is looked up that was kept for somebody; and keeps who asked, for a call
 * may go on when their request is over.
 */
export const identify =
  ({ source, placement }: AuthorizeParts): Stage =>
  (next) =>
  (call) => {
    if (call.principal !== undefined || isTaken(call, placement)) return next(call);
    const found = source.principal();
    // A credential of the call's own that nobody declared counts as a caller's: ours beside it does not change that.
    const principal = found?.isCaller === false && hasCallersCredential(call) ? undefined : found;
    const caller = call.caller ?? currentContext()?.caller;
    return next({ ...call, ...(principal && { principal }), ...(caller && { caller }) });
  };
