import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { NumbersModule } from './numbers.module.ts';

const SECRET = 'what-all-instances-seal-cursors-with';

let folder: string;
const instances: TestApp[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cursors-'));
  await writeFile(join(folder, 'cursors'), `${SECRET}\n`);
});
afterEach(async () => {
  for (const instance of instances.splice(0)) await instance.close();
});
afterAll(() => rm(folder, { recursive: true }));

const start = async (env: Record<string, string>): Promise<TestApp> => {
  const instance = await createApp({ env, imports: [NumbersModule] });
  instances.push(instance);
  return instance;
};

const next = async ({ url }: TestApp): Promise<string> =>
  jsonOf<{ next: string }>(await ask(`${url}/api/v1/numbers?limit=10`)).next;

const follow = ({ url }: TestApp, cursor: string): Promise<Answer> => ask(`${url}/api/v1/numbers?cursor=${cursor}`);

const warnings = ({ logLines }: TestApp): string[] => logLines.filter((line) => line.includes('CURSOR_SECRET'));

describe('cursors of several instances', () => {
  it('are strangers to each other when each has a secret of its own', async () => {
    const one = await start({});
    for (const env of [{}, { CURSOR_SECRET: SECRET }])
      expect((await follow(await start(env), await next(one))).status).toBe(400);
    expect(warnings(one)).toEqual([]);
  });

  it('are one with the same secret, be it from a file', async () => {
    const one = await start({ CURSOR_SECRET: SECRET });
    const other = await start({ CURSOR_SECRET_FILE: join(folder, 'cursors') });
    expect(jsonOf<{ items: number[] }>(await follow(other, await next(one))).items[0]).toBe(10);
  });

  it('are warned of where a Redis is shared, but no secret', async () => {
    // Nobody listens there, and nobody has to for this.
    const redis = { REDIS_URL: 'redis://127.0.0.1:1' };
    expect(warnings(await start(redis))).toHaveLength(1);
    expect(warnings(await start({ ...redis, CURSOR_SECRET: SECRET }))).toEqual([]);
  });
});
