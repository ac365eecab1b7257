import { RecentKeys } from './cache/recent-keys.ts';
import type { AuthorizeParts } from './credentials/authorize.ts';
import { callError } from './errors/call-error.ts';
import { compose, type Send } from './http/call.ts';
import { standardStages } from './http/standard-stages.ts';
import { createTransport, type Transport } from './http/transport.ts';
import type { ProviderParts } from './provider-parts.ts';
import { Circuits } from './resilience/circuits.ts';
import { RetryBudget } from './resilience/retry-budget.ts';
import { WaitingLine } from './resilience/waiting-line.ts';

/** How long it is remembered that answers are not kept or shared, and for how many keys. */
const HIT_FOR_MISS = { keepMs: 60_000, maxKeys: 1_024 };

export interface PipelineParts extends ProviderParts {
  /** All that calls may go to; none: it is off. */
  readonly origins: readonly string[];
  readonly authorization: AuthorizeParts | undefined;
}

/** The stages of one provider, and what they share and remember. */
export interface Pipeline {
  readonly send: Send;
  readonly budget: RetryBudget;
  readonly line: WaitingLine;
  readonly circuits: Circuits;
  readonly transport: Transport | undefined;
  /** Whether it has all it needs for its calls; else they fail with `not_configured`. */
  readonly isConfigured: boolean;
}

export const createPipeline = (parts: PipelineParts): Pipeline => {
  const { options, clock, random, origins, authorization } = parts;
  const shared = {
    budget: new RetryBudget(options),
    line: new WaitingLine(options),
    circuits: new Circuits(options, clock, random),
    transport: origins.length > 0 ? createTransport(parts) : undefined,
  };
  const { transport, circuits } = shared;
  const missing = transport ? authorization?.source.missing : 'a URL';
  if (transport === undefined || missing !== undefined)
    return { ...shared, send: notConfigured(missing), isConfigured: false };
  const stages = standardStages({
    ...parts,
    ...shared,
    unstorable: new RecentKeys(HIT_FOR_MISS, clock),
    unshareable: new RecentKeys(HIT_FOR_MISS, clock),
    circuitOf: (call) => circuits.of(call),
    isIsolated: () => circuits.isIsolated,
  });
  return { ...shared, send: compose(stages, transport.send), isConfigured: true };
};

const notConfigured =
  (missing = ''): Send =>
  (call) => {
    const reason = `the provider has not got ${missing}`;
    return Promise.reject(callError(call, { code: 'not_configured', reason, sent: false, transient: false }));
  };
