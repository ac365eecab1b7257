import { Secret } from '../../src/platform/secret.ts';
import type { Principal } from '../../src/outbound/credentials/principal.ts';
import { TokenSource } from '../../src/outbound/credentials/token-source.ts';

/** Gives its tokens one after the other, the last one for ever; remembers what it is told. */
export class ScriptedSource extends TokenSource {
  reads = 0;
  readonly renewed: string[] = [];
  readonly accepted: string[] = [];
  /** What comes of a renewal; default: nothing. */
  renewal: string | undefined;
  readonly #tokens: readonly string[];

  constructor(...tokens: readonly string[]) {
    super();
    this.#tokens = tokens;
  }

  principal(): Principal | undefined {
    return { id: 'scripted', isCaller: false };
  }

  read(): Promise<Secret> {
    this.reads += 1;
    return Promise.resolve(new Secret(this.#tokens[Math.min(this.reads, this.#tokens.length) - 1]!));
  }

  override renew(refused: Secret): Promise<Secret | undefined> {
    this.renewed.push(refused.reveal());
    return Promise.resolve(this.renewal === undefined ? undefined : new Secret(this.renewal));
  }

  override noteAccepted(token: Secret): void {
    this.accepted.push(token.reveal());
  }
}
