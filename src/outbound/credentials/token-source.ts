import type { Secret } from '../../platform/secret.ts';
import type { Call } from '../http/call.ts';
import type { Principal } from './principal.ts';

/** Where the tokens come from that a provider's calls present. */
export abstract class TokenSource {
  /** What has to be configured before there can be any token, in words; undefined when nothing is missing. */
  readonly missing: string | undefined = undefined;

  /** Whom calls made right now stand for; undefined when there is nobody: then they cannot be made. */
  abstract principal(): Principal | undefined;

  /** The token for one attempt. @throws UpstreamError when there is none; the signal's reason when the call ends */
  abstract read(call: Call): Promise<Secret>;

  /** The upstream has refused `token` with a 401: another one that is worth a try, if there is one. */
  renew(_token: Secret, _call: Call): Promise<Secret | undefined> {
    return Promise.resolve(undefined);
  }

  /** The upstream has taken `token`. */
  noteAccepted(_token: Secret): void {
    return undefined;
  }
}
