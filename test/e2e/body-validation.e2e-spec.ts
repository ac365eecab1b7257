import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { GuestbookModule } from './inbound/guestbook.module.ts';

let breakwater: TestApp;

beforeAll(async () => {
  breakwater = await createApp({ imports: [GuestbookModule] });
});
afterAll(() => breakwater.close());

describe('a body', () => {
  const write = async (body: unknown) =>
    ask(`${breakwater.url}/api/v1/guestbook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('is trimmed and brought to one form where that is declared', async () => {
    const answer = await write({ author: '  Rene\u0301  ', address: { city: ' Köln ' } });
    expect([answer.status, jsonOf(answer)]).toEqual([201, { author: 'René', address: { city: 'Köln' } }]);
  });

  it.each([
    ['a field too many', { author: 'A', address: { city: 'B' }, admin: true }, ['admin']],
    ['a field too many inside', { author: 'A', address: { city: 'B', admin: true } }, ['address.admin']],
    ['a field too few', { address: { city: 'B' } }, ['author']],
    ['a wrong type', { author: 1, address: { city: ['B'] } }, ['author', 'address.city']],
    ['blanks for text', { author: '   ', address: { city: 'B' } }, ['author']],
    ['text that is too long', { author: 'A'.repeat(21), address: { city: 'B' } }, ['author']],
    ['text for an object', { author: 'A', address: 'B' }, ['address']],
  ])('with %s is refused, naming the fields with their paths', async (_what, body, fields) => {
    const problem = problemOf(await write(body));
    expect(problem).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(problem.errors?.map(({ field }) => field)).toEqual(fields);
  });
});
