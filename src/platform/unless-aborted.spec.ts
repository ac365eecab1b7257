import { describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { rejectionOf } from '../../test/support/rejection-of.ts';
import { settled } from '../../test/support/fake-clock.ts';
import { unlessAborted } from './unless-aborted.ts';

const LEFT = new Error('left');

describe('unlessAborted', () => {
  it('rejects at once, with the reason, when the signal has aborted before', async () => {
    expect(await rejectionOf(unlessAborted(new Promise(() => undefined), AbortSignal.abort(LEFT)))).toBe(LEFT);
    expect(await rejectionOf(unlessAborted(Promise.resolve('value'), AbortSignal.abort(LEFT)))).toBe(LEFT);
  });

  it('rejects with the reason as soon as the signal aborts', async () => {
    const controller = new AbortController();
    const ended = rejectionOf(unlessAborted(new Promise(() => undefined), controller.signal));
    controller.abort(LEFT);
    expect(await ended).toBe(LEFT);
  });

  it('is what the promise comes to, when that is sooner', async () => {
    const controller = new AbortController();
    expect(await unlessAborted(Promise.resolve('value'), controller.signal)).toBe('value');
    const failure = new Error('failed');
    expect(await rejectionOf(unlessAborted(Promise.reject(failure), controller.signal))).toBe(failure);
    controller.abort(LEFT);
  });

  it('ends the wait of one, and nothing that others wait for', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const controller = new AbortController();
    const leaving = rejectionOf(unlessAborted(promise, controller.signal));
    const staying = unlessAborted(promise, new AbortController().signal);
    controller.abort(LEFT);
    expect(await leaving).toBe(LEFT);
    resolve('value');
    expect(await staying).toBe('value');
  });

  it.each([
    ['fulfilled', () => Promise.resolve('value')],
    ['rejected', () => Promise.reject(new Error('failed'))],
  ])('leaves nothing behind on the signal once the promise is %s', async (_how, begin) => {
    const { signal } = new AbortController();
    for (let turn = 0; turn < 3; turn += 1) await unlessAborted(begin(), signal).catch(() => undefined);
    await settled();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('lets a failure that comes after the abort pass unheard', async () => {
    const { promise, reject } = Promise.withResolvers<string>();
    const unhandled: unknown[] = [];
    const hear = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', hear);
    expect(await rejectionOf(unlessAborted(promise, AbortSignal.abort(LEFT)))).toBe(LEFT);
    reject(new Error('late'));
    await settled();
    await settled();
    process.off('unhandledRejection', hear);
    expect(unhandled).toEqual([]);
  });
});
