import { createRecall, type Recall, type Recalled } from './cache/recall.ts';
import { RecentKeys } from './cache/recent-keys.ts';
import { callError } from './errors/call-error.ts';
import type { ExplainFailure } from './define-provider.ts';
import type { AuthorizeParts } from './credentials/authorize.ts';
import type { Principal } from './credentials/principal.ts';
import { compose, type Send } from './http/call.ts';
import type { Operation } from './http/operation.ts';
import { Operations } from './http/operations.ts';
import { standardStages } from './http/standard-stages.ts';
import { createTransport, type Transport } from './http/transport.ts';
import type { ProviderOptions } from './provider-options.ts';
import type { ProviderParts } from './provider-parts.ts';
import type { CircuitState } from './resilience/circuit.ts';
import { Circuits } from './resilience/circuits.ts';
import { RetryBudget } from './resilience/retry-budget.ts';
import { WaitingLine } from './resilience/waiting-line.ts';

/** How long it is remembered that answers are not kept or shared, and for how many keys. */
const HIT_FOR_MISS = { keepMs: 60_000, maxKeys: 1_024 };

/** How a provider is doing right now. */
export interface ProviderStatus {
  readonly name: string;
  readonly isConfigured: boolean;
  readonly circuit: CircuitState;
  readonly attemptsInFlight: number;
  readonly attemptsWaiting: number;
  readonly retryBudgetTokens: number;
}

/** One external service at run time: its pipeline, and what its stages remember. */
export class Provider {
  readonly name: string;
  readonly options: ProviderOptions;
  readonly send: Send;
  readonly origin: string | undefined;
  /** All that its calls may go to; its own comes first. */
  readonly origins: readonly string[];
  /** Whether it has all it needs for its calls; else they fail with `not_configured`. */
  readonly isConfigured: boolean;
  /** Path of the base URL, without a trailing slash. */
  readonly basePath: string;
  readonly explainFailure: ExplainFailure;
  readonly #operations: Operations;
  readonly #budget: RetryBudget;
  readonly #line: WaitingLine;
  readonly #circuits: Circuits;
  readonly #transport: Transport | undefined;
  readonly #recall: Recall;
  readonly #authorization: AuthorizeParts | undefined;

  constructor(parts: ProviderParts) {
    const { name, options, clock, random } = parts;
    this.name = name;
    this.options = options;
    this.explainFailure = parts.explainFailure ?? (() => undefined);
    this.#operations = new Operations(parts);
    this.#budget = new RetryBudget(options);
    this.#line = new WaitingLine(options);
    this.#recall = createRecall(parts);
    const url = options.baseUrl === undefined ? undefined : new URL(options.baseUrl);
    this.origin = url?.origin;
    this.origins = url ? [...new Set([url.origin, ...options.origins])] : [];
    this.basePath = url?.pathname.replace(/\/+$/, '') ?? '';
    this.#authorization = toAuthorization(parts, this.origin);
    this.#transport = url && createTransport({ ...parts, origins: this.origins });
    this.#circuits = new Circuits(options, clock, random);
    const [unstorable, unshareable] = [new RecentKeys(HIT_FOR_MISS, clock), new RecentKeys(HIT_FOR_MISS, clock)];
    const stages = standardStages({
      ...parts,
      unstorable,
      unshareable,
      budget: this.#budget,
      line: this.#line,
      circuitOf: (call) => this.#circuits.of(call),
      authorization: this.#authorization,
    });
    const missing = this.#transport ? this.#authorization?.source.missing : 'a URL';
    this.isConfigured = missing === undefined;
    this.send = this.#transport && this.isConfigured ? compose(stages, this.#transport.send) : notConfigured(missing);
  }

  get status(): ProviderStatus {
    return {
      name: this.name,
      isConfigured: this.isConfigured,
      circuit: this.#circuits.ofOrigin(this.origin ?? '').state,
      attemptsInFlight: this.#line.inside,
      attemptsWaiting: this.#line.waiting,
      retryBudgetTokens: this.#budget.tokens,
    };
  }

  /**
   * The options of one operation. Without a name it is called by its method and template.
   * @throws TypeError when the name is not declared in `defineProvider`
   */
  operation(method: string, template: string, name?: string): Operation {
    return this.#operations.find(method, template, name);
  }

  /** What is stored and fresh for a GET of `path`, as `schema` made it; undefined when it has to be asked for. */
  recall(
    operation: Operation,
    path: string,
    { schema, principal }: { readonly schema: object; readonly principal: Principal | undefined },
  ): Recalled | undefined {
    const asked = { provider: this.name, operation, origin: this.origin ?? '', path: this.basePath + path };
    const whose = principal ?? this.#authorization?.source.principal();
    return this.#recall(whose ? { ...asked, principal: whose } : asked, schema);
  }

  /** Finds out at start whether calls can be authorised. @throws TypeError when nothing is there to do it */
  prepare(): void {
    this.#authorization?.source.principal();
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#transport?.close() ?? Promise.resolve();
  }
}

const toAuthorization = (parts: ProviderParts, origin = ''): AuthorizeParts | undefined => {
  const { name: provider, options, credential } = parts;
  if (!credential || credential.isAbsent?.(options)) return undefined;
  return { source: credential.createSource({ ...parts, provider }), placement: credential.placement, origin };
};

const notConfigured =
  (missing = ''): Send =>
  (call) => {
    const reason = `the provider has not got ${missing}`;
    return Promise.reject(callError(call, { code: 'not_configured', reason, sent: false, transient: false }));
  };
