import { describe, expect, it } from '@jest/globals';
import { buildOptions, buildReply } from '../../../test/support/build-call.ts';
import { rigHedging, takes } from '../../../test/support/hedging.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { Endpoints, type Lease } from '../endpoints/endpoints.ts';
import { Circuit } from './circuit.ts';
import { circuitBreaker } from './circuit-breaker.ts';
import { failover } from './failover.ts';

/** The first that was not tried; notes what becomes of each. */
class Servers extends Endpoints {
  readonly judged: string[] = [];
  outstanding = 0;
  readonly #all: Endpoint[];

  constructor(...names: string[]) {
    super();
    this.#all = names.map((id) => ({ id, origin: `http://${id}`, weight: 1, priority: 0 }));
  }

  pick(_call: unknown, tried: ReadonlySet<Endpoint>): Lease | undefined {
    const endpoint = this.#all.find((one) => !tried.has(one));
    if (endpoint === undefined) return undefined;
    this.outstanding += 1;
    return {
      endpoint,
      judge: (outcome) => void this.judged.push(`${endpoint.id} ${outcome}`),
      end: () => void (this.outstanding -= 1),
    };
  }

  status(): [] {
    return [];
  }
}

const through = async (servers: Servers, { halfOpen = '' } = {}) => {
  const rig = rigHedging();
  const options = buildOptions({ breakerMinAttempts: 1 });
  const circuits = new Map<string, Circuit>();
  const circuitOf = (id: string): Circuit => {
    const circuit = circuits.get(id) ?? new Circuit(options, rig.clock, () => 0);
    circuits.set(id, circuit);
    return circuit;
  };
  if (halfOpen !== '') {
    const broken = circuitOf(halfOpen);
    broken.record(broken.tryPass()!, 'failure', false);
    await rig.clock.advance(10_000);
  }
  const script = scripted(takes(rig.clock, 1_000, buildReply()), takes(rig.clock, 10, buildReply()));
  const breaker = circuitBreaker({
    circuitOf: ({ endpoint }) => circuitOf(endpoint!.id),
    slowAttemptRatio: 0.8,
    clock: rig.clock,
  });
  const elsewhere = failover({ endpoints: servers, clock: rig.clock, idempotencyHeader: 'Idempotency-Key' });
  const call = rig.build({ streams: true });
  const sent = rig.send({ ...script, send: elsewhere(breaker(script.send)) }, call);
  await rig.clock.advance(1_000);
  await sent;
  return { call, wentTo: script.calls.map(({ endpoint }) => endpoint?.id), circuitOf };
};

describe('a second attempt', () => {
  it('goes to another server than the first one, and that says nothing against the first', async () => {
    const servers = new Servers('one', 'two');
    const { call, wentTo } = await through(servers);
    expect(wentTo).toEqual(['one', 'two']);
    expect([servers.judged.toSorted(), servers.outstanding]).toEqual([['one nothing', 'two success'], 0]);
    expect(call.receipt.attempts.map(({ server }) => server)).toEqual(['one', 'two']);
  });

  it('goes to the same where there is no other', async () => {
    expect((await through(new Servers('one'))).wentTo).toEqual(['one', 'one']);
  });

  it('is not what finds out whether a server is back', async () => {
    const { call, wentTo, circuitOf } = await through(new Servers('one', 'two', 'three'), { halfOpen: 'two' });
    expect(wentTo).toEqual(['one', 'three']);
    expect([circuitOf('two').state, call.receipt.hedge]).toEqual(['open', 'won']);
  });

  it('is none when all others are still to be found out about', async () => {
    const { call, wentTo } = await through(new Servers('one', 'two'), { halfOpen: 'two' });
    expect(wentTo).toEqual(['one']);
    expect(call.receipt).toMatchObject({ hedge: 'circuit', attempts: [{ server: 'one', status: 200 }] });
  });
});
