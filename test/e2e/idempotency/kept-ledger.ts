import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, type Answer } from '../../support/ask.ts';
import { ADA, createGuardedApp, type GuardedApp } from '../authentication/known-callers.ts';
import { Ledger, LedgerModule } from './ledger.module.ts';

export interface KeptLedger extends GuardedApp {
  readonly ledger: Ledger;
  /** `POST /api/v1/ledger`. */
  send(key: string): Promise<Answer>;
}

/** One process with a ledger that keeps its keys where the environment says. */
export const openLedger = async (env: Readonly<Record<string, string>>): Promise<KeptLedger> => {
  const app = await createGuardedApp({ imports: [LedgerModule], env });
  const send = (key: string): Promise<Answer> =>
    ask(`${app.url}/api/v1/ledger`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADA}`, 'idempotency-key': key },
    });
  return { ...app, ledger: app.app.get(Ledger), send };
};

/** A directory of its own for `work`, gone afterwards. */
export const inDirectory = async (work: (path: string) => Promise<void>): Promise<void> => {
  const path = await mkdtemp(join(tmpdir(), 'breakwater-keys-'));
  try {
    await work(path);
  } finally {
    await rm(path, { recursive: true, force: true });
  }
};
