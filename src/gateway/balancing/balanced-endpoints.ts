import { Endpoints, type Chosen, type Endpoint, type EndpointStatus, type Lease } from '../../outbound/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { BalanceOptions, EjectionOptions } from '../routes/target-options.ts';
import { toCandidates, type Candidates } from './candidates.ts';
import { createMethod } from './create-method.ts';
import { isSameServer } from './is-same-server.ts';
import { mayEject } from './may-eject.ts';
import type { Method } from './method.ts';
import { replaceServers } from './replace-servers.ts';
import { ServerLease, type Judge } from './server-lease.ts';
import type { ServerState } from './server-state.ts';
import { toStatus } from './to-status.ts';
import { toTiers } from './tiers.ts';

export interface BalancedEndpointsParts {
  readonly balance: BalanceOptions;
  readonly ejection: EjectionOptions;
  readonly clock: Clock;
  /** Gives [0, 1). */
  readonly random: () => number;
}

/** Shares grow in so many steps while a server starts slowly. */
const RAMP_STEPS = 100;

/**
 * Chooses servers by `balance.method`, and leaves out those that calls fail at or that probes found unwell. Only when all
 * are out, all are used as if none were (panic); so there is always one to be had of those that were not tried.
 */
export class BalancedEndpoints extends Endpoints {
  readonly #parts: BalancedEndpointsParts;
  readonly #clock: Clock;
  readonly #method: Method;
  readonly #slowStartMs: number;
  readonly #listeners = new Set<() => void>();
  #servers: readonly ServerState[] = [];
  #tiers: readonly Candidates[] = [];
  /** Until when the tiers hold. */
  #goodUntil = -Infinity;

  constructor(parts: BalancedEndpointsParts) {
    super();
    this.#parts = parts;
    this.#clock = parts.clock;
    this.#method = createMethod(parts.balance.method, parts.random);
    this.#slowStartMs = parts.balance.slowStartMs;
  }

  /**
   * These are the servers from now on. What is known of those that stay is kept, whatever their weight and priority are now,
   * and their objects too, unless one of these changed. Those that are new start slowly, unless there was none before.
   * Of several with one id the first counts. One whose origin or address changed is a new one: the old one is removed.
   */
  update(endpoints: readonly Endpoint[]): { removed: Endpoint[] } {
    const { servers, removed } = replaceServers(this.#servers, endpoints, this.#clock.now());
    this.#servers = servers;
    this.#goodUntil = -Infinity;
    this.#method.prepare?.(servers);
    for (const listener of this.#listeners) listener();
    return { removed };
  }

  /** Has `listener` told after each update. @returns what ends that */
  onUpdate(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  all(): readonly Endpoint[] {
    return this.#servers.map(({ endpoint }) => endpoint);
  }

  /**
   * Of the least priority number that has a server that is well and not tried; else of those that are out. One without
   * weight is chosen when no other of its priority can be.
   */
  pick(call: Chosen, tried: ReadonlySet<Endpoint>): Lease | undefined {
    const now = this.#clock.now();
    if (now >= this.#goodUntil) this.regroup(now);
    const candidates = tried.size === 0 ? this.#tiers[0] : this.findUntried(tried);
    if (candidates === undefined) return undefined;
    return new ServerLease(this.#method.choose(candidates, call), now, this.#judge);
  }

  status(): EndpointStatus[] {
    const now = this.#clock.now();
    return this.#servers.map((server) => toStatus(server, now));
  }

  /** What probes found. One that is not known (any more) is nobody's concern. */
  markHealth(endpoint: Endpoint, isHealthy: boolean): void {
    const server = this.#servers.find((known) => isSameServer(known.endpoint, endpoint));
    server?.setHealth(isHealthy, this.#clock.now());
    this.#goodUntil = -Infinity;
  }

  readonly #judge: Judge = (server, begunAt, outcome) => {
    if (outcome === 'success') server.countSuccess();
    if (outcome !== 'failure') return;
    const { ejection } = this.#parts;
    const now = this.#clock.now();
    if (server.countFailure(begunAt) < ejection.failures || !mayEject(this.#servers, now, ejection)) return;
    server.eject(now, ejection);
    this.#goodUntil = -Infinity;
  };

  private regroup(now: number): void {
    this.#goodUntil = Infinity;
    for (const server of this.#servers) {
      server.share = this.shareOf(server, now);
      this.#goodUntil = Math.min(this.#goodUntil, this.changesAt(server, now));
    }
    this.#tiers = toTiers(this.#servers, now);
  }

  private shareOf(server: ServerState, now: number): number {
    // One without weight is alone with its like. One that is out is used only as if it were not.
    const weight = this.#parts.balance.method === 'round-robin' ? 1 : server.endpoint.weight || 1;
    return server.isOut(now) ? weight : weight * server.rampAt(now, this.#slowStartMs);
  }

  private changesAt(server: ServerState, now: number): number {
    if (now < server.ejectedUntil) return server.ejectedUntil;
    const fullAt = server.fullAt(this.#slowStartMs);
    return now < fullAt ? Math.min(fullAt, now + this.#slowStartMs / RAMP_STEPS) : Infinity;
  }

  private findUntried(tried: ReadonlySet<Endpoint>): Candidates | undefined {
    for (const { servers } of this.#tiers) {
      const untried = servers.filter((server) => !isTried(server, tried));
      if (untried.length > 0) return toCandidates(untried);
    }
    return undefined;
  }
}

/** It may have been given another weight, and with it another object, since it was tried. */
const isTried = ({ endpoint }: ServerState, tried: ReadonlySet<Endpoint>): boolean => {
  if (tried.has(endpoint)) return true;
  for (const one of tried) if (isSameServer(one, endpoint)) return true;
  return false;
};
