import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { watchRouteFile } from './route-file.ts';

const ABSENT = join(tmpdir(), 'no-such-folder-of-routes', 'routes.yaml');

const begin = (onChange: () => void) =>
  watchRouteFile(ABSENT, onChange, { clock: new FakeClock(), log: captureLog().log });

describe('watchRouteFile', () => {
  it('tells at SIGHUP, also where nothing can be watched, until it is closed', () => {
    let changes = 0;
    const listeners = process.listenerCount('SIGHUP');
    const watch = begin(() => void (changes += 1));
    process.emit('SIGHUP');
    expect(changes).toBe(1);
    watch.close();
    watch.close();
    process.emit('SIGHUP');
    expect([changes, process.listenerCount('SIGHUP')]).toEqual([1, listeners]);
  });
});
