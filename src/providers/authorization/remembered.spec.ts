import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { currentContext, RequestContext, runInContext } from '../../platform/context/request-context.ts';
import { Remembered } from './remembered.ts';

let clock: FakeClock;
let remembered: Remembered<number>;
const fetch = jest.fn<() => Promise<number>>();

beforeEach(() => {
  clock = new FakeClock();
  fetch.mockReset();
  let count = 0;
  fetch.mockImplementation(() => Promise.resolve((count += 1)));
  remembered = new Remembered({ fetch, freshMs: 10_000, maxMs: 60_000 }, clock);
});

describe('a remembered value', () => {
  it('is fetched once for all who ask at first', async () => {
    expect(await Promise.all([remembered.get(), remembered.get(), remembered.get()])).toEqual([1, 1, 1]);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('is fetched on behalf of no request: none could cancel it for the others', async () => {
    const contexts: unknown[] = [];
    fetch.mockImplementation(async () => contexts.push(currentContext()));
    await runInContext(new RequestContext('first', undefined, Infinity), () => remembered.get());
    expect(contexts).toEqual([undefined]);
  });

  it('is given as it is while it is fresh', async () => {
    await remembered.get();
    await clock.advance(9_999);
    expect([await remembered.get(), fetch.mock.calls.length]).toEqual([1, 1]);
  });

  it('is renewed behind the back of who asks when it is not', async () => {
    await remembered.get();
    await clock.advance(10_000);
    expect(await remembered.get()).toBe(1);
    await settled();
    expect(await remembered.get()).toBe(2);
  });

  it('is waited for when it is too old', async () => {
    await remembered.get();
    await clock.advance(60_000);
    expect(await remembered.get()).toBe(2);
  });

  it('is as old as the moment at which it was asked for', async () => {
    fetch.mockImplementationOnce(() => new Promise((resolve) => void clock.schedule(() => resolve(7), 10_000)));
    const first = remembered.get();
    await clock.advance(10_000);
    expect(await first).toBe(7);
    await remembered.get();
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('is kept while it cannot be renewed, but not for ever', async () => {
    await remembered.get();
    const failure = new Error('down');
    fetch.mockRejectedValue(failure);
    await clock.advance(59_999);
    expect(await remembered.get()).toBe(1);
    await clock.advance(1_000);
    expect(await rejectionOf(remembered.get())).toBe(failure);
  });

  it('that cannot be had is asked for once a second', async () => {
    fetch.mockRejectedValue(new Error('down'));
    const [first, second] = await Promise.all([rejectionOf(remembered.get()), rejectionOf(remembered.get())]);
    await clock.advance(999);
    expect([second, await rejectionOf(remembered.get())]).toEqual([first, first]);
    expect([fetch.mock.calls.length, remembered.isFailing]).toEqual([1, true]);
    await clock.advance(1);
    await rejectionOf(remembered.get());
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});
