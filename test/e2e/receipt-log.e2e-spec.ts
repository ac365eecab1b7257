import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallReceipt } from '../../src/outbound/index.ts';
import { Clock, SystemClock } from '../../src/platform/clock.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startPokeApi, type PokeApiStandIn } from '../upstreams/pokeapi.stand-in.ts';

interface CallLine {
  readonly level: string;
  readonly call: CallReceipt;
}

let pokeApi: PokeApiStandIn;
beforeAll(async () => {
  pokeApi = await startPokeApi({ notFoundLatencyMs: 0 });
});
afterAll(() => pokeApi.close());

/** The lines about calls that one request leaves in the log. Time may stand still: a busy machine makes no call slow then. */
const callLinesOf = async (path: string, url: string, clock: Clock = new SystemClock()): Promise<CallLine[]> => {
  const app: TestApp = await createApp({
    env: { POKEAPI_URL: url, POKEAPI_BACKOFF_BASE_MS: '1' },
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
  await fetch(app.url + path);
  await app.close();
  return app.logLines.map((line) => JSON.parse(line) as Partial<CallLine>).filter((line) => line.call) as CallLine[];
};

describe('the log of upstream calls', () => {
  it('has no line for a call that went well', async () => {
    expect(await callLinesOf('/api/v1/getCharizard', pokeApi.url, new FakeClock())).toEqual([]);
  });

  it('does not call it a failure when the upstream says that there is no such thing', async () => {
    expect(await callLinesOf('/api/v1/pokemon/missingno', pokeApi.url, new FakeClock())).toEqual([]);
  });

  it('has one line for a call that failed, with every attempt and the reasons', async () => {
    const lines = await callLinesOf('/api/v1/getCharizard', 'http://127.0.0.1:1');
    expect(lines).toMatchObject([
      {
        level: 'warn',
        call: {
          provider: 'pokeapi',
          template: '/pokemon/{}',
          outcome: 'upstream_unreachable',
          durationMs: expect.any(Number),
        },
      },
    ]);
    expect(lines[0]?.call.attempts.map(({ error }) => error)).toEqual(['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED']);
    expect(lines[0]?.call.decisions).toEqual([
      'retried: ECONNREFUSED: nothing was sent',
      'retried: ECONNREFUSED: nothing was sent',
      'not retried: attempts made: 3',
      'ended: ECONNREFUSED',
    ]);
  });
});
