import { createHook } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { collectGarbage } from './collect-garbage.ts';
import { keepTickShape } from './keep-tick-shape.ts';

/** What Node made for ticks that `work` asked for. */
const ticksOf = (work: () => void): WeakRef<object>[] => {
  const made: WeakRef<object>[] = [];
  const init = (_id: number, type: string, _trigger: number, resource: object): void => {
    if (type === 'TickObject') made.push(new WeakRef(resource));
  };
  const hook = createHook({ init }).enable();
  work();
  hook.disable();
  return made;
};

it('keeps what Node made for one tick, through any collection, and through no other', async () => {
  const [kept] = ticksOf(keepTickShape);
  const [other] = ticksOf(() => process.nextTick(() => undefined));
  for (let turn = 0; turn < 2; turn += 1) {
    await nextTurn();
    collectGarbage({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  }
  expect([kept!.deref(), other!.deref()]).toEqual([expect.anything(), undefined]);
});
