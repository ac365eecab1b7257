import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { Endpoints, type EndpointStatus, type Lease } from '../endpoints/endpoints.ts';
import type { Reply, Send } from '../http/call.ts';
import { ReplyStream } from '../http/reply-stream.ts';
import type { Outcome } from './circuit.ts';
import { failover } from './failover.ts';

/** Hands out its servers in order, and notes what it is told. */
class InOrder extends Endpoints {
  readonly judged: string[] = [];
  outstanding = 0;
  readonly #endpoints: Endpoint[];

  constructor(names: readonly string[]) {
    super();
    this.#endpoints = names.map((id) => ({ id, origin: `http://${id}`, weight: 1, priority: 0 }));
  }

  pick(_call: unknown, tried: ReadonlySet<Endpoint>): Lease | undefined {
    const endpoint = this.#endpoints.find((candidate) => !tried.has(candidate));
    if (endpoint === undefined) return undefined;
    this.outstanding += 1;
    return {
      endpoint,
      judge: (outcome: Outcome) => void this.judged.push(`${endpoint.id} ${outcome}`),
      end: () => void (this.outstanding -= 1),
    };
  }

  status(): EndpointStatus[] {
    return [];
  }
}

let endpoints: InOrder;

beforeEach(() => {
  endpoints = new InOrder(['one', 'two', 'three']);
});

const through = ({ send }: ScriptedSend): Send =>
  failover({ endpoints, clock: new FakeClock(), idempotencyHeader: 'Idempotency-Key' })(send);

const send = (script: ScriptedSend, call: CallParts = {}): Promise<Reply> => through(script)(buildCall(call));

const wentTo = ({ calls }: ScriptedSend): unknown[] => calls.map(({ endpoint }) => endpoint?.id);

describe('failover', () => {
  it('fails at once when no server is known', async () => {
    endpoints = new InOrder([]);
    const error = await rejectionOf(send(scripted(buildReply())));
    expect(error).toMatchObject({ code: 'upstream_unreachable', reason: 'no server is known', sent: false });
  });

  it.each([
    ['a refused connection', failure({ sent: false })],
    ['a reset', failure()],
    ['an open circuit', failure({ code: 'circuit_open', sent: false })],
  ])('goes to another server at once after %s', async (_what, error) => {
    const script = scripted(error, buildReply());
    await expect(send(script)).resolves.toMatchObject({ status: 200 });
    expect(wentTo(script)).toEqual(['one', 'two']);
    expect(endpoints.outstanding).toBe(0);
  });

  it.each<[string, CallParts, ReturnType<typeof failure>]>([
    ['a POST whose connection was reset: it may have been processed', { method: 'POST' }, failure()],
    ['a timeout: the time is spent', {}, failure({ code: 'upstream_timeout' })],
    ['a wrong certificate', {}, failure({ sent: false, transient: false })],
    ['an answer that is none', {}, failure({ code: 'upstream_invalid_answer', transient: false })],
    ['the failure of somebody else, who issues the token', {}, failure({ provider: 'authorization', sent: false })],
  ])('does not send elsewhere %s', async (_what, call, error) => {
    const script = scripted(error);
    expect(await rejectionOf(send(script, call))).toBe(error);
    expect(script.calls).toHaveLength(1);
    expect(endpoints.outstanding).toBe(0);
  });

  it('sends a POST elsewhere that never left', async () => {
    const script = scripted(failure({ sent: false }), buildReply());
    await send(script, { method: 'POST' });
    expect(wentTo(script)).toEqual(['one', 'two']);
  });

  it('fails with the last error when all have failed', async () => {
    const script = scripted(failure({ sent: false }));
    await expect(send(script)).rejects.toMatchObject({ code: 'upstream_unreachable' });
    expect(wentTo(script)).toEqual(['one', 'two', 'three']);
    expect(endpoints.judged).toEqual(['one failure', 'two failure', 'three failure']);
  });

  it('gives a later attempt at the same call to a server that has not failed it', async () => {
    const script = scripted(buildReply(503), buildReply());
    const [call, stage] = [buildCall(), through(script)];
    await stage(call);
    await stage(call);
    expect(wentTo(script)).toEqual(['one', 'two']);
  });

  it('judges by the answer: 5xx is a failure, 4xx is none', async () => {
    await send(scripted(buildReply(503)));
    await send(scripted(buildReply(404)));
    expect(endpoints.judged).toEqual(['one failure', 'one success']);
  });

  it('tells nothing of a server when the caller left, or its circuit did not let the call through', async () => {
    await rejectionOf(send(scripted(new Error('gone'))));
    endpoints = new InOrder(['one']);
    await rejectionOf(send(scripted(failure({ code: 'circuit_open' }))));
    expect(endpoints.judged).toEqual(['one nothing']);
  });

  it('counts a server as busy until its answer has ended', async () => {
    const rest = new ReplyStream({ pause: () => undefined, resume: () => undefined, abort: () => undefined });
    await send(scripted({ ...buildReply(), rest }));
    expect(endpoints.outstanding).toBe(1);
    rest.leave(new Error('not wanted'));
    expect(endpoints.outstanding).toBe(0);
  });
});
