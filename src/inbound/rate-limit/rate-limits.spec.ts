import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { captureLog } from '../../../test/support/captured-log.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { describeWithRedis, startRedis } from '../../../test/support/start-redis.ts';
import { RedisConnections } from '../../platform/redis/redis-connections.ts';
import { Secret } from '../../platform/secret.ts';
import { TooManyRequests } from '../problems/too-many-requests.ts';
import type { RateLimit } from './rate-limit.ts';
import { RateLimits } from './rate-limits.ts';

const request = { ip: '10.0.0.1' } as FastifyRequest;

/** Only its headers matter. */
class Reply {
  readonly sent: Record<string, string> = {};

  getHeader(name: string): string | undefined {
    return this.sent[name];
  }

  header(name: string, value: string): void {
    this.sent[name] = value;
  }
}

const open = (url?: string) => {
  const clock = new FakeClock();
  const connections = new RedisConnections(url === undefined ? {} : { url: new Secret(url) }, clock);
  return { clock, connections, limits: new RateLimits(clock, captureLog().log, connections) };
};

/** What is left after one more request. */
const leftOf = async (limit: RateLimit): Promise<number> =>
  Number(/;r=(\d+);/.exec((await limit.count(request)).headers.ratelimit)?.[1]);

describe('limits by several policies', () => {
  it('count apart, each under its own name', async () => {
    const { limits } = open();
    const [one, other] = [await limits.open('one', '5/60'), await limits.open('other', '5/60')];
    expect([await leftOf(one), await leftOf(one), await leftOf(other)]).toEqual([4, 3, 4]);
    const reply = new Reply();
    for (const limit of [one, other]) await limit.admit(request, reply as unknown as FastifyReply);
    expect(reply.sent).toEqual({
      'ratelimit-policy': '"one";q=5;w=60, "other";q=5;w=60',
      ratelimit: '"one";r=2;t=60, "other";r=3;t=60',
    });
  });

  it('go on where another of the same name and text is or was, and begin anew when the text is another', async () => {
    const { limits } = open();
    await leftOf(await limits.open('one', '5/60'));
    for (let reload = 0; reload < 3; reload += 1)
      expect(await leftOf(await limits.open('one', '5/60'))).toBe(3 - reload);
    for (const text of ['6/60', '6/61']) expect(await leftOf(await limits.open('one', text))).toBe(5);
  });

  it('refuse each for itself', async () => {
    const { limits } = open();
    const [one, other] = [await limits.open('one', '1/60'), await limits.open('other', '2/60')];
    const admit = (limit: RateLimit) => limit.admit(request, new Reply() as unknown as FastifyReply);
    await admit(one);
    expect(await rejectionOf(admit(one))).toBeInstanceOf(TooManyRequests);
    expect([one.isBarred(request), other.isBarred(request)]).toEqual([true, false]);
    await admit(other);
  });

  it('are off without a text', async () => {
    expect((await open().limits.open('one', undefined)).isOn).toBe(false);
  });
});

describeWithRedis('limits by several policies, in a Redis', () => {
  it('count apart, on one connection, however often they are opened', async () => {
    const redis = await startRedis();
    const { limits, connections } = open(redis.url);
    try {
      const opened: RateLimit[] = [];
      for (let reload = 0; reload < 300; reload += 1)
        opened.push(await limits.open('default', '900/60'), await limits.open(`route.${reload % 3}`, '900/60'));
      const seen = await connections.open('a test');
      await eventually(async () => {
        for (const limit of opened.slice(-6)) await limit.count(request);
        expect((await seen.keys('breakwater:*')).sort()).toEqual([
          'breakwater:rate-limit:v1/route.0/900/60:address:10.0.0.1',
          'breakwater:rate-limit:v1/route.1/900/60:address:10.0.0.1',
          'breakwater:rate-limit:v1/route.2/900/60:address:10.0.0.1',
          'breakwater:rate-limit:v1:address:10.0.0.1',
        ]);
      });
      const clients = String(await seen.client('LIST'));
      expect(clients.match(/^id=/gm)?.length).toBe(2);
    } finally {
      await connections.onApplicationShutdown();
      await redis.stop();
    }
  });
});
