import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask } from '../support/ask.ts';
import { callAs } from '../support/caller.ts';
import { eventually } from '../support/eventually.ts';
import { startOrigin, type OriginStandIn, type Resource } from './origin.stand-in.ts';

let origin: OriginStandIn;
beforeEach(async () => {
  origin = await startOrigin({ wallTime: () => 0 });
});
afterEach(() => origin.close());

const get = ({ path }: Resource, headers: Record<string, string> = {}) => ask(origin.url + path, { headers });

describe('the origin stand-in', () => {
  it('answers 404 where nothing is served', async () => {
    expect((await ask(`${origin.url}/nothing`)).status).toBe(404);
  });

  it('plays its answers in order, the last one for ever, and remembers who asked', async () => {
    const thing = origin.serve({ status: 500 }, { body: 'sound' }, {});
    const answers = [await get(thing), await get(thing), await get(thing, { 'x-a': '1' }), await get(thing)];
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [500, '1'],
      [200, 'sound'],
      [200, '3'],
      [200, '4'],
    ]);
    expect(thing.requests.map(({ method, headers }) => [method, headers['x-a']])[2]).toEqual(['GET', '1']);
  });

  it('changes its mind when told to, at that path only', async () => {
    const [thing, other] = [origin.serve({ body: 'old' }), origin.serve({ body: 'other' })];
    thing.answer({ body: 'new' });
    expect([(await get(thing)).text, (await get(other)).text]).toEqual(['new', 'other']);
  });

  it('sends the headers it is given, repeated ones too, a Date by its own time, and a length', async () => {
    const thing = origin.serve({ headers: { vary: ['a', 'b'], 'cache-control': 'max-age=1' } });
    const { headers } = await get(thing);
    expect([headers.get('vary'), headers.get('cache-control')]).toEqual(['a, b', 'max-age=1']);
    expect(headers.get('date')).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
    expect(headers.get('content-length')).toBe('1');
    thing.answer({ headers: { Date: undefined, 'Content-Length': undefined } });
    const bare = (await get(thing)).headers;
    expect([bare.get('date'), bare.get('content-length')]).toEqual([null, null]);
  });

  it('answers by the request', async () => {
    const thing = origin.serve(({ headers }) => (headers['if-none-match'] ? { status: 304 } : { body: 'all' }));
    expect((await get(thing)).text).toBe('all');
    expect((await get(thing, { 'if-none-match': '"1"' })).status).toBe(304);
  });

  it('breaks off in the middle', async () => {
    await expect(get(origin.serve('reset'))).rejects.toThrow();
  });

  it.each(['hang', { latencyMs: 10_000 }] as const)('counts who hangs up before the answer: %j', async (step) => {
    const thing = origin.serve(step);
    const caller = callAs(origin.url + thing.path);
    await eventually(() => expect(thing.requests).toHaveLength(1));
    await caller.hangUp();
    await eventually(() => expect(thing.aborted).toBe(1));
    expect((await get(origin.serve({}))).status).toBe(200);
  });
});
