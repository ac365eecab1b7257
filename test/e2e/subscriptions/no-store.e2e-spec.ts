import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventHub } from '../../../src/realtime/event-hub.ts';
import { createApp } from '../../support/create-app.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'breakwater-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

describe('an application that nobody has subscribed to', () => {
  it('makes no store to find that out, whatever happens in it', async () => {
    const { app, logLines, close } = await createApp({ env: { DATA_DIR: dataDir } });
    const hub = app.get(EventHub, { strict: false });
    hub.declare({ name: 'harbour', description: 'Ships', access: 'public' });
    await hub.publish('harbour', { type: 'ship.arrived', data: {} });
    await close();
    expect(await readdir(dataDir)).toEqual([]);
    expect(logLines.join('')).not.toContain('not told of an event');
  });
});
