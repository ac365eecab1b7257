import { describe, expect, it } from '@jest/globals';
import { itIsAnEventHub } from '../../test/contracts/event-hub.contract.ts';
import { Ear, OPEN, OWNED } from '../../test/contracts/event-hub-under-test.ts';
import { captureLog } from '../../test/support/captured-log.ts';
import { MemoryHub } from './memory-hub.ts';

const open = () => {
  const { log, lines } = captureLog();
  const hub = new MemoryHub(log);
  for (const topic of [OPEN, OWNED]) hub.declare(topic);
  return { hub, lines };
};

describe('the hub in memory', () => {
  itIsAnEventHub(() => {
    const { hub, lines } = open();
    return Promise.resolve({ one: hub, other: hub, logLines: lines, close: () => Promise.resolve() });
  });

  it('knows no id of an earlier run', async () => {
    const [before, now] = [open().hub, open().hub];
    const ear = new Ear();
    before.listen('open', ear);
    for (const hub of [before, now])
      for (let id = 0; id < 5; id += 1) await hub.publish('open', { type: 'n', data: id });
    const back = new Ear({ after: ear.events[2]!.id });
    now.listen('open', back);
    expect(back.heard).toEqual(['reset']);
  });

  it('tells in one order of what is published by those who are told', async () => {
    const { hub } = open();
    const [first, second] = [new Ear(), new Ear()];
    const note = first.hear.bind(first);
    first.hear = (event) => {
      note(event);
      if (event.data === 1) void hub.publish('open', { type: 'n', data: 2 });
    };
    hub.listen('open', first);
    hub.listen('open', second);
    await hub.publish('open', { type: 'n', data: 1 });
    expect([first.heard, second.heard]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});
