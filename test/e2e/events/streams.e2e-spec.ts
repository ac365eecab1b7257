import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { toOwnerKey } from '../../../src/platform/context/owner-key.ts';
import { ask, problemOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA, ADAS_SESSION, callerOf, GRACE } from '../authentication/known-callers.ts';
import { createListeningApp, type ListeningApp } from './listening-app.ts';

let breakwater: ListeningApp;
beforeAll(async () => {
  breakwater = await createListeningApp({ env: { PUBLIC_URL: 'https://api.example.com' } });
});
afterEach(() => breakwater.dropAll());
afterAll(() => breakwater.close());

const get = (topic: string, headers: Record<string, string> = {}, method = 'GET') =>
  ask(`${breakwater.url}/api/v1/events/${topic}`, { headers, method });

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('listening is refused', () => {
  it.each(['none', 'probe-public%20', 'PROBE-PUBLIC', '__proto__', 'constructor', '%00', 'z'.repeat(2_000)])(
    'for a topic that is not there: %s',
    async (topic) => {
      const answer = await get(topic);
      expect(problemOf(answer)).toMatchObject({ status: 404, code: 'not_found' });
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    },
  );

  it.each([
    ['probe-scoped', {}, 401],
    ['probe-owned', {}, 401],
    ['probe-scoped', bearer('wrong'), 401],
    ['probe-scoped', bearer(GRACE), 403],
    ['probe-scoped', { cookie: '__Host-session=another' }, 401],
  ])('on %s with %j: %i', async (topic, headers, status) => {
    const answer = await get(topic, headers);
    expect(problemOf(answer)).toMatchObject({ status });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('with %s', async (method) => {
    expect(problemOf(await get('probe-public', {}, method))).toMatchObject({ status: 404, code: 'not_found' });
  });

  it.each([
    'lastEventId=1&lastEventId=2',
    `lastEventId=${'1'.repeat(129)}`,
    'lasteventid=1',
    'lastEventId[a]=1',
    'access_token=x',
  ])('with a query that cannot be used: %s', async (query) => {
    expect(problemOf(await get(`probe-public?${query}`))).toMatchObject({ status: 400, code: 'invalid_request' });
  });
});

describe('a stream', () => {
  it('begins at once, and is for nobody to keep, to gather or to compress', async () => {
    const source = breakwater.source('probe-public');
    await source.connect();
    expect(source.status).toBe(200);
    expect(source.answerHeaders).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    });
    for (const name of ['etag', 'content-encoding', 'content-length', 'set-cookie'])
      expect(source.answerHeaders).not.toHaveProperty(name);
    await eventually(() => expect(source.parser.comments).toEqual(['listening']));
    expect(source.parser.retryMs).toBeGreaterThanOrEqual(2_000);
    expect(source.parser.retryMs).toBeLessThan(5_000);
  });

  it('tells not all to come back at the same time', async () => {
    const sources = Array.from({ length: 8 }, () => breakwater.source('probe-public'));
    await Promise.all(sources.map((source) => source.connect()));
    await eventually(() => sources.forEach(({ parser }) => expect(parser.retryMs).toBeDefined()));
    expect(new Set(sources.map(({ parser }) => parser.retryMs)).size).toBeGreaterThan(1);
  });

  it('is not compressed for who would like that', async () => {
    const source = breakwater.source('probe-public');
    Object.assign(source.headers, { 'accept-encoding': 'gzip, br' });
    await source.connect();
    await breakwater.publish('probe-public', 'x'.repeat(5_000));
    await eventually(() => expect(source.dataOf()).toEqual(['x'.repeat(5_000)]));
    expect(source.answerHeaders).not.toHaveProperty('content-encoding');
  });

  it('tells all who listen of what happens', async () => {
    const sources = await Promise.all([0, 1, 2].map(() => breakwater.source('probe-public').connect()));
    await breakwater.publish('probe-public', { id: 7 });
    for (const source of sources) {
      await eventually(() => expect(source.dataOf()).toEqual([{ id: 7 }]));
      expect(source.events[0]).toMatchObject({ type: 'probe.changed', id: source.parser.lastEventId });
    }
  });

  it('is for who has all scopes, and for that caller alone to keep', async () => {
    const source = await breakwater.source('probe-scoped', { token: ADA }).connect();
    expect(source.answerHeaders['cache-control']).toBe('private, no-cache, no-transform');
    expect(source.answerHeaders.vary).toContain('Authorization, Cookie');
    await breakwater.publish('probe-scoped', 1);
    await breakwater.publish('probe-public', 2);
    await breakwater.publish('probe-scoped', 3);
    await eventually(() => expect(source.dataOf()).toEqual([1, 3]));
  });

  it('is for who has a session, too', async () => {
    const source = breakwater.source('probe-scoped');
    Object.assign(source.headers, { cookie: `__Host-session=${ADAS_SESSION}` });
    await source.connect();
    await breakwater.publish('probe-scoped', 1);
    await eventually(() => expect(source.dataOf()).toEqual([1]));
  });

  it('tells nobody of what is of others', async () => {
    const [ada, grace] = [ADA, GRACE].map((token) => breakwater.source('probe-owned', { token }));
    for (const source of [ada!, grace!]) await source.connect();
    const owner = (name: string) => toOwnerKey(callerOf(name));
    await breakwater.publish('probe-owned', 'for ada', owner('ada'));
    await breakwater.publish('probe-owned', 'for grace', owner('grace'));
    await breakwater.publish('probe-owned', 'for ada again', owner('ada'));
    await eventually(() => expect(ada!.dataOf()).toEqual(['for ada', 'for ada again']));
    await eventually(() => expect(grace!.dataOf()).toEqual(['for grace']));
  });

  it('has a head only, when that is what was asked for, and takes no place', async () => {
    for (let count = 0; count < 40; count += 1) {
      const answer = await get('probe-public', {}, 'HEAD');
      expect([answer.status, answer.text]).toEqual([200, '']);
      expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    }
    expect((await get('probe-scoped', {}, 'HEAD')).status).toBe(401);
  });

  it('has one line in the log, when it is over', async () => {
    const source = await breakwater.source('probe-public').connect();
    const requestId = String(source.answerHeaders['x-request-id']);
    const lines = () => breakwater.logLines.filter((line) => line.includes(requestId));
    await eventually(() => expect(source.parser.comments).toHaveLength(1));
    expect(lines()).toEqual([]);
    await source.drop();
    await eventually(() => expect(lines()).toHaveLength(1));
    expect(JSON.parse(lines()[0]!)).toMatchObject({ route: '/api/v1/events/:topic', level: 'info' });
  });

  it('is told of in the documentation', async () => {
    const document = JSON.parse((await ask(`${breakwater.url}/docs/openapi.json`)).text) as {
      paths: Record<string, { get: { responses: object; parameters: { name: string }[] } }>;
    };
    const { responses, parameters } = document.paths['/api/v1/events/{topic}']!.get;
    expect(Object.keys(responses).sort()).toEqual(['200', '400', '401', '403', '404', '429', '503']);
    expect(responses).toMatchObject({ 200: { content: { 'text/event-stream': expect.anything() as object } } });
    expect(parameters.map(({ name }) => name).sort()).toEqual(['Last-Event-ID', 'lastEventId', 'topic']);
  });
});
