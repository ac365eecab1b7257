import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../src/inbound/problems/problem.ts';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';

let raw: RawGateway;
beforeAll(async () => {
  raw = await startRawGateway(
    // Where a path ends up that is cut in the wrong place.
    ({ url }) => ({ name: 'y', public: true, target: { endpoints: [url] } }),
  );
});
beforeEach(() => raw.forget());
afterAll(() => raw.close());

const get = (target: string): string => head(`GET ${target}`, 'Connection: close');

const expectRefused = async (target: string, statuses: readonly number[]): Promise<void> => {
  const answer = await raw.say(get(target));
  expect(statuses).toContain(answer.status);
  expect((JSON.parse(answer.text) as Problem).status).toBe(answer.status);
  await raw.expectUnreached();
};

describe('a name that is no route reaches no upstream', () => {
  it.each([
    ...['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype', '%5f_proto__', 'undefined', 'null', ''],
    ...[
      '%6fpen',
      'OPEN',
      'open%00',
      'open;x',
      'open%20',
      '.open',
      'open.',
      '%2fopen',
      '*',
      '{route}',
      ':route',
      'open%2f',
    ],
  ])('/gateway/%s/echo', (name) => expectRefused(`/gateway/${name}/echo`, [400, 404]));

  it.each([
    ...['/%67ateway/open/echo', '/g%61teway/y/echo', '/%67ateway/y/echo', '/%67ateway/echo', '/gatewa%79/echo'],
    ...[
      '//gateway/open/echo',
      '/x/../gateway/open/echo',
      '/gateway//open/echo',
      '/Gateway/open/echo',
      '/gateway;/open/echo',
    ],
    ...[
      '/gateway%2fopen/echo',
      '/gateway\\open\\echo',
      '/api/../gateway/open/echo',
      '/gateway/open%2fecho',
      '/gateway?/open/echo',
    ],
  ])('%s', (target) => expectRefused(target, [400, 401, 404]));
});
