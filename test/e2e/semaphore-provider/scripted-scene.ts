import { afterEach, beforeEach } from '@jest/globals';
import type { SemaphoreClient } from '../../../src/providers/semaphore/semaphore.client.ts';
import { buildSemaphore, type BuiltSemaphore } from './build-semaphore.ts';
import { startScripted, type ScriptedSemaphore } from './scripted-semaphore.ts';

interface ScriptedScene {
  readonly upstream: ScriptedSemaphore;
  readonly client: SemaphoreClient;
}

/** The provider in front of a Semaphore that says what the test wants, new for each test; `told` is of the one that runs. */
export const eachWithScript = (told: (scene: ScriptedScene) => void): void => {
  let upstream: ScriptedSemaphore;
  let semaphore: BuiltSemaphore;
  beforeEach(async () => {
    upstream = await startScripted();
    semaphore = buildSemaphore(upstream);
    told({ upstream, client: semaphore.client });
  });
  afterEach(async () => {
    await semaphore.close();
    await upstream.close();
  });
};
