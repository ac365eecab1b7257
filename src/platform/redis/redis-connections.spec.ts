import { once } from 'node:events';
import { createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../test/support/start-redis.ts';
import { WRONG_CERTIFICATE } from '../../../test/upstreams/faults/wrong-certificate.ts';
import { SystemClock } from '../clock.ts';
import { Secret } from '../secret.ts';
import { RedisConnections } from './redis-connections.ts';

const connectTo = (url: string): RedisConnections => new RedisConnections({ url: new Secret(url) }, new SystemClock());

describe('RedisConnections', () => {
  it('opens none when there is no Redis', async () => {
    const connections = new RedisConnections({}, new FakeClock());
    expect(connections.isConfigured).toBe(false);
    await expect(connections.open('cache')).rejects.toThrow('There is no Redis for cache: set REDIS_URL');
    await connections.onApplicationShutdown();
  });

  it('tries again by itself, and stops trying when it is closed', async () => {
    const connections = connectTo('redis://127.0.0.1:1');
    const redis = await connections.open('cache');
    let attempts = 0;
    redis.on('connecting', () => (attempts += 1));
    await eventually(() => expect(attempts).toBeGreaterThan(2));
    await eventually(() => expect(redis.status).toBe('reconnecting'));
    await connections.onApplicationShutdown();
    const attemptsSoFar = attempts;
    // The next one was due in less than that.
    await expect(eventually(() => expect(attempts).toBeGreaterThan(attemptsSoFar), 300)).rejects.toThrow();
  });

  it('trusts no server whose certificate nobody vouches for', async () => {
    let heard = '';
    const server = createServer(WRONG_CERTIFICATE, (socket) => socket.on('data', (data) => (heard += String(data))));
    server.on('tlsClientError', () => undefined);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const connections = connectTo(`rediss://:hunter2@127.0.0.1:${(server.address() as AddressInfo).port}`);
    const redis = await connections.open('cache');
    const [error] = (await once(redis, 'error').catch((thrown: unknown) => [thrown])) as [{ code?: string }];
    expect([error.code, heard]).toEqual(['DEPTH_ZERO_SELF_SIGNED_CERT', '']);
    await connections.onApplicationShutdown();
    server.close();
  });
});

describeWithRedis('RedisConnections, with a Redis', () => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  it('gives each purpose a connection of its own, with its name and database', async () => {
    const connections = connectTo(`${server.url}/3`);
    const [cache] = await Promise.all([connections.open('cache'), connections.open('jobs')]);
    await once(cache, 'ready');
    const clients = String(await cache.client('LIST'));
    expect(clients).toMatch(/ name=breakwater:cache .* db=3 /);
    expect(clients).toMatch(/ name=breakwater:jobs /);
    await connections.onApplicationShutdown();
  });

  it('lets what was sent be answered before it closes', async () => {
    const connections = connectTo(server.url);
    const redis = await connections.open('cache');
    await once(redis, 'ready');
    const answer = redis.set('key', 'value');
    await connections.onApplicationShutdown();
    expect(await answer).toBe('OK');
    await eventually(() => expect(redis.status).toBe('end'));
  });

  it('does not wait long for a Redis that hangs', async () => {
    const connections = connectTo(server.url);
    const redis = await connections.open('cache');
    await once(redis, 'ready');
    server.pause();
    const startedAt = performance.now();
    await connections.onApplicationShutdown();
    expect(performance.now() - startedAt).toBeLessThan(6_000);
    server.resume();
  });
});
