import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import type { BuiltAuthorization } from './build-authorization.ts';
import { briefly, setUpFor, startServer, type ServerUnderTest } from './server-under-test.ts';

const METADATA = '/.well-known/openid-configuration';
let subject: ServerUnderTest;

beforeEach(async () => {
  subject = await startServer();
});
afterEach(() => subject.close());

const judge = async (token: string, { tokens }: BuiltAuthorization = subject): Promise<string> =>
  briefly(await tokens.verify(token));

/** For what hangs. */
const beImpatient = (): BuiltAuthorization =>
  setUpFor(subject.server, { attemptTimeoutMs: 500, callDeadlineMs: 1_000 });

describe('a server that is down', () => {
  it.each([
    ['metadata', METADATA, 503, 'upstream_failed'],
    ['metadata', METADATA, 404, 'upstream_rejected'],
    ['metadata', METADATA, 'reset', 'upstream_unreachable'],
    ['keys', '/jwks', 500, 'upstream_failed'],
    ['keys', '/jwks', 404, 'upstream_rejected'],
    ['keys', '/jwks', 'hang', 'upstream_timeout'],
  ] as const)('at start (%s, %s: %s) is an error, not a refusal, until it is up', async (_what, path, fault, code) => {
    const token = await subject.server.signToken();
    const impatient = beImpatient();
    subject.server.failAt(path, fault);
    expect(await rejectionOf(judge(token, impatient))).toMatchObject({ name: expect.any(String), code });
    subject.server.failAt(path);
    await eventually(async () => expect(await judge(token, impatient)).toBe('robot'));
    await impatient.close();
  });

  it('is not asked again for a second', async () => {
    const token = await subject.server.signToken();
    subject.server.failAt(METADATA, 404);
    const failures = await Promise.all(Array.from({ length: 50 }, () => rejectionOf(judge(token))));
    failures.push(await rejectionOf(judge(token)));
    expect(new Set(failures).size).toBe(1);
    expect(subject.hits(METADATA)).toBe(1);
  });

  it('later leaves tokens of known keys valid, and those of new ones undecided', async () => {
    const [first, second] = await Promise.all([1, 2].map((jti) => subject.server.signToken({ jti })));
    expect(await judge(first!)).toBe('robot');
    subject.server.failAt('/jwks', 'reset');
    expect(await judge(second!)).toBe('robot');
    await subject.server.rotateKeys();
    const third = await subject.server.signToken();
    expect(await rejectionOf(judge(third))).toMatchObject({ code: 'upstream_unreachable' });
    expect(await judge(await subject.server.signToken({ iss: 'x' }))).toBe('of another issuer');
    subject.server.failAt('/jwks');
    await eventually(async () => expect(await judge(third)).toBe('robot'));
  });

  it('hangs at the token endpoint for no longer than a call may take', async () => {
    const impatient = beImpatient();
    subject.server.failTokenEndpoint('hang');
    expect(await rejectionOf(impatient.client.issue({ scope: 'ci:read' }))).toMatchObject({ code: 'upstream_timeout' });
    await impatient.close();
  });
});
