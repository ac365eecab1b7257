import { expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inDirectory, openLedger } from './kept-ledger.ts';

it('without a Redis, keys are kept in DATA_DIR, which the first of them opens, and survive a restart', async () => {
  await inDirectory(async (directory) => {
    const path = join(directory, 'data');
    // On a busy machine it takes its time to make one.
    const env = { DATA_DIR: path, REQUEST_TIMEOUT_MS: '150000' };
    const first = await openLedger(env);
    first.ledger.work = () => ({ of: 'the first' });
    expect(existsSync(path)).toBe(false);
    expect((await first.send('k')).status).toBe(201);
    expect(existsSync(path)).toBe(true);
    await first.close();
    const second = await openLedger(env);
    const answer = await second.send('k');
    expect([answer.status, answer.text, second.ledger.written]).toEqual([201, '{"of":"the first"}', 0]);
    expect(answer.headers.get('idempotency-replayed')).toBe('true');
    await second.close();
  });
}, 180_000);
