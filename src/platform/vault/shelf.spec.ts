import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { Shelf } from './shelf.ts';

let clock: FakeClock;
let shelf: Shelf<string>;
beforeEach(() => {
  clock = new FakeClock();
  shelf = new Shelf(3, clock);
});

const fill = (): void => {
  shelf.put('long', 'l', 9_000);
  shelf.put('short', 's', 3_000);
  shelf.put('middle', 'm', 6_000);
};
const found = (): string[] => ['long', 'short', 'middle', 'new'].filter((name) => shelf.find(name) !== undefined);

describe('a full shelf', () => {
  it('loses what would expire first', () => {
    fill();
    shelf.put('new', 'n', 1_000);
    expect([found(), shelf.size]).toEqual([['long', 'middle', 'new'], 3]);
    shelf.put('short', 's', 3_000);
    expect(found()).toEqual(['long', 'short', 'middle']);
  });

  it('loses nothing that lives when something has expired', async () => {
    fill();
    await clock.advance(3_000);
    shelf.put('new', 'n', 1);
    expect(found()).toEqual(['long', 'middle', 'new']);
  });

  it('loses nothing when something is replaced, or only looked for', async () => {
    fill();
    shelf.put('middle', 'M', 100);
    expect([found(), shelf.find('middle')]).toEqual([['long', 'short', 'middle'], { value: 'M', ttlMs: 100 }]);
    shelf = new Shelf(3, clock);
    shelf.put('long', 'l', 900_000);
    shelf.put('short', 's', 300_000);
    shelf.put('middle', 'm', 600_000);
    await clock.advance(100_000);
    expect(found()).toEqual(['long', 'short', 'middle']);
  });
});

describe('what has expired', () => {
  it('is gone to the millisecond', async () => {
    fill();
    await clock.advance(2_999);
    expect(shelf.find('short')).toEqual({ value: 's', ttlMs: 1 });
    await clock.advance(1);
    expect(shelf.find('short')).toBeUndefined();
  });

  it('leaves memory within a minute of use, without a timer', async () => {
    fill();
    await clock.advance(59_999);
    shelf.find('unknown');
    expect(shelf.size).toBe(3);
    await clock.advance(1);
    shelf.find('unknown');
    expect([shelf.size, clock.pending]).toEqual([0, 0]);
  });
});
