import type { Clock } from '../platform/clock.ts';
import { createRecall, type Recall, type Recalled } from './cache/recall.ts';
import { RecentKeys } from './cache/recent-keys.ts';
import type { CacheStore } from './cache/stores/cache-store.ts';
import { callError } from './errors/call-error.ts';
import type { Principal } from './credentials/principal.ts';
import { compose, type Send } from './http/call.ts';
import { Operation, type OperationOptions } from './http/operation.ts';
import { standardStages } from './http/standard-stages.ts';
import { createTransport, type Transport } from './http/transport.ts';
import type { ProviderOptions } from './provider-options.ts';
import { Circuit, type CircuitState } from './resilience/circuit.ts';
import { RetryBudget } from './resilience/retry-budget.ts';
import { WaitingLine } from './resilience/waiting-line.ts';
import type { CallReceipts } from './telemetry/call-receipts.ts';

export interface ProviderParts {
  readonly name: string;
  readonly options: ProviderOptions;
  readonly operations: Readonly<Record<string, OperationOptions>>;
  readonly clock: Clock;
  readonly receipts: CallReceipts;
  readonly store: CacheStore;
  /** Gives [0, 1). */
  readonly random: () => number;
}

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
  /** Path of the base URL, without a trailing slash. */
  readonly basePath: string;
  readonly #operations: Readonly<Record<string, OperationOptions>>;
  /** By method, name and template: as many as the code has, for values are part of none. */
  readonly #known = new Map<string, Operation>();
  readonly #budget: RetryBudget;
  readonly #line: WaitingLine;
  readonly #circuit: Circuit;
  readonly #transport: Transport | undefined;
  readonly #recall: Recall;

  constructor(parts: ProviderParts) {
    const { name, options, operations, clock, random } = parts;
    this.name = name;
    this.options = options;
    this.#operations = operations;
    this.#budget = new RetryBudget(options);
    this.#line = new WaitingLine(options);
    this.#circuit = new Circuit(options, clock, random);
    this.#recall = createRecall(parts);
    const url = options.baseUrl === undefined ? undefined : new URL(options.baseUrl);
    this.origin = url?.origin;
    this.basePath = url?.pathname.replace(/\/+$/, '') ?? '';
    this.#transport = this.origin === undefined ? undefined : createTransport(this.origin, options, clock);
    const [unstorable, unshareable] = [new RecentKeys(HIT_FOR_MISS, clock), new RecentKeys(HIT_FOR_MISS, clock)];
    const stages = standardStages({
      ...parts,
      unstorable,
      unshareable,
      budget: this.#budget,
      line: this.#line,
      circuitOf: () => this.#circuit,
    });
    this.send = this.#transport ? compose(stages, this.#transport.send) : notConfigured;
  }

  get status(): ProviderStatus {
    return {
      name: this.name,
      isConfigured: this.#transport !== undefined,
      circuit: this.#circuit.state,
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
    const key = `${method} ${name ?? ''} ${template}`;
    const known = this.#known.get(key);
    if (known) return known;
    const declared = name === undefined ? {} : this.#operations[name];
    if (declared === undefined) {
      throw new TypeError(`Provider ${this.name} declares no operation "${name}": add it to defineProvider`);
    }
    const operation = new Operation({ method, template, name, declared, defaults: this.options });
    this.#known.set(key, operation);
    return operation;
  }

  /** What is stored and fresh for a GET of `path`, as `schema` made it; undefined when it has to be asked for. */
  recall(
    operation: Operation,
    path: string,
    { schema, principal }: { readonly schema: object; readonly principal: Principal | undefined },
  ): Recalled | undefined {
    const asked = { provider: this.name, operation, origin: this.origin ?? '', path: this.basePath + path };
    return this.#recall(principal ? { ...asked, principal } : asked, schema);
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#transport?.close() ?? Promise.resolve();
  }
}

const notConfigured: Send = (call) =>
  Promise.reject(
    callError(call, { code: 'not_configured', reason: 'the provider has no URL', sent: false, transient: false }),
  );
