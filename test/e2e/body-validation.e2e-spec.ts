import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf, type Answer } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { GuestbookModule } from './inbound/guestbook.module.ts';

let breakwater: TestApp;

beforeAll(async () => {
  breakwater = await createApp({ imports: [GuestbookModule] });
});
afterAll(() => breakwater.close());

describe('a body', () => {
  const send = (body: string): Promise<Answer> =>
    ask(`${breakwater.url}/api/v1/guestbook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  const write = (body: unknown): Promise<Answer> => send(JSON.stringify(body));

  it('is trimmed and brought to one form where that is declared', async () => {
    const answer = await write({ author: '  Rene\u0301  ', address: { city: ' Köln ' } });
    expect([answer.status, jsonOf(answer)]).toEqual([201, { author: 'René', address: { city: 'Köln' } }]);
  });

  it('that is nested deeper than anybody can follow is refused', async () => {
    const deep = `${'{"address":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const problem = problemOf(await send(`{"author":"A","address":${deep}}`));
    expect(problem).toMatchObject({ status: 400, errors: [{ field: 'body', detail: 'is nested too deeply' }] });
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
