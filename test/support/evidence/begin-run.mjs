import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EVIDENCE } from './evidence.ts';

/** Before the first test: a place for what all of them use and give away. */
const beginRun = async () => {
  process.env[EVIDENCE] = await mkdtemp(join(tmpdir(), 'breakwater-evidence-'));
};

export { beginRun as default };
