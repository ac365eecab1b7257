import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { watchFile, type Watch } from './watch-file.ts';

const LONG_AFTER_SETTLING_MS = 200;
const NEXT_POLL_MS = 5_000;
/** So short that no poll falls due while a test waits. */
const STEP_MS = 4;

describe('watchFile', () => {
  let folder: string;
  let clock: FakeClock;
  let changes: number;
  let watch: Watch | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'routes-'));
    clock = new FakeClock();
    changes = 0;
  });
  afterEach(() => {
    watch?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const at = (name: string): string => join(folder, name);
  const begin = (path = at('routes.yaml'), { log } = captureLog()): void => {
    watch = watchFile(path, () => void (changes += 1), { clock, log });
  };
  /** By an event, not by a poll. */
  const noticed = (): Promise<void> =>
    eventually(async () => {
      await clock.advance(STEP_MS);
      expect(changes).toBeGreaterThan(0);
    });

  it('tells of a file that is written again', async () => {
    writeFileSync(at('routes.yaml'), 'a');
    begin();
    writeFileSync(at('routes.yaml'), 'b');
    await noticed();
  });

  it('tells of one that another is put in place of', async () => {
    writeFileSync(at('routes.yaml'), 'a');
    begin();
    writeFileSync(at('new'), 'b');
    renameSync(at('new'), at('routes.yaml'));
    await noticed();
  });

  it('tells of one that is gone, and of its return', async () => {
    writeFileSync(at('routes.yaml'), 'a');
    begin();
    unlinkSync(at('routes.yaml'));
    await noticed();
    changes = 0;
    writeFileSync(at('routes.yaml'), 'b');
    await noticed();
  });

  it('tells of a link on the way to it that leads elsewhere, as Kubernetes swaps them', async () => {
    for (const version of ['1', '2']) {
      mkdirSync(at(version));
      writeFileSync(join(at(version), 'routes.yaml'), version);
    }
    symlinkSync('1', at('..data'));
    symlinkSync('..data/routes.yaml', at('routes.yaml'));
    begin();
    symlinkSync('2', at('..data_tmp'));
    renameSync(at('..data_tmp'), at('..data'));
    await noticed();
  });

  it('tells of a change that leaves no trace, since times of files may be coarse', async () => {
    writeFileSync(at('real.yaml'), 'a');
    symlinkSync('real.yaml', at('routes.yaml'));
    begin();
    renameSync(at('routes.yaml'), at('away'));
    renameSync(at('away'), at('routes.yaml'));
    await noticed();
  });

  it('tells once of what is written in several steps', async () => {
    writeFileSync(at('routes.yaml'), 'a');
    begin();
    for (const text of ['b', 'bc', 'bcd']) writeFileSync(at('routes.yaml'), text);
    await eventually(() => expect(clock.pending).toBe(2));
    await clock.advance(LONG_AFTER_SETTLING_MS);
    await eventually(() => expect(changes).toBe(1));
    await clock.advance(2 * NEXT_POLL_MS);
    expect(changes).toBe(1);
  });

  it('says nothing of other files in its folder', async () => {
    writeFileSync(at('routes.yaml'), 'a');
    begin();
    writeFileSync(at('other.yaml'), 'a');
    await eventually(() => expect(clock.pending).toBe(2));
    await clock.advance(LONG_AFTER_SETTLING_MS);
    writeFileSync(at('routes.yaml'), 'b');
    await noticed();
    expect(changes).toBe(1);
  });

  it('looks by itself where the folder cannot be watched, and says so', async () => {
    const path = join(at('later'), 'routes.yaml');
    const captured = captureLog();
    begin(path, captured);
    expect(captured.lines.join()).toContain('cannot be watched');
    mkdirSync(at('later'));
    writeFileSync(path, 'a');
    await clock.advance(NEXT_POLL_MS);
    await eventually(() => expect(changes).toBe(1));
    await eventually(() => expect(clock.pending).toBe(1));
    unlinkSync(path);
    await clock.advance(NEXT_POLL_MS);
    await eventually(() => expect(changes).toBe(2));
  });

  it('leaves nothing behind when it is closed, while something is about to be told', async () => {
    writeFileSync(at('routes.yaml'), 'a');
    begin();
    writeFileSync(at('routes.yaml'), 'b');
    await eventually(() => expect(clock.pending).toBe(2));
    watch?.close();
    watch?.close();
    expect(clock.pending).toBe(0);
    writeFileSync(at('routes.yaml'), 'c');
    await clock.advance(2 * NEXT_POLL_MS);
    expect([changes, clock.pending]).toEqual([0, 0]);
  });

  it('does not go on when it is closed while it looks', async () => {
    begin();
    writeFileSync(at('routes.yaml'), 'b');
    const looking = clock.advance(NEXT_POLL_MS);
    watch?.close();
    await looking;
    await clock.advance(2 * NEXT_POLL_MS);
    expect([changes, clock.pending]).toEqual([0, 0]);
  });
});
