import { outsideContext } from '../../platform/context/request-context.ts';
import type { Secret } from '../../platform/secret.ts';
import { unlessAborted } from '../../platform/unless-aborted.ts';
import type { Call } from '../http/call.ts';
import { FailureMemory } from './failure-memory.ts';
import { obtainToken, type HeldToken, type ObtainParts } from './obtain-token.ts';
import type { Principal } from './principal.ts';
import { RenewalLimit } from './renewal-limit.ts';
import { TokenSource } from './token-source.ts';

/**
 * A token of this application's own: one request for it at a time, here and among all instances that share a vault;
 * replaced in the background when it has lived 80 % of its life, and at once when the upstream refuses it.
 */
export class ClientCredentialsToken extends TokenSource {
  readonly #parts: ObtainParts;
  readonly #failures: FailureMemory;
  readonly #limit: RenewalLimit;
  #principal: Principal | undefined;
  #held: HeldToken | undefined;
  /** Not good enough, wherever it is found; until there is another one. */
  #refused: Secret | undefined;
  #underWay: Promise<Secret> | undefined;

  constructor(parts: ObtainParts) {
    super();
    this.#parts = parts;
    this.#failures = new FailureMemory(parts.clock);
    this.#limit = new RenewalLimit(parts.clock);
  }

  principal(): Principal {
    return (this.#principal ??= toPrincipal(this.#parts));
  }

  async read(call: Call): Promise<Secret> {
    const held = this.#held;
    const now = this.#parts.clock.now();
    if (held === undefined || held.endsAt <= now) return unlessAborted(this.obtain(), call.signal);
    // Its failure is remembered; the token is good for a while.
    if (held.renewAt <= now && !this.#failures.lasts) void this.obtain().catch(() => undefined);
    return held.value;
  }

  override async renew(refused: Secret, call: Call): Promise<Secret | undefined> {
    const held = this.#held;
    // Somebody else was quicker.
    if (held && !isSame(held.value, refused)) return this.read(call);
    if (held) {
      if (!this.#limit.tryRenew()) return undefined;
      // Whoever comes now waits for the next one.
      this.#held = undefined;
      this.#refused = refused;
    }
    return unlessAborted(this.obtain(), call.signal);
  }

  override noteAccepted(token: Secret): void {
    if (this.#held?.value === token) this.#limit.noteAccepted();
  }

  private obtain(): Promise<Secret> {
    return (this.#underWay ??= outsideContext(() => this.obtainOnce()).finally(() => (this.#underWay = undefined)));
  }

  private async obtainOnce(): Promise<Secret> {
    this.#failures.throwIfLasting();
    try {
      this.#held = await obtainToken(this.#parts, this.#refused);
      this.#refused = undefined;
      this.#failures.forget();
      return this.#held.value;
    } catch (error) {
      this.#failures.remember(error);
      throw error;
    }
  }
}

const isSame = (one: Secret, other: Secret): boolean => one === other || one.equals(other.reveal());

/** RFC 6749 §4.4: the client acts for itself, so it stands for all who call us alike. */
const toPrincipal = ({ issuer, request }: ObtainParts): Principal => ({
  id: JSON.stringify([issuer().client, request.audience ?? '', request.scope ?? '']),
  isCaller: false,
});
