import { createServer, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions } from '../../../test/support/build-call.ts';
import { reserveClosedPort } from '../../../test/upstreams/faults/closed-port.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { SystemClock } from '../../platform/clock.ts';
import { Secret } from '../../platform/secret.ts';
import { authorize } from '../credentials/authorize.ts';
import { BEARER } from '../credentials/token-placement.ts';
import { TokenSource } from '../credentials/token-source.ts';
import { compose, type Call, type Stage } from '../http/call.ts';
import { createTransport, type Transport } from '../http/transport.ts';
import { RetryBudget } from '../resilience/retry-budget.ts';
import { retry } from '../resilience/retry.ts';
import type { AttemptRecord } from './call-receipt.ts';

const clock = new SystemClock();
const options = buildOptions();

let listening: Listening;
let origin: string;
let transport: Transport;
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  listening = await listenLocally(createServer((_request, response) => answer(response)));
  origin = `http://127.0.0.1:${listening.port}`;
});
afterEach(async () => {
  await transport.close();
  await listening.close();
});

/** The record of the one attempt at a call of one attempt. */
const attemptAt = async (parts: Partial<Omit<Call, 'operation'>> = {}, ...inner: Stage[]): Promise<AttemptRecord> => {
  const call = buildCall({ origin, ...parts, operation: { maxAttempts: 1 } });
  transport = createTransport({ origins: [call.origin], options, clock });
  const outer = retry(options, { budget: new RetryBudget(options), clock, random: Math.random });
  await compose([outer, ...inner], transport.send)(call).catch(() => undefined);
  expect(call.receipt.attempts).toHaveLength(1);
  return call.receipt.attempts[0]!;
};

const expectOrder = (...times: (number | undefined)[]): void => {
  expect(times).toEqual(times.map(() => expect.any(Number)));
  expect(times).toEqual(times.toSorted((one, other) => one! - other!));
};

describe('the phases of an attempt', () => {
  it('follow each other: dispatched, sent, first byte, end', async () => {
    answer = (response) => void response.end('body');
    const { dispatchedMs, sentMs, firstByteMs, durationMs, status } = await attemptAt();
    expectOrder(0, dispatchedMs, sentMs, firstByteMs, durationMs);
    expect(status).toBe(200);
  });

  it('tell the first byte from the last', async () => {
    let answeredAt = 0;
    answer = (response) => {
      response.flushHeaders();
      // Nothing more before the head has been seen.
      finish = () => {
        answeredAt = clock.now();
        response.end('body');
      };
    };
    let finish = (): void => undefined;
    const noteHead = (): void => void setImmediate(() => finish());
    const { firstByteMs, durationMs } = await attemptAt({ noteHead });
    expectOrder(firstByteMs, durationMs);
    expect(answeredAt).toBeGreaterThan(0);
    expect(durationMs).toBeGreaterThan(firstByteMs!);
  });

  it('end before it is sent where nobody listens', async () => {
    const closed = await reserveClosedPort();
    const { dispatchedMs, sentMs, firstByteMs, durationMs, code } = await attemptAt({ origin: closed.url });
    await closed.close();
    expectOrder(0, dispatchedMs, durationMs);
    expect([sentMs, firstByteMs, code]).toEqual([undefined, undefined, 'upstream_unreachable']);
  });

  it('end before the first byte when the call is given up, or the connection closed', async () => {
    const controller = new AbortController();
    answer = () => controller.abort(new Error('enough'));
    const abandoned = await attemptAt({ signal: controller.signal });
    await transport.close();
    answer = (response) => response.destroy();
    for (const record of [abandoned, await attemptAt()]) {
      expectOrder(0, record.dispatchedMs, record.sentMs, record.durationMs);
      expect([record.firstByteMs, record.status]).toEqual([undefined, undefined]);
    }
  });

  it('are those of the last request, where the attempt needed two', async () => {
    const answers = [(response: ServerResponse) => void response.writeHead(401).end(), hangUp];
    answer = (response) => answers.shift()!(response);
    const stage = authorize({ source: new TwoTokens(), placement: BEARER, origin });
    const { dispatchedMs, sentMs, firstByteMs, durationMs } = await attemptAt({}, stage);
    expectOrder(0, dispatchedMs, sentMs, durationMs);
    expect([answers.length, firstByteMs]).toEqual([0, undefined]);
  });
});

const hangUp = (response: ServerResponse): void => void response.destroy();

class TwoTokens extends TokenSource {
  principal = () => undefined;
  read = () => Promise.resolve(new Secret('old'));
  override renew = () => Promise.resolve(new Secret('new'));
}
