import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Clock } from '../../../src/platform/clock.ts';
import { UpstreamError } from '../../../src/outbound/index.ts';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { GuardedModule } from '../authentication/guarded.module.ts';
import { ADA, createGuardedApp, GRACE, type GuardedApp } from '../authentication/known-callers.ts';

const ORIGIN = 'https://app.example.com';

let clock: FakeClock;
let breakwater: GuardedApp;

const start = async (env: Record<string, string>): Promise<void> => {
  breakwater = await createGuardedApp({
    imports: [GuardedModule],
    env: { CORS_ORIGINS: ORIGIN, OPS_TOKEN: 'a-token-for-operators-only', ...env },
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
};

beforeEach(() => {
  clock = new FakeClock();
});
afterEach(() => breakwater.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(breakwater.url + path, { headers });
const as = (token: string, path = '/api/v1/guarded'): Promise<Answer> =>
  get(path, { authorization: `Bearer ${token}` });
const open = (): Promise<Answer> => get('/api/v1/guarded/open');

const standing = ({ status, headers }: Answer): unknown[] => [status, headers.get('ratelimit')];

describe('with RATE_LIMIT=2/60', () => {
  beforeEach(() => start({ RATE_LIMIT: '2/60' }));

  it('who asks more often is refused, and told until when', async () => {
    await open();
    await clock.advance(10_500);
    await open();
    const refused = await open();
    const problem = {
      status: 429,
      code: 'too_many_requests',
      type: '/problems/too_many_requests',
      retryAfterMs: 49_500,
    };
    expect(problemOf(refused)).toMatchObject(problem);
    expect(refused.headers.get('retry-after')).toBe('50');
    expect(refused.headers.get('ratelimit-policy')).toBe('"default";q=2;w=60');
    expect(standing(refused)).toEqual([429, '"default";r=0;t=50']);
    for (const standingHeader of ['x-content-type-options', 'vary'])
      expect(refused.headers.get(standingHeader)).not.toBeNull();
  });

  it('every answer says what is left, until the window is over', async () => {
    expect(standing(await open())).toEqual([200, '"default";r=1;t=60']);
    expect(standing(await open())).toEqual([200, '"default";r=0;t=60']);
    expect((await open()).status).toBe(429);
    await clock.advance(60_000);
    expect(standing(await open())).toEqual([200, '"default";r=1;t=60']);
  });

  it('callers are counted by who they are, not by where they come from', async () => {
    expect(standing(await as(ADA))).toEqual([200, '"default";r=1;t=60']);
    await as(ADA);
    expect((await as(ADA)).status).toBe(429);
    expect(standing(await as(GRACE))).toEqual([200, '"default";r=1;t=60']);
    expect(standing(await open())).toEqual([200, '"default";r=1;t=60']);
  });

  it('refused credentials are counted by address, and shut out no caller who comes from there', async () => {
    expect(standing(await as('wrong'))).toEqual([401, '"default";r=1;t=60']);
    expect(standing(await get('/api/v1/guarded'))).toEqual([401, '"default";r=0;t=60']);
    expect((await as('wrong')).status).toBe(429);
    expect((await open()).status).toBe(429);
    expect((await as(ADA)).status).toBe(200);
  });

  it('a caller who may not is counted as well', async () => {
    expect(standing(await as(GRACE, '/api/v1/written/plain'))).toEqual([403, '"default";r=1;t=60']);
  });

  it('credentials that nobody can verify right now are counted by address', async () => {
    const failure = { code: 'upstream_timeout', provider: 'authorization', operation: 'x', reason: 'y' } as const;
    breakwater.tokens.answer = () => Promise.reject(new UpstreamError(failure));
    expect(standing(await as('other'))).toEqual([504, '"default";r=1;t=60']);
    expect(standing(await open())).toEqual([200, '"default";r=0;t=60']);
  });

  it.each(['/health/live', '/health/ready', '/health/providers', '/api/v1/guarded/on-call'])(
    '%s is not counted',
    async (path) => {
      for (let request = 0; request < 5; request += 1)
        expect(standing(await as('a-token-for-operators-only', path))).toEqual([200, null]);
      expect(standing(await open())).toEqual([200, '"default";r=1;t=60']);
    },
  );

  it('nobody gets another limit by saying to come from elsewhere', async () => {
    await get('/api/v1/guarded/open', { 'x-forwarded-for': '203.0.113.1' });
    await get('/api/v1/guarded/open', { 'x-forwarded-for': '203.0.113.2' });
    expect((await get('/api/v1/guarded/open', { 'x-forwarded-for': '203.0.113.3' })).status).toBe(429);
  });

  it('addresses of one network are one', async () => {
    const server = breakwater.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();
    const from = async (remoteAddress: string): Promise<number> =>
      (await server.inject({ url: '/api/v1/guarded/open', headers: { host: 'test' }, remoteAddress })).statusCode;
    const addresses = ['2001:db8::1', '2001:db8::2', '2001:db8:0:0:ffff::3', '2001:db8:0:1::1', '10.0.0.1'];
    const statuses: number[] = [];
    for (const address of addresses) statuses.push(await from(address));
    expect(statuses).toEqual([200, 200, 429, 200, 200]);
  });

  it('scripts of listed origins may read how they stand', async () => {
    const { headers } = await get('/api/v1/guarded/open', { origin: ORIGIN });
    const exposed = headers.get('access-control-expose-headers')?.split(', ');
    expect(exposed).toEqual(expect.arrayContaining(['RateLimit', 'RateLimit-Policy', 'Retry-After']));
  });
});

describe('behind a proxy that is trusted', () => {
  it('callers are counted by the address that it names', async () => {
    await start({ RATE_LIMIT: '1/60', TRUST_PROXY: 'loopback' });
    const from = async (address: string): Promise<number> =>
      (await get('/api/v1/guarded/open', { 'x-forwarded-for': address })).status;
    expect([await from('203.0.113.1'), await from('203.0.113.2'), await from('203.0.113.1')]).toEqual([200, 200, 429]);
  });
});

describe('without RATE_LIMIT', () => {
  it('nobody is limited, and no answer speaks of it', async () => {
    await start({});
    for (let request = 0; request < 20; request += 1) expect(standing(await open())).toEqual([200, null]);
  });
});
