import { getEventListeners } from 'node:events';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import { currentContext, outsideContext, RequestContext } from '../../platform/context/request-context.ts';
import { readForRequest } from './read-for-request.ts';

let context: RequestContext;
let isTold: boolean;
beforeEach(() => {
  context = new RequestContext('this-one', undefined, Infinity);
  isTold = false;
});

/** Pages that do as `next` does, and know when no more are wanted. */
const pagesOf = (next: () => Promise<number>): AsyncIterable<number> => ({
  [Symbol.asyncIterator]: () => ({
    next: async () => ({ done: false, value: await next() }),
    return: () => {
      isTold = true;
      return Promise.resolve({ done: true, value: undefined });
    },
  }),
});

describe('pages read for a request', () => {
  it('end at once when it is aborted, whatever they wait for', async () => {
    const read = readForRequest(
      pagesOf(() => new Promise(() => undefined)),
      context,
    );
    const next = read.next();
    context.abort(new CallerGone());
    expect(await rejectionOf(next)).toBeInstanceOf(CallerGone);
    expect(isTold).toBe(true);
  });

  it('are not asked for once it is aborted', async () => {
    let asked = 0;
    const read = readForRequest(
      pagesOf(() => Promise.resolve((asked += 1))),
      context,
    );
    await read.next();
    context.abort(new CallerGone());
    expect(await rejectionOf(read.next())).toBeInstanceOf(CallerGone);
    expect(asked).toBe(1);
  });

  it('fail as they fail, thrown at once or later', async () => {
    const mistake = new TypeError('a mistake');
    const thrown = readForRequest(
      pagesOf(() => {
        throw mistake;
      }),
      context,
    );
    expect(await rejectionOf(thrown.next())).toBe(mistake);
    const rejected = readForRequest(
      pagesOf(() => Promise.reject(mistake)),
      context,
    );
    expect(await rejectionOf(rejected.next())).toBe(mistake);
  });

  it('hear that no more are wanted, and may not like it', async () => {
    const sulking: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: false, value: 1 }),
        return: () => ((isTold = true), Promise.reject(new Error('not now'))),
      }),
    };
    const read = readForRequest(sulking, context);
    await read.next();
    await read.return();
    expect(isTold).toBe(true);
  });

  it('are read in its context, wherever they are asked for', async () => {
    const ids: (string | undefined)[] = [];
    const read = readForRequest(
      pagesOf(() => Promise.resolve(ids.push(currentContext()?.requestId))),
      context,
    );
    for (let count = 0; count < 3; count += 1) await outsideContext(() => read.next());
    expect(ids).toEqual(['this-one', 'this-one', 'this-one']);
  });

  it('leave nothing behind, however many there are', async () => {
    const source = { cacheStatus: 'cms; fwd=bypass', storable: false, isPrivate: false, ageMs: 0, lifetimeMs: 0 };
    const rest = { browserLifetimeMs: 0, staleWhileRevalidateMs: 0, staleIfErrorMs: 0 };
    const read = readForRequest(
      pagesOf(() => Promise.resolve(currentContext()!.freshness.add({ ...source, ...rest })).then(() => 1)),
      context,
    );
    for (let count = 0; count < 100; count += 1) await read.next();
    expect(context.freshness.sources).toEqual([]);
    expect(getEventListeners(context.signal, 'abort')).toEqual([]);
  });
});
