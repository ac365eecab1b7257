import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CallerGone } from '../../../src/platform/context/caller-gone.ts';
import { RequestContext, runInContext } from '../../../src/platform/context/request-context.ts';
import { Secret } from '../../../src/platform/secret.ts';
import { eventually } from '../../support/eventually.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { buildAuthorization } from './build-authorization.ts';
import { startScripted } from './scripted-server.ts';
import { briefly, startServer, type ServerUnderTest } from './server-under-test.ts';

let subject: ServerUnderTest;

beforeEach(async () => {
  subject = await startServer({ attemptTimeoutMs: 1_000 });
});
afterEach(() => subject.close());

const judge = async (token: string): Promise<string> => briefly(await subject.tokens.verify(token));
const newRequest = (id: string, deadlineAt = Infinity): RequestContext => new RequestContext(id, undefined, deadlineAt);

describe('what several requests wait for', () => {
  it.each(['/jwks', '/.well-known/openid-configuration'])(
    'goes on (%s) when the one that began it is gone',
    async (path) => {
      const token = await subject.server.mintToken();
      subject.server.failAt(path, 'hang');
      const [leaver, stayer] = [newRequest('leaver'), newRequest('stayer')];
      const left = runInContext(leaver, () => rejectionOf(judge(token)));
      const stayed = runInContext(stayer, () => judge(token));
      await eventually(() => expect(subject.hits(path)).toBe(1));
      subject.server.failAt(path);
      const reason = new CallerGone();
      leaver.abort(reason);
      expect(await left).toBe(reason);
      expect(await stayed).toBe('robot');
    },
  );

  it('goes on (introspection, which is sent once) when the one that began it is gone', async () => {
    const server = await startScripted();
    const client = { clientId: 'breakwater', clientSecret: 'the-client-secret' };
    const { tokens, close } = buildAuthorization({ baseUrl: server.url, audience: 'api', ...client });
    let held: ServerResponse | undefined;
    server.answer('/introspect', (_form, response) => void (held = response));
    const [leaver, stayer] = [newRequest('leaver'), newRequest('stayer')];
    const left = runInContext(leaver, () => rejectionOf(tokens.verify('opaque')));
    const stayed = runInContext(stayer, () => tokens.verify('opaque'));
    await eventually(() => expect(held).toBeDefined());
    const reason = new CallerGone();
    leaver.abort(reason);
    expect(await left).toBe(reason);
    held!.end(JSON.stringify({ active: true, token_type: 'Bearer', sub: 'ash', aud: 'api' }));
    expect(briefly(await stayed)).toBe('ash');
    await close();
    await server.close();
  });

  it('is not cut short by the deadline of the one that began it', async () => {
    const token = await subject.server.mintToken();
    const verdict = runInContext(newRequest('late', performance.now() - 1), () => judge(token));
    expect(await verdict).toBe('robot');
  });
});

describe('a refresh token that has been sent', () => {
  it('is waited for although its request is over', async () => {
    const gone = newRequest('gone');
    gone.abort(new CallerGone());
    const failure = await runInContext(gone, () => rejectionOf(subject.client.refresh(new Secret('unknown'), 'ash')));
    expect((failure as Error).name).toBe('GrantEnded');
  });
});
