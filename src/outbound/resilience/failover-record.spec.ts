import { describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions, buildReply } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { Endpoints, type EndpointStatus, type Lease } from '../endpoints/endpoints.ts';
import { compose, type Reply } from '../http/call.ts';
import { SENT_ELSEWHERE } from '../telemetry/decisions.ts';
import { failover } from './failover.ts';
import { RetryBudget } from './retry-budget.ts';
import { retry } from './retry.ts';

/** Two servers, the first before the second. */
class Pair extends Endpoints {
  readonly #endpoints = ['one', 'two'].map((id) => ({ id, origin: `http://${id}`, weight: 1, priority: 0 }));

  pick(_call: unknown, tried: ReadonlySet<Endpoint>): Lease | undefined {
    const endpoint = this.#endpoints.find((candidate) => !tried.has(candidate));
    return endpoint && { endpoint, judge: () => undefined, end: () => undefined };
  }

  status(): EndpointStatus[] {
    return [];
  }
}

/** What is told of a call of one attempt. */
const receiptOf = async (...steps: (Reply | Error)[]) => {
  const clock = new FakeClock();
  const options = buildOptions();
  const outer = retry(options, { budget: new RetryBudget(options), clock, random: Math.random });
  const inner = failover({ endpoints: new Pair(), clock, idempotencyHeader: options.idempotencyHeader });
  const call = buildCall({ operation: { maxAttempts: 1 } });
  await compose([outer, inner], scripted(...steps).send)(call).catch(() => undefined);
  return call.receipt;
};

const UNREACHABLE = failure({ sent: false });

describe('what is told of an attempt that has several servers', () => {
  it.each<[string, (Reply | Error)[], string]>([
    ['the one that answered', [buildReply()], 'one'],
    ['the one that failed', [failure({ code: 'upstream_timeout' })], 'one'],
    ['the last, when it was sent on', [UNREACHABLE, buildReply()], 'two'],
    ['the last, when none could be reached', [UNREACHABLE, UNREACHABLE], 'two'],
  ])('is %s', async (_what, steps, server) => {
    expect((await receiptOf(...steps)).attempts).toMatchObject([{ server }]);
  });

  it('is that it was sent on, and why', async () => {
    expect((await receiptOf(UNREACHABLE, buildReply())).decisions).toEqual([`${SENT_ELSEWHERE}: ECONNRESET`]);
    expect((await receiptOf(buildReply())).decisions).toEqual([]);
  });
});
