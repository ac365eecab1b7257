import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clientCredentials, path } from '../../../src/outbound/index.ts';
import { buildProvider, type BuiltProvider } from '../../support/build-provider.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { TestIssuer } from '../../support/test-issuer.ts';
import { startTokenUpstream, type TokenUpstream } from '../../support/token-upstream.ts';

const REJECTED = { code: 'upstream_rejected', status: 401, provider: 'fixture' };

let upstream: TokenUpstream;
let issuer: TestIssuer;
let built: BuiltProvider;

beforeEach(async () => {
  upstream = await startTokenUpstream();
  issuer = new TestIssuer();
  built = buildProvider({ baseUrl: upstream.url, credential: clientCredentials(), issuer: () => issuer });
  upstream.refuse('Bearer issued-1');
});
afterEach(async () => {
  await built.provider.close();
  await upstream.close();
});

const [FIRST, SECOND] = ['Bearer issued-1', 'Bearer issued-2'];

describe('a call whose token is refused', () => {
  it('is made once more with the same body: JSON', async () => {
    await built.client.post(path`/things`, { body: { name: 'pier', tags: ['ä'] } });
    expect(upstream.tokens).toEqual([FIRST, SECOND]);
    const [one, other] = upstream.seen;
    expect(one?.body).toBe('{"name":"pier","tags":["ä"]}');
    expect([other?.method, other?.body, other?.headers['content-type']]).toEqual([
      'POST',
      one?.body,
      one?.headers['content-type'],
    ]);
  });

  it.each([
    ['bytes', Buffer.from('\u0001\u0002'), '\u0001\u0002'],
    ['a form', new URLSearchParams({ a: '1 2' }), 'a=1+2'],
  ])('is made once more with the same body: %s', async (_what, body, sent) => {
    await built.client.post(path`/things`, { body });
    expect(upstream.seen.map((request) => request.body)).toEqual([sent, sent]);
  });

  it('is not made again when its body was a stream, but the next one has another token', async () => {
    const stream = built.http.axiosRef.post('/things', Readable.from(['a', 'b']));
    expect(await rejectionOf(stream)).toMatchObject(REJECTED);
    await built.client.get(path`/things`);
    expect([upstream.tokens, upstream.seen[0]?.body]).toEqual([[FIRST, SECOND], 'ab']);
  });

  it('is one attempt, whose receipt tells that it was made twice', async () => {
    await built.client.get(path`/things`);
    expect(built.receipts).toMatchObject([
      { attempts: [{ status: 200 }], decisions: ['the token was refused: tried again with another'] },
    ]);
  });

  it.each(['get', 'post'] as const)('fails when the other one is refused too: %s', async (method) => {
    upstream.refuse(FIRST, SECOND);
    expect(await rejectionOf(built.client[method](path`/things`))).toMatchObject(REJECTED);
    expect([upstream.tokens, issuer.requests.length]).toEqual([[FIRST, SECOND], 2]);
    expect(await rejectionOf(built.client[method](path`/things`))).toMatchObject(REJECTED);
    expect([upstream.tokens.slice(2), issuer.requests.length]).toEqual([[SECOND], 2]);
  });

  it('fails with what is wrong with the second answer', async () => {
    upstream.answer(({ headers }) => ({ status: headers.authorization === FIRST ? 401 : 422 }));
    expect(await rejectionOf(built.client.post(path`/things`))).toMatchObject({ status: 422 });
  });

  it('leaves a 403 alone: another token allows no more', async () => {
    upstream.answer(() => ({ status: 403 }));
    expect(await rejectionOf(built.client.get(path`/things`))).toMatchObject({
      code: 'upstream_rejected',
      status: 403,
    });
    expect(issuer.requests.length).toBe(1);
  });
});

describe('a call that is made again', () => {
  it('has the token of its time, not that of the first attempt', async () => {
    issuer.answer({ lifeMs: 0 });
    let requests = 0;
    upstream.answer(() => ({ status: (requests += 1) < 3 ? 503 : 200 }));
    await built.client.get(path`/things`);
    expect(upstream.tokens).toEqual([FIRST, SECOND, 'Bearer issued-3']);
    expect(built.receipts[0]?.attempts.map(({ status }) => status)).toEqual([503, 503, 200]);
  });
});
