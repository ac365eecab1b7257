import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/platform/secret.ts';
import { goThere, newLogin, random } from './logged-in.ts';
import { setUpFor, startServer, type ServerUnderTest } from './server-under-test.ts';

let subject: ServerUnderTest;

beforeAll(async () => {
  subject = await startServer();
});
afterAll(() => subject.close());

/** Everything that comes out of `work`: what it resolves to, or fails with, to the last hidden property. */
const everythingOf = async (work: Promise<unknown>): Promise<string> => {
  const outcome: unknown = await work.catch((error: unknown) => error);
  return `${String(outcome)} ${JSON.stringify(outcome)} ${inspect(outcome, { depth: 20, showHidden: true })}`;
};

describe('secrets', () => {
  it('are in nothing that comes out: verdicts, tokens, errors, receipts', async () => {
    const { client, tokens, server } = subject;
    const login = newLogin();
    const callbackUrl = await goThere(subject, login);
    const session = await client.finishLogin({ ...login, callbackUrl });
    const [wrong, refused, opaque] = [random(), random(), random()];
    const impostor = setUpFor(server, { clientSecret: wrong });
    const impatient = setUpFor(server, { attemptTimeoutMs: 300, callDeadlineMs: 600 });
    const issued = await client.issue({ scope: 'ci:read' });
    const seen = [
      await everythingOf(Promise.resolve([session, issued])),
      await everythingOf(tokens.verify(session.accessToken.reveal())),
      await everythingOf(tokens.verify(opaque)),
      await everythingOf(client.finishLogin({ ...login, callbackUrl })),
      await everythingOf(client.refresh(new Secret(refused), 'ash')),
      await everythingOf(impostor.client.issue({})),
    ];
    for (const fault of [503, 'reset', 'hang'] as const) {
      server.failTokenEndpoint(fault);
      seen.push(await everythingOf(impatient.client.issue({})));
      seen.push(await everythingOf(impatient.client.refresh(session.refreshToken!, 'ash')));
    }
    seen.push(JSON.stringify([...subject.receipts, ...impostor.receipts, ...impatient.receipts]));
    await Promise.all([impostor.close(), impatient.close()]);
    const tokensUsed = [session.accessToken, session.refreshToken!, issued.value].map((secret) => secret.reveal());
    const secrets = [server.clientSecret, wrong, refused, opaque, login.codeVerifier, ...tokensUsed];
    secrets.push(callbackUrl.searchParams.get('code')!);
    const shown = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
    expect(shown.filter((secret) => seen.some((text) => text.includes(secret)))).toEqual([]);
    expect(seen.join().length).toBeGreaterThan(1_000);
  });

  it('of calls are not in their names: each is one of the declared operations', () => {
    const names = new Set(subject.receipts.map(({ operation }) => operation));
    expect([...names].sort()).toEqual([
      'exchangeCode',
      'getKeys',
      'getMetadata',
      'getToken',
      'introspect',
      'refreshToken',
    ]);
  });
});
