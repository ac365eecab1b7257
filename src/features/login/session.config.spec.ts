import { describe, expect, it } from '@jest/globals';
import { withEnvironment } from '../../../test/support/with-environment.ts';
import { sessionConfig } from './session.config.ts';

const read = (env: Record<string, string>) => withEnvironment(env, async () => sessionConfig());

describe('the session configuration', () => {
  it.each([
    ['SESSION_IDLE_MS', '0'],
    ['SESSION_IDLE_MS', '999'],
    ['SESSION_IDLE_MS', '30m'],
    ['SESSION_MAX_MS', '-1'],
    ['SESSION_MAX_MS', '31536000001'],
  ])('refuses %s=%s', async (variable, value) => {
    await expect(read({ [variable]: value })).rejects.toMatchObject({ problems: [{ variable }] });
  });

  it('lets a session idle for half an hour and last for eight, unless told otherwise', async () => {
    expect(await read({})).toEqual({ idleMs: 1_800_000, maxMs: 28_800_000 });
  });
});
