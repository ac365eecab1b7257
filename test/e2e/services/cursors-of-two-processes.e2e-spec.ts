import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask, jsonOf } from '../../support/ask.ts';
import { noteOutput, noteSecret } from '../../support/evidence/evidence.ts';
import { spawnApp, type SpawnedApp } from '../../support/spawn-app.ts';
import { startAuthorization, type AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import { startSemaphore, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { toAuthEnv } from '../login/login-scene.ts';

const CURSOR_SECRET = 'a secret that both processes have in common';

// Three processes start, on a busy machine.
jest.setTimeout(60_000);

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next: string | null;
}

describe('a cursor of one process', () => {
  let server: AuthorizationStandIn;
  let semaphore: SemaphoreStandIn;
  const processes: SpawnedApp[] = [];
  const urls: string[] = [];
  let one: string;
  let same: string;
  let stranger: string;
  let token: string;

  beforeAll(async () => {
    [server, semaphore] = await Promise.all([startAuthorization(), startSemaphore()]);
    token = await server.mintToken({ scope: 'ci:read' });
    [CURSOR_SECRET, semaphore.token, token].forEach(noteSecret);
    const theirs = { SEMAPHORE_URL: semaphore.url, SEMAPHORE_TOKEN: semaphore.token };
    const env = { ...toAuthEnv(server), ...theirs, LOG_LEVEL: 'trace' };
    const ours = { ...env, CURSOR_SECRET };
    // One after the other: a start takes all that a busy machine has.
    for (const each of [ours, ours, env]) {
      processes.push(spawnApp({ env: each }));
      urls.push(await processes.at(-1)!.ready());
    }
    [one = '', same = '', stranger = ''] = urls;
  });
  afterAll(async () => {
    await Promise.all(processes.map((breakwater) => breakwater.kill()));
    for (const breakwater of processes) noteOutput(breakwater.stdout() + breakwater.stderr());
    await Promise.all([server.close(), semaphore.close()]);
  });

  const getPage = (url: string, cursor: string | null) => {
    const query = `projectId=${semaphore.samples.projectId}&limit=10${cursor === null ? '' : `&cursor=${cursor}`}`;
    return ask(`${url}/api/v1/ci/workflows?${query}`, { headers: { authorization: `Bearer ${token}` } });
  };

  it('is good at another of the same CURSOR_SECRET: a walk from one to the other has each item once, in order', async () => {
    const ids: string[] = [];
    let [next, turn]: [string | null, number] = [null, 0];
    do {
      const answer = await getPage(turn % 2 === 0 ? one : same, next);
      expect([turn, answer.status]).toEqual([turn, 200]);
      const page = jsonOf<Page>(answer);
      ids.push(...page.items.map(({ id }) => id));
      [next, turn] = [page.next, turn + 1];
    } while (next !== null);
    expect([ids, turn]).toEqual([semaphore.workflowIds, 8]);
  });

  it('is nothing at one of another secret, and Semaphore is not asked', async () => {
    const { next } = jsonOf<Page>(await getPage(one, null));
    const before = semaphore.requests.length;
    expect((await getPage(stranger, next)).status).toBe(400);
    expect(semaphore.requests).toHaveLength(before);
  });
});
