import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { buildAuthorization, type BuiltAuthorization } from './build-authorization.ts';
import { startScripted, type ScriptedServer } from './scripted-server.ts';

const ACTIVE = { active: true, token_type: 'Bearer', sub: 'ash', aud: 'api' };

let server: ScriptedServer;
let built: BuiltAuthorization;
let clock: FakeClock;
let held: ServerResponse[];

beforeEach(async () => {
  server = await startScripted();
  clock = new FakeClock();
  const client = { clientId: 'breakwater', clientSecret: 'a secret: with/signs' };
  built = buildAuthorization({ baseUrl: server.url, audience: 'api', clock, ...client });
  held = [];
  server.answer('/introspect', (_form, response) => void held.push(response));
});
afterEach(async () => {
  letGo();
  await built.close();
  await server.close();
});

/** Answers those that wait, and all that come from now on. */
const letGo = (): void => {
  server.answer('/introspect', ACTIVE);
  for (const response of held.splice(0)) response.end(JSON.stringify(ACTIVE));
};

/** What became of so many tokens, by how many there were of each: a subject, or a code and why. */
const present = async (count: number): Promise<Record<string, number>> => {
  const outcomes: Record<string, number> = {};
  const present = async (index: number): Promise<void> => {
    const outcome = await built.tokens.verify(`made-up-${index}`).then(
      (verdict) => ('caller' in verdict ? verdict.caller.subject : verdict.refusal),
      ({ code, reason }: { code?: string; reason?: string }) => `${code}: ${reason}`,
    );
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  };
  await Promise.all(Array.from({ length: count }, (_, index) => present(index)));
  return outcomes;
};
const isFull = (): Promise<void> => eventually(() => expect(held).toHaveLength(32));

describe('introspections', () => {
  it('are 32 at a time; 64 more wait for their turn, the rest are turned away', async () => {
    const outcomes = present(100);
    await isFull();
    letGo();
    expect(await outcomes).toEqual({ ash: 96, 'overloaded: too many calls are under way and waiting': 4 });
  });

  it('wait a second for their turn', async () => {
    const outcomes = present(33);
    await isFull();
    await clock.advance(1_000);
    letGo();
    expect(await outcomes).toEqual({ ash: 32, 'overloaded: no turn within 1000 ms': 1 });
  });

  it('leave room for tokens of our own while they hang', async () => {
    server.answer('/token', { access_token: 'ours', token_type: 'Bearer', expires_in: 600 });
    const outcomes = present(96);
    await isFull();
    expect(await built.client.issue({})).toMatchObject({ lifeMs: 600_000 });
    expect(held).toHaveLength(32);
    letGo();
    expect(await outcomes).toEqual({ ash: 96 });
  });
});
