import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../platform/secret.ts';
import { InvalidRequest } from '../problems/invalid-request.ts';
import { Cursors } from './cursors.ts';

const SECRET = 'a-secret-of-thirty-two-characters';
const LIST = '["ci/workflows","project 1","main"]';
const POSITION = { page: 3, size: 10 };

const cursors = new Cursors(new Secret(SECRET));

const refusalOf = (cursor: string, list = LIST, by = cursors): unknown => {
  try {
    return by.open(list, cursor);
  } catch (error) {
    return error;
  }
};

const expectRefused = (cursor: string, list?: string, by?: Cursors): void => {
  const refusal = refusalOf(cursor, list, by);
  expect(refusal).toBeInstanceOf(InvalidRequest);
  expect((refusal as InvalidRequest).errors).toEqual([
    { field: 'cursor', detail: 'must be the `next` of a page of this very list' },
  ]);
};

describe('a cursor', () => {
  it.each([
    ['empty', ''],
    ['a word', 'first'],
    ['plain JSON', '{"page":3,"size":10}'],
    ['JSON in base64url', Buffer.from(JSON.stringify(POSITION)).toString('base64url')],
    ['as long as one may be', 'a'.repeat(4_096)],
    ['longer than one may be', 'a'.repeat(4_097)],
    ['of other scripts', '\u{1F41F}'.repeat(40)],
    ['of NULs', '\0'.repeat(40)],
  ])('that somebody made up is refused: %s', (_what, cursor) => expectRefused(cursor));

  it('is refused when any bit of it has changed', () => {
    const bytes = Buffer.from(cursors.seal(LIST, POSITION), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expectRefused(changed.toString('base64url'));
    }
  });

  it('is refused when any character of it has become its neighbour, although some say the same bytes', () => {
    const cursor = cursors.seal(LIST, 'a');
    // Of the last character some bits mean nothing: decoders do not look at them.
    expect(Buffer.from(cursor, 'base64url').length % 3).not.toBe(0);
    for (let index = 0; index < cursor.length; index += 1) {
      const neighbour = String.fromCharCode(cursor.charCodeAt(index) ^ 1);
      expectRefused(cursor.slice(0, index) + neighbour + cursor.slice(index + 1));
    }
  });

  it('is refused when it is cut off anywhere, or goes on', () => {
    const cursor = cursors.seal(LIST, POSITION);
    for (let length = 0; length < cursor.length; length += 1) {
      expectRefused(cursor.slice(0, length));
      expectRefused(cursor.slice(cursor.length - length));
    }
    for (const more of ['=', ' ', '\n', 'A', `,${cursor}`]) expectRefused(cursor + more);
  });

  it.each(['', '["ci/workflows","project 1"]', '["ci/workflows","project 1","main",null]', `${LIST} `])(
    'of another list is refused: %s',
    (list) => expectRefused(cursors.seal(list, POSITION)),
  );

  it('of another secret is refused, and without one every process has its own', () => {
    expectRefused(new Cursors(new Secret(`${SECRET}!`)).seal(LIST, POSITION));
    const [one, other] = [new Cursors(), new Cursors()];
    expectRefused(one.seal(LIST, POSITION), LIST, other);
    expect(one.open(LIST, one.seal(LIST, POSITION))).toEqual(POSITION);
  });

  it('that would be too long is not made', () => {
    expect(() => cursors.seal(LIST, 'a'.repeat(3_100))).toThrow(/more than 4096 characters: make it smaller/);
    expect(cursors.seal(LIST, 'a'.repeat(3_000)).length).toBeLessThanOrEqual(4_096);
  });

  it.each([POSITION, { token: 'next' }, 'text', 7, null, [], { limit: 100, position: { page: 1, skip: 5 } }])(
    'gives the position back to the list it is of, at any instance with that secret: %j',
    (position) => {
      expect(new Cursors(new Secret(SECRET)).open(LIST, cursors.seal(LIST, position))).toEqual(position);
    },
  );

  it('goes into a URL as it is, never looks the same twice, and shows nothing', () => {
    const [one, other] = [cursors.seal(LIST, { token: 'hunter2' }), cursors.seal(LIST, { token: 'hunter2' })];
    expect(one).toMatch(/^[\w-]+$/);
    expect(one).not.toBe(other);
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toMatch(/hunter2|token|workflows/);
  });

  it('of a list with long filters is a cursor like any other', () => {
    const list = JSON.stringify(['list', 'a'.repeat(100_000)]);
    expect(cursors.open(list, cursors.seal(list, POSITION))).toEqual(POSITION);
    expectRefused(cursors.seal(list, POSITION), `${list} `);
  });
});
