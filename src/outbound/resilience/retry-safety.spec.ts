import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { failure } from '../../../test/support/scripted-send.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import type { Reply } from '../http/call.ts';
import { judgeError, judgeReply } from './retry-safety.ts';

const KEY_HEADER = 'idempotency-key';

/** What is known of a call that bears on repeating it. */
const CALLS = {
  GET: { method: 'GET' },
  HEAD: { method: 'HEAD' },
  PUT: { method: 'PUT' },
  DELETE: { method: 'DELETE' },
  POST: { method: 'POST' },
  PATCH: { method: 'PATCH' },
  'POST with a key': { method: 'POST', headers: { [KEY_HEADER]: 'a-key' } },
  'POST declared idempotent': { method: 'POST', operation: { idempotent: true } },
  'GET declared not idempotent': { method: 'GET', operation: { idempotent: false } },
  'PUT declared not idempotent, with a key': {
    method: 'PUT',
    headers: { [KEY_HEADER]: 'a-key' },
    operation: { idempotent: false },
  },
  'PUT of a stream': { method: 'PUT', body: Readable.from(['once']) },
  'POST of a stream with a key': { method: 'POST', headers: { [KEY_HEADER]: 'a-key' }, body: Readable.from(['once']) },
} satisfies Record<string, CallParts>;
type CallName = keyof typeof CALLS;

const IDEMPOTENT: readonly CallName[] = ['GET', 'HEAD', 'PUT', 'DELETE', 'POST declared idempotent'];
const KEYED: readonly CallName[] = ['POST with a key', 'PUT declared not idempotent, with a key'];
const STREAMED: readonly CallName[] = ['PUT of a stream', 'POST of a stream with a key'];
const ALL = Object.keys(CALLS) as CallName[];
const NONE: readonly CallName[] = [];
const SAFE = [...IDEMPOTENT, ...KEYED];

/** How an attempt ended → the calls that may then be repeated. */
const RULES: readonly [string, Reply | Error, readonly CallName[]][] = [
  ['a connection that was never established', failure({ sent: false }), ALL.filter((name) => !STREAMED.includes(name))],
  ['a reset after sending', failure({ sent: true }), SAFE],
  ['an attempt that took too long', failure({ code: 'upstream_timeout' }), SAFE],
  ['status 408', buildReply(408), SAFE],
  ['status 429', buildReply(429), SAFE],
  ['status 502', buildReply(502), SAFE],
  ['status 503', buildReply(503), SAFE],
  ['status 504', buildReply(504), SAFE],
  ['status 500', buildReply(500), IDEMPOTENT],
  ['status 400', buildReply(400), NONE],
  ['status 404', buildReply(404), NONE],
  ['status 409', buildReply(409), NONE],
  ['status 425', buildReply(425), NONE],
  ['status 501', buildReply(501), NONE],
  ['status 505', buildReply(505), NONE],
  ['a wrong certificate, found before sending', failure({ sent: false, transient: false }), NONE],
  ['an answer that is not HTTP', failure({ code: 'upstream_invalid_answer', transient: false }), NONE],
  ['an open circuit', failure({ code: 'circuit_open', sent: false }), NONE],
  ['a full bulkhead', failure({ code: 'overloaded', sent: false }), NONE],
  ['a provider without URL', failure({ code: 'not_configured', sent: false, transient: false }), NONE],
  ['the caller leaving', new CallerGone(), NONE],
];

const TABLE = RULES.flatMap(([why, ending, repeatable]) =>
  ALL.map((name) => ({
    name,
    why,
    ending,
    expected: repeatable.includes(name),
    verb: repeatable.includes(name) ? 'repeats' : 'does not repeat',
  })),
);

describe('retry safety', () => {
  it.each(TABLE)('$verb $name after $why', ({ name, ending, expected }) => {
    const call = buildCall(CALLS[name]);
    const verdict =
      ending instanceof Error ? judgeError(call, ending, KEY_HEADER) : judgeReply(call, ending, KEY_HEADER);
    expect(verdict?.mayRepeat ?? false).toBe(expected);
  });

  it('says why', () => {
    expect(judgeReply(buildCall({ method: 'POST' }), buildReply(503), KEY_HEADER)?.why).toBe(
      'status 503; POST without an idempotency key may have been processed',
    );
  });

  it.each([
    ['a web stream', new Blob(['once']).stream()],
    [
      'a generator',
      (function* () {
        yield 'once';
      })(),
    ],
  ])('never repeats %s, whatever else it may know', (_what, body) => {
    // A developer's axios request may carry any body that undici takes.
    const call = buildCall({ method: 'PUT', body: body as unknown as Readable });
    expect(judgeReply(call, buildReply(503), KEY_HEADER)?.mayRepeat).toBe(false);
    expect(judgeError(call, failure({ sent: false }), KEY_HEADER).mayRepeat).toBe(false);
  });
});
