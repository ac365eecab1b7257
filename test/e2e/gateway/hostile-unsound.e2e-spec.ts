import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';

let raw: RawGateway;
beforeAll(async () => {
  raw = await startRawGateway();
});
beforeEach(() => raw.forget());
afterAll(() => raw.close());

describe('headers that nobody passes on', () => {
  it.each<[string, number, string[]]>([
    ['1,000 of them', 431, Array.from({ length: 1_000 }, (_, at) => `X-${at}: 1`)],
    ['100 KB in one', 431, [`X-A: ${'a'.repeat(100_000)}`]],
    ['NUL in a value', 400, ['X-A: a\0b']],
    ['NUL in a name', 400, ['X-\0A: b']],
    ['CR in a value', 400, ['X-A: a\rX-B: b']],
    ['an escape in a value', 400, ['X-A: \x1b[2J']],
    ['blanks in a name', 400, ['X A: b']],
    ['a name beyond ASCII', 400, ['X-\xe4: b']],
    ['brackets in a name', 400, ['X[A]: b']],
    ['a name that others take for another', 400, ['X_Forwarded_For: b']],
    ['a length in disguise', 400, ['Content_Length: 4']],
    ['a Host in disguise', 400, ['X_Forwarded-Host: b']],
  ])('reach no upstream: %s', async (_what, status, fields) => {
    const answer = await raw.say(head('GET /gateway/open/echo', ...fields, 'Connection: close'));
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/problem+json']);
    await raw.expectUnreached();
  });
});
