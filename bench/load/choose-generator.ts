import { findCommand } from '../servers/find-command.ts';
import { autocannonLoad } from './by-autocannon.ts';
import { wrkLoad } from './by-wrk.ts';
import type { LoadGenerator } from './load-generator.ts';

/** wrk where it is installed: it takes far less of a small machine than a generator written in JavaScript. */
export const chooseLoadGenerator = (): LoadGenerator => (findCommand('wrk') === undefined ? autocannonLoad : wrkLoad);
