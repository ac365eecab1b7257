import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { currentContext } from '../../../src/platform/context/request-context.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA } from '../authentication/known-callers.ts';
import { startLedger, type LedgerScene } from './ledger-scene.ts';

let breakwater: LedgerScene;
beforeEach(async () => {
  breakwater = await startLedger();
});
afterEach(() => breakwater.close());

/** Sends a write; what is returned breaks the connection off. */
const write = (headers: Record<string, string>): (() => void) => {
  const outgoing = request(`${breakwater.url}/api/v1/ledger`, {
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${ADA}`, ...headers },
  });
  outgoing.on('error', () => undefined).end();
  return () => void outgoing.destroy();
};
const over = (): number => breakwater.logLines.filter((line) => line.includes('"status":499')).length;

describe('a caller that hangs up', () => {
  it('stops a write without a key', async () => {
    const stopped = Promise.withResolvers<Error>();
    breakwater.ledger.work = () => {
      const { cancellation } = currentContext()!;
      cancellation.addEventListener('abort', () => stopped.resolve(cancellation.reason));
      return stopped.promise;
    };
    const hangUp = write({});
    await eventually(() => expect(breakwater.ledger.written).toBe(1));
    hangUp();
    expect(await stopped.promise).toMatchObject({ name: 'CallerGone' });
  });

  it('does not stop one with a key, and learns how it ended when it asks again', async () => {
    const gate = Promise.withResolvers<object>();
    let aborted: boolean | undefined;
    breakwater.ledger.work = async () => {
      const { cancellation } = currentContext()!;
      const value = await gate.promise;
      aborted = cancellation.aborted;
      return value;
    };
    const hangUp = write({ 'idempotency-key': 'k' });
    await eventually(() => expect(breakwater.ledger.written).toBe(1));
    hangUp();
    await eventually(() => expect(over()).toBe(1));
    expect((await breakwater.send({ key: 'k' })).status).toBe(409);
    gate.resolve({ done: true });
    await eventually(async () => expect((await breakwater.send({ key: 'k' })).text).toBe('{"done":true}'));
    expect([breakwater.ledger.written, aborted]).toEqual([1, false]);
  });

  it('before anything is begun has nothing done, and may send it again', async () => {
    const claimed = breakwater.records.hold();
    const hangUp = write({ 'idempotency-key': 'k' });
    await claimed.reached;
    hangUp();
    await eventually(() => expect(over()).toBe(1));
    claimed.release();
    await eventually(async () => {
      const answer = await breakwater.send({ key: 'k' });
      expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([201, null]);
    });
    expect(breakwater.ledger.written).toBe(1);
  });
});
