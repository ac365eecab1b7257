import { describe, expect, it } from '@jest/globals';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
import { RequestContext, runInContext } from '../../platform/context/request-context.ts';
import type { HeaderMap } from './header-map.ts';
import { outgoingHeaders } from './outgoing-headers.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

const headersOf = async (headers: HeaderMap = {}): Promise<HeaderMap | undefined> => {
  const { send, calls } = scripted(buildReply());
  await outgoingHeaders('breakwater')(send)(buildCall({ headers }));
  return calls[0]?.headers;
};

const inContext = <T>(work: () => T): T =>
  runInContext(new RequestContext('request-1', `00-${TRACE_ID}-b7ad6b7169203331-01`, 1_000), work);

describe('outgoingHeaders', () => {
  it('say who we are and what we can read', async () => {
    expect(await headersOf()).toEqual({
      accept: 'application/json',
      'accept-encoding': 'gzip, br, zstd, deflate',
      'user-agent': 'breakwater',
    });
  });

  it('say whose request this is for, and nothing of it in background work', async () => {
    expect(await inContext(() => headersOf())).toMatchObject({
      'x-request-id': 'request-1',
      traceparent: expect.stringMatching(new RegExp(`^00-${TRACE_ID}-[\\da-f]{16}-01$`)),
    });
    expect(await headersOf()).not.toHaveProperty('x-request-id');
  });

  it('give each attempt a span of its own', async () => {
    const [one, other] = await inContext(() => Promise.all([headersOf(), headersOf()]));
    expect(one?.['traceparent']).not.toBe(other?.['traceparent']);
  });

  it('give way to those of the call', async () => {
    const own = {
      accept: 'text/csv',
      'accept-encoding': 'identity',
      'user-agent': 'mine',
      'x-request-id': 'other',
      authorization: 'Bearer t',
    };
    expect(await inContext(() => headersOf(own))).toMatchObject(own);
  });
});
