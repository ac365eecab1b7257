import { describe, expect, it } from '@jest/globals';
import { EgressRefused } from '../egress/egress-refused.ts';
import { codeOf, toTransportFailure } from './transport-failure.ts';

const errorWith = (code: string): Error => Object.assign(new Error(`secret in ${code}`), { code });

describe('toTransportFailure', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EPIPE',
    'UND_ERR_SOCKET',
    'UND_ERR_CONNECT_TIMEOUT',
    'EHOSTUNREACH',
  ])('takes %s for something that may mend itself', (code) =>
    expect(toTransportFailure(errorWith(code))).toEqual({ code: 'upstream_unreachable', transient: true }),
  );

  it.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'EPROTO',
  ])('takes %s for a matter of TLS that a repetition cannot mend', (code) =>
    expect(toTransportFailure(errorWith(code))).toEqual({ code: 'upstream_unreachable', transient: false }),
  );

  it('takes a refusal of our own for one that lasts', () =>
    expect(toTransportFailure(new EgressRefused())).toEqual({ code: 'upstream_unreachable', transient: false }));

  it.each(['HPE_INVALID_CHUNK_SIZE', 'HPE_INVALID_CONSTANT', 'UND_ERR_HEADERS_OVERFLOW'])(
    'takes %s for an answer that is not HTTP',
    (code) =>
      expect(toTransportFailure(errorWith(code))).toEqual({ code: 'upstream_invalid_answer', transient: false }),
  );
});

describe('codeOf', () => {
  it.each([
    [errorWith('ECONNRESET'), 'ECONNRESET'],
    [new TypeError('secret'), 'TypeError'],
    [Object.assign(new Error('secret'), { code: 7 }), 'Error'],
    [{}, 'unknown'],
  ])('names %p without its message', (error, code) => expect(codeOf(error)).toBe(code));
});
