import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { autocannonLoad } from './autocannon-load.ts';
import type { LoadGenerator } from './load.ts';
import { wrkLoad } from './wrk-load.ts';

const isOnPath = (command: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** wrk where it is installed: it takes far less of a small machine than a generator written in JavaScript. */
export const chooseLoadGenerator = (): LoadGenerator => (isOnPath('wrk') ? wrkLoad : autocannonLoad);
