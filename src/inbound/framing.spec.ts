import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { findFault, toOriginForm } from './framing.ts';

const request = (url: string, host?: string): IncomingMessage =>
  ({
    url,
    method: 'GET',
    httpVersion: '1.1',
    headers: host === undefined ? {} : { host },
    rawHeaders: host === undefined ? [] : ['Host', host],
  }) as unknown as IncomingMessage;

describe('the target of a request', () => {
  it.each([
    ['/a?b', 'test', '/a?b'],
    ['//evil.example/a', 'test', '//evil.example/a'],
    ['http://test/a?b', 'test', '/a?b'],
    ['HTTPS://TEST:80/a', 'test:80', '/a'],
    ['http://test', 'test', '/'],
    ['http://test?b', 'test', '/?b'],
    ['http://test//evil.example', 'test', '//evil.example'],
  ])('%s of %s is the path %s', (url, host, path) => {
    expect(toOriginForm(request(url, host))).toBe(path);
  });

  it.each([
    ['http://test:80/a', 'test'],
    ['http://me@test/a', 'test'],
    ['http://other/a', 'test'],
    ['http:///a', ''],
    ['http://test/a', undefined],
    ['http://test/a#b', 'test'],
    ['ftp://test/a', 'test'],
    ['*', 'test'],
    ['', 'test'],
  ])('%s of %s is left as it is, and a fault', (url, host) => {
    expect(toOriginForm(request(url, host))).toBe(url);
    expect(findFault(request(url, host))?.getStatus()).toBe(400);
  });
});

describe('looking for faults', () => {
  it('takes no time that matters', () => {
    const names = ['Host', 'User-Agent', 'Accept', 'Accept-Encoding', 'Accept-Language', 'Authorization', 'Cookie'];
    const more = ['Connection', 'X-Request-Id', 'Traceparent', 'Sec-Fetch-Site', 'Sec-Fetch-Mode'];
    const rawHeaders = [...names, ...more].flatMap((name) => [name, 'localhost']);
    const one = { ...request('/gateway/origin/a', 'localhost:3000'), rawHeaders } as IncomingMessage;
    let bestUs = Infinity;
    for (let round = 0; round < 20; round += 1) {
      const startedAt = performance.now();
      for (let turn = 0; turn < 10_000; turn += 1) findFault(one);
      bestUs = Math.min(bestUs, (performance.now() - startedAt) / 10);
    }
    expect(bestUs).toBeLessThan(20);
  });
});
