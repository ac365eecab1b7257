import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where this run of all tests keeps its evidence; set by `begin-run.mjs`. */
export const EVIDENCE = 'BREAKWATER_TEST_EVIDENCE';

/** What must not get out, and what got out. */
export type Kind = 'secrets' | 'outputs';

/** Shorter ones turn up by chance. */
const LEAST_SECRET = 16;

const append = (kind: Kind, text: string): void => {
  const folder = process.env[EVIDENCE];
  if (folder) appendFileSync(join(folder, `${kind}-${process.pid}.jsonl`), `${JSON.stringify(text)}\n`);
};

/** A token, cookie or password that was used: nothing that is logged, answered as a problem, or stored may hold it. */
export const noteSecret = (secret: string): void => {
  if (secret.length >= LEAST_SECRET) append('secrets', secret);
};

/** What was logged, answered as a problem, or stored. */
export const noteOutput = (output: string): void => append('outputs', output);
