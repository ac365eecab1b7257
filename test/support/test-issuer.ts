import { TokenIssuer, type IssuedToken, type TokenRequest } from '../../src/outbound/credentials/token-issuer.ts';
import { Secret } from '../../src/platform/secret.ts';

/** How one request for a token ends; what is not said of a token: another one each time, which lives 100 s. */
type IssuerStep = Partial<IssuedToken> | Error;

/** An authorization server without the server: plays its steps, and the last one for ever. */
export class TestIssuer extends TokenIssuer {
  readonly client: string = 'https://issuer.example harbour';
  readonly clientSecret = new Secret('a client secret of the tests');
  readonly requests: TokenRequest[] = [];
  /** Every token ever issued, as it is. */
  readonly issued: string[] = [];
  #steps: IssuerStep[];
  #gate: PromiseWithResolvers<void> | undefined;

  constructor(...steps: IssuerStep[]) {
    super();
    this.#steps = steps;
  }

  /** Plays these from now on. */
  answer(...steps: IssuerStep[]): void {
    this.#steps = steps;
  }

  /** From now on nothing is answered, until `release`. */
  hold(): void {
    this.#gate ??= Promise.withResolvers();
  }

  release(): void {
    this.#gate?.resolve();
    this.#gate = undefined;
  }

  async issue(request: TokenRequest): Promise<IssuedToken> {
    this.requests.push(request);
    const number = this.requests.length;
    const step = (this.#steps.length > 1 ? this.#steps.shift() : this.#steps[0]) ?? {};
    await this.#gate?.promise;
    if (step instanceof Error) throw step;
    const issued = { value: new Secret(`issued-${number}`), lifeMs: 100_000, scopes: undefined, ...step };
    this.issued.push(issued.value.reveal());
    return issued;
  }
}
