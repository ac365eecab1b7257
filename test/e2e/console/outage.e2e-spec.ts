import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RemarkableCalls } from '../../../src/operations/console/remarkable-calls.ts';
import { wasSent, type CallReceipt } from '../../../src/outbound/index.ts';
import { ask } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';

const REQUESTS = 150;

describe('an outage that goes on', () => {
  let breakwater: TestApp;
  beforeAll(async () => {
    breakwater = await createApp({ env: { POKEAPI_URL: 'http://127.0.0.1:1', POKEAPI_BACKOFF_BASE_MS: '1' } });
    for (let number = 0; number < REQUESTS; number += 1) await ask(`${breakwater.url}/api/v1/pokemon/pikachu`);
  });
  afterAll(() => breakwater.close());

  it('leaves the calls that failed in the list, and few of those that were kept from it', () => {
    const outcomes = breakwater.app
      .get(RemarkableCalls, { strict: false })
      .list(50)
      .map(({ outcome }) => outcome);
    expect(outcomes).toContain('upstream_unreachable');
    expect(outcomes.filter((outcome) => outcome === 'circuit_open')).toHaveLength(10);
  });

  it('is a warning in the log for each call that went to it, and none for each that was kept from it', () => {
    const lines = breakwater.logLines.map((line) => JSON.parse(line) as { level: string; call?: CallReceipt });
    const calls = lines.flatMap(({ level, call }) => (call ? [{ level, isSent: wasSent(call) }] : []));
    expect(calls).toHaveLength(REQUESTS);
    expect(new Set(calls.filter(({ isSent }) => isSent).map(({ level }) => level))).toEqual(new Set(['warn']));
    expect(new Set(calls.filter(({ isSent }) => !isSent).map(({ level }) => level))).toEqual(new Set(['info']));
  });
});
