import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../config/read-options.ts';
import { Secret } from '../secret.ts';
import { RedisOptions } from './redis.config.ts';
import { toConnectionOptions } from './to-connection-options.ts';

const read = (url: string) => readOptions({ type: RedisOptions, prefix: 'REDIS_' }, { REDIS_URL: url });

describe('REDIS_URL', () => {
  it.each([
    'localhost:6379',
    'http://localhost:6379',
    'redis://',
    'redis:///0',
    'redis://localhost/cache',
    'redis://localhost/0/1',
    'redis://:hunter2@localhost?tls=false',
    'redis://localhost#fragment',
    'redis://localhost:99999',
  ])('refuses %j, and shows nothing of it', (url) => {
    const remedy: unknown = expect.stringMatching(/^give redis:\/\/.* or rediss:\/\/ for TLS/);
    expect(read(url).problems).toEqual([{ variable: 'REDIS_URL', value: '[redacted]', remedy }]);
  });

  it.each(['redis://localhost', 'redis://ada:p%40ss@10.0.0.7:6380/3', 'rediss://cache.example/', 'redis://[::1]:6379'])(
    'takes %j',
    (url) => {
      const { options, problems } = read(url);
      expect([options.url?.reveal(), problems]).toEqual([url, []]);
    },
  );

  it('is not needed', () => {
    expect(read('')).toEqual({ options: {}, problems: [] });
  });

  it.each([
    ['redis://localhost', { host: 'localhost', port: 6379, username: undefined, password: undefined, db: 0 }],
    ['redis://ada:p%40ss@10.0.0.7:6380/3', { host: '10.0.0.7', port: 6380, username: 'ada', password: 'p@ss', db: 3 }],
    ['redis://:hunter2@[::1]:7000/', { host: '::1', port: 7000, username: undefined, password: 'hunter2', db: 0 }],
  ])('%j leads there, without TLS', (url, expected) => {
    const options = toConnectionOptions(new Secret(url), 'cache');
    expect(options).toMatchObject(expected);
    expect(options).not.toHaveProperty('tls');
  });
});
