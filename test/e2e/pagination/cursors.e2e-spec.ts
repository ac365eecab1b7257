import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { speak } from '../../support/raw-http.ts';
import { COUNT, Numbers, NumbersModule } from './numbers.module.ts';

interface Page {
  readonly items: number[];
  readonly next: string | null;
}

let breakwater: TestApp;
let numbers: Numbers;
beforeAll(async () => {
  breakwater = await createApp({ imports: [NumbersModule] });
  numbers = breakwater.app.get(Numbers, { strict: false });
});
afterAll(() => breakwater.close());

const get = (query: string, list = 'numbers'): Promise<Answer> => ask(`${breakwater.url}/api/v1/${list}?${query}`);

const getPage = async (query: string): Promise<Page> => jsonOf<Page>(await get(query));

const expectRefused = async (answer: Promise<Pick<Answer, 'text'>>, field: string): Promise<void> => {
  const before = numbers.reads;
  expect(problemOf(await answer)).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ field }] });
  expect(numbers.reads).toBe(before);
};

describe('a cursor', () => {
  it.each([
    ['none at all', ''],
    ['a made-up one', 'abc'],
    ['a number', '2'],
    ['that of JSON', Buffer.from('{"limit":10,"position":10}').toString('base64url')],
    ['one with a NUL', '%00'],
    ['one with line breaks', 'a%0d%0ab'],
    ['one of 4,097 characters', 'a'.repeat(4_097)],
    ['one of 10 KB', 'a'.repeat(10_240)],
  ])('is refused, and nothing is read: %s', (_what, cursor) => expectRefused(get(`cursor=${cursor}`), 'cursor'));

  it('is refused when it is given twice, be it the same', async () => {
    const { next } = await getPage('limit=10');
    await expectRefused(get(`cursor=${next}&cursor=${next}`), 'cursor');
    await expectRefused(get('cursor=a&cursor=b'), 'cursor');
  });

  it('is refused when it was changed, cut off or goes on', async () => {
    const next = (await getPage('limit=10')).next!;
    const changed = (next.startsWith('A') ? 'B' : 'A') + next.slice(1);
    for (const cursor of [changed, next.slice(0, -1), next.slice(1), `${next}A`, `${next}=`, `%20${next}`])
      await expectRefused(get(`cursor=${cursor}`), 'cursor');
  });

  it('is refused by another list, and with other filters', async () => {
    const { next } = await getPage('limit=10&colour=red');
    await expectRefused(get(`cursor=${next}&colour=red`, 'numbers/others'), 'cursor');
    for (const filter of ['', '&colour=blue', '&colour=Red'])
      await expectRefused(get(`cursor=${next}${filter}`), 'cursor');
    expect((await getPage(`cursor=${next}&colour=red`)).items).toHaveLength(10);
  });

  it.each(['11', '9', '20', '100'])('of pages of 10 is refused with limit=%s', async (limit) => {
    const { next } = await getPage('limit=10');
    await expectRefused(get(`cursor=${next}&limit=${limit}`), 'limit');
  });

  it.each(['0', '101', 'ten', ''])('makes no limit of %j', (limit) => expectRefused(get(`limit=${limit}`), 'limit'));
});

describe('a walk', () => {
  const walk = async (limit: number, again: string): Promise<number[][]> => {
    const pages: number[][] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await getPage(cursor === null ? `limit=${limit}` : `cursor=${cursor}${again}`);
      pages.push(page.items);
      cursor = page.next;
    } while (cursor !== null);
    return pages;
  };

  it.each([
    [1, 73],
    [10, 8],
    [72, 2],
    [73, 1],
    [100, 1],
  ])('in pages of %i sees each item once, in order, on %i pages', async (limit, count) => {
    for (const again of ['', `&limit=${limit}`]) {
      const pages = await walk(limit, again);
      expect(pages.flat()).toEqual(Array.from({ length: COUNT }, (_item, index) => index));
      expect(pages).toHaveLength(count);
    }
  });

  it('has pages of 20 when nobody says how long they are', async () => {
    expect((await getPage('')).items).toHaveLength(20);
  });
});

describe('the Idempotency-Key header', () => {
  const send = (...lines: string[]) => {
    const fields = lines.map((line) => `Idempotency-Key: ${line}\r\n`).join('');
    const head = `GET /api/v1/numbers/key HTTP/1.1\r\nHost: test\r\nConnection: close\r\n`;
    return speak(breakwater.url, `${head}${fields}\r\n`);
  };

  it.each([[['a b']], [['"a']], [['a'.repeat(256)]], [['']], [['a', 'a']], [['a', 'b']], [['"a', 'b"']]])(
    'is refused as %j',
    (lines) => expectRefused(send(...lines), 'Idempotency-Key'),
  );

  it.each([
    ['8e03978e-40d5', '8e03978e-40d5'],
    ['"8e03978e-40d5"', '8e03978e-40d5'],
  ])('is understood as %s', async (line, key) => {
    expect(JSON.parse((await send(line)).text)).toEqual({ key });
  });

  it('may be absent', async () => {
    expect(jsonOf(await ask(`${breakwater.url}/api/v1/numbers/key`))).toEqual({ key: null });
  });
});
