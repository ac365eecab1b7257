import { rm } from 'node:fs/promises';
import { EVIDENCE } from './evidence.ts';
import { findLeaks } from './find-leaks.ts';

/** After the last test. @throws Error when a secret that any of them used is in anything that was logged, told or stored */
const endRun = async () => {
  const folder = process.env[EVIDENCE];
  if (!folder) return;
  try {
    const leaks = await findLeaks(folder);
    if (leaks.length > 0) throw new Error(`Secrets got out in this run:\n${leaks.join('\n')}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

export { endRun as default };
