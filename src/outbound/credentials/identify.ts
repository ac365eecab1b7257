import { currentContext } from '../../platform/context/request-context.ts';
import { Secret } from '../../platform/secret.ts';
import { hasCallersCredential } from '../cache/rules/storability.ts';
import type { Call, Stage } from '../http/call.ts';
import type { AuthorizeParts } from './authorize.ts';
import { toStaticPrincipal, type Principal } from './principal.ts';
import { ownCredential, type TokenPlacement } from './token-placement.ts';
import type { TokenSource } from './token-source.ts';

/**
 * Says whom a call stands for, before anything is looked up that was kept for somebody; and keeps who asked, for a call
 * may go on when their request is over.
 */
export const identify =
  ({ source, placement }: AuthorizeParts): Stage =>
  (next) =>
  (call) => {
    const principal = call.principal ?? toPrincipal(call, source, placement);
    const caller = call.caller ?? currentContext()?.caller;
    return next({ ...call, ...(principal && { principal }), ...(caller && { caller }) });
  };

const toPrincipal = (call: Call, source: TokenSource, placement: TokenPlacement): Principal | undefined => {
  const own = ownCredential(call, placement);
  // What a call brings in the place of ours is somebody's, nobody knows whose: it stands for itself.
  if (own !== undefined) return { ...toStaticPrincipal(new Secret(String(own))), isCaller: true };
  const found = source.principal();
  // One in another place counts as a caller's: ours beside it does not change that.
  return found?.isCaller === false && hasCallersCredential(call) ? undefined : found;
};
