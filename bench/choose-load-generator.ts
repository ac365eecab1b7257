import { autocannonLoad } from './autocannon-load.ts';
import { findCommand } from './find-command.ts';
import type { LoadGenerator } from './load.ts';
import { wrkLoad } from './wrk-load.ts';

/** wrk where it is installed: it takes far less of a small machine than a generator written in JavaScript. */
export const chooseLoadGenerator = (): LoadGenerator => (findCommand('wrk') === undefined ? autocannonLoad : wrkLoad);
