import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallPage } from '../../../src/features/calls/calls.dto.ts';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { makeDataDir } from '../../support/open-embedded.ts';
import { spawnApp, type SpawnedApp } from '../../support/spawn-app.ts';
import { startLife, type Life } from './restart-scene.ts';

const TIMEOUT_MS = 180_000;
const SOON_MS = 5_000;
const LATER_MS = 3_600_000;

let dataDir: string;
const lives: Life[] = [];
let other: SpawnedApp | undefined;

const start = async (): Promise<Life> => {
  const life = await startLife(dataDir);
  lives.push(life);
  return life;
};
const stop = async (): Promise<void> => {
  for (const life of lives.splice(0)) await life.close();
};

beforeEach(async () => {
  dataDir = await makeDataDir();
});
afterEach(async () => {
  await other?.kill();
  other = undefined;
  await stop();
  await rm(dataDir, { recursive: true, force: true });
}, TIMEOUT_MS);

const listOf = async (life: Life): Promise<string[]> =>
  jsonOf<CallPage>(await life.send('GET', '')).items.map(({ id }) => id);

/** Waits until its ship is being unloaded, and lets it go. */
const letGo = async ({ harbour }: Life, ship: string): Promise<void> => {
  await eventually(() => expect([...harbour.unloading.keys()]).toContain(ship), 60_000);
  harbour.unloading.get(ship)!();
};

describe('a restart on the embedded store', () => {
  it(
    'leaves finished calls as they were, and has done what was running, waiting or put off',
    async () => {
      const first = await start();
      const { id: finished } = await first.submit('harbour.greet', 'finished');
      await first.reach(finished, 'succeeded');
      const { id: running } = await first.submit('harbour.unload', 'running');
      await first.reach(running, 'running');
      const { id: queued } = await first.submit('harbour.greet', 'queued');
      const soon = await first.submitDelayed('harbour.greet', 'soon', SOON_MS);
      const later = await first.submitDelayed('harbour.greet', 'later', LATER_MS);
      const [asFinished, asQueued, asSoon, asLater] = await Promise.all(
        [finished, queued, soon, later].map(first.find),
      );
      expect([asQueued!.state, asSoon!.state, asLater!.state]).toEqual(['queued', 'queued', 'queued']);
      const ids = await listOf(first);
      expect(ids).toEqual([later, soon, queued, running, finished]);
      await stop();

      const second = await start();
      expect(await listOf(second)).toEqual(ids);
      expect(await second.find(finished)).toEqual(asFinished);
      expect(asFinished).toMatchObject({ state: 'succeeded', attempts: 1, result: { greeted: 'finished' } });
      await letGo(second, 'running');
      expect(await second.reach(running, 'succeeded')).toMatchObject({ result: { unloaded: 'running' } });
      expect(await second.reach(queued, 'succeeded')).toMatchObject({ attempts: 1, result: { greeted: 'queued' } });
      const { startedAt, attempts } = await second.reach(soon, 'succeeded');
      expect([Date.parse(startedAt!) >= Date.parse(asSoon!.nextAttemptAt!), attempts]).toEqual([true, 1]);
      expect(await second.find(later)).toEqual(asLater);
      await second.send('DELETE', `/${later}`);
      expect(await second.reach(later, 'cancelled')).toMatchObject({ attempts: 0 });
    },
    TIMEOUT_MS,
  );
});

describe('a DATA_DIR that another process has', () => {
  it(
    'refuses the start, and says what to do',
    async () => {
      const { id } = await (await start()).submit('harbour.greet', 'ada');
      await lives[0]!.reach(id, 'succeeded');
      other = spawnApp({ env: { DATA_DIR: dataDir } });
      expect(await other.exited).toEqual({ code: 1, signal: null });
      expect(other.stderr()).toMatch(/^DATA_DIR=.* another process has it.* set REDIS_URL .*\nNothing was started\./);
      expect(other.stderr()).not.toContain('    at ');
      expect(await lives[0]!.find(id)).toMatchObject({ state: 'succeeded' });
    },
    TIMEOUT_MS,
  );

  it(
    'refuses calls to a process that had started before there was a store',
    async () => {
      const [owner, late] = [await start(), await start()];
      const { id } = await owner.submit('harbour.greet', 'ada');
      const refused = await late.send('POST', '', { operation: 'harbour.greet', input: { name: 'grace' } });
      expect(problemOf(refused)).toMatchObject({ status: 503, code: 'unavailable' });
      expect(refused.text).not.toContain(dataDir);
      expect(late.logLines.join('')).toMatch(/another process has it.* set REDIS_URL/);
      expect(await owner.reach(id, 'succeeded')).toMatchObject({ result: { greeted: 'ada' } });
    },
    TIMEOUT_MS,
  );
});
