import type { Clock } from '../platform/clock.ts';
import { createRecall, type Recall, type Recalled } from './cache/recall.ts';
import { ContractWatch } from './contract/contract-watch.ts';
import type { ExplainFailure } from './define-provider.ts';
import type { AuthorizeParts } from './credentials/authorize.ts';
import type { Principal } from './credentials/principal.ts';
import type { Endpoint } from './endpoints/endpoint.ts';
import type { Endpoints } from './endpoints/endpoints.ts';
import type { Reply, Send } from './http/call.ts';
import { Operation, type OperationOptions } from './http/operation.ts';
import { Operations } from './http/operations.ts';
import type { RelayedRequest } from './http/relayed-request.ts';
import type { ConnectionCounts } from './http/server-connections.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import type { ProviderOptions } from './provider-options.ts';
import type { ProviderParts } from './provider-parts.ts';
import { toProviderStatus, type ProviderStatus } from './provider-status.ts';
import { toProbe } from './endpoints/to-probe.ts';
import { newReceipt } from './telemetry/new-receipt.ts';

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
  readonly contract: ContractWatch;
  readonly #operations: Operations;
  readonly #pipeline: Pipeline;
  readonly #endpoints: Endpoints | undefined;
  readonly #clock: Clock;
  readonly #recall: Recall;
  readonly #authorization: AuthorizeParts | undefined;

  constructor(parts: ProviderParts) {
    const { name, options, clock } = parts;
    this.name = name;
    this.options = options;
    this.explainFailure = parts.explainFailure ?? (() => undefined);
    this.contract = new ContractWatch(parts);
    const url = options.baseUrl === undefined ? undefined : new URL(options.baseUrl);
    this.origin = url?.origin;
    this.origins = url ? [...new Set([url.origin, ...options.origins])] : [];
    this.basePath = url?.pathname.replace(/\/+$/, '') ?? '';
    this.#operations = new Operations(parts);
    this.#endpoints = parts.endpoints;
    this.#clock = clock;
    this.#recall = createRecall(parts);
    this.#authorization = toAuthorization(parts, this.origin);
    this.#pipeline = createPipeline({ ...parts, origins: this.origins, authorization: this.#authorization });
    this.isConfigured = this.#pipeline.isConfigured;
    this.send = this.#pipeline.send;
  }

  get status(): ProviderStatus {
    return toProviderStatus(this, this.#pipeline, this.#endpoints);
  }

  /**
   * The options of one operation. Without a name it is called by its method and template.
   * @throws TypeError when the name is not declared in `defineProvider`
   */
  operation(method: string, template: string, name?: string): Operation {
    return this.#operations.find(method, template, name);
  }

  /** An operation of this provider that its code does not name. */
  createOperation(method: string, name: string, declared: OperationOptions): Operation {
    return new Operation({ method, name, template: '(passed on)', declared, defaults: this.options });
  }

  /** Passes a request on as it is. Its answer may still be coming: whoever gets it reads it, or leaves it. */
  relay(request: RelayedRequest): Promise<Reply> {
    const receipt = newReceipt({ ...request, provider: this.name }, this.#clock.now());
    return this.send({ ...request, provider: this.name, origin: this.origin ?? '', streams: true, receipt });
  }

  /** Whether one of its servers answers a GET with a 2xx; beside everything that is counted, limited and remembered. */
  async probe(endpoint: Endpoint, path: string, signal: AbortSignal): Promise<boolean> {
    const call = toProbe(this, { endpoint, path, signal }, this.#clock);
    const reply = await this.#pipeline.transport?.send(call);
    return reply !== undefined && reply.status >= 200 && reply.status < 300;
  }

  /** These are servers of it no more: what is under way there comes to its end. */
  forget(endpoints: readonly Endpoint[]): void {
    for (const endpoint of endpoints) {
      this.#pipeline.transport?.forget(endpoint);
      this.#pipeline.circuits.forget(endpoint);
    }
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

  /** Whether an operator keeps calls from it: they fail with `circuit_open`, unless the cache answers them. */
  get isIsolated(): boolean {
    return this.#pipeline.circuits.isIsolated;
  }

  /** Keeps all calls from it, in this process, until `reset`. */
  isolate(): void {
    this.#pipeline.circuits.isolate();
  }

  /** Ends its isolation, closes all its circuits, and forgets what they counted. */
  reset(): void {
    this.#pipeline.circuits.reset();
  }

  /** Finds out at start whether calls can be authorised. @throws TypeError when nothing is there to do it */
  prepare(): void {
    this.#authorization?.source.principal();
  }

  /** Those that are open now, to all its servers. */
  get connections(): ConnectionCounts {
    return this.#pipeline.transport?.connections() ?? { active: 0, idle: 0 };
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#pipeline.transport?.close() ?? Promise.resolve();
  }
}

const toAuthorization = (parts: ProviderParts, origin = ''): AuthorizeParts | undefined => {
  const { name: provider, options, credential } = parts;
  if (!credential || credential.isAbsent?.(options)) return undefined;
  return { source: credential.createSource({ ...parts, provider }), placement: credential.placement, origin };
};
