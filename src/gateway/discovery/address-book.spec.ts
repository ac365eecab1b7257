import { describe, expect, it } from '@jest/globals';
import { AddressBook } from './address-book.ts';
import type { Answer } from './answer.ts';
import { NO_RECORDS } from './last-good.ts';
import type { AddressAnswers } from './name-servers.ts';

const NONE = { kind: 'none' } as const;
const FAILED = { kind: 'failed', reason: 'ESERVFAIL' } as const;
const records = (ttlMs: number, ...of: string[]): Answer<string> => ({ kind: 'records', records: of, ttlMs });

const ask = async (book: AddressBook, ...answers: AddressAnswers) => {
  const dns = { addresses: () => Promise.resolve(answers) };
  return (await book.ask(dns, ['api.test'])).get('api.test');
};

const newBook = (speaksIpv6 = true): AddressBook => new AddressBook(() => speaksIpv6);

describe('the address book', () => {
  it('has both families, for as long as the shorter-lived holds', async () =>
    expect(await ask(newBook(), records(9, '10.0.0.1'), records(5, 'fd00::1'))).toEqual({
      records: ['10.0.0.1', 'fd00::1'],
      ttlMs: 5,
    }));

  it.each([NONE, FAILED])('sees no trouble in a family that a name never had: %o', async (answer) =>
    expect(await ask(newBook(), records(9, '10.0.0.1'), answer)).toEqual({ records: ['10.0.0.1'], ttlMs: 9 }),
  );

  it('keeps a family that fails beside one that does not, and says so', async () => {
    const book = newBook();
    await ask(book, records(9, '10.0.0.1'), records(9, 'fd00::1'));
    const expected = { records: ['10.0.0.2', 'fd00::1'], ttlMs: 7, trouble: 'ESERVFAIL' };
    expect(await ask(book, records(7, '10.0.0.2'), FAILED)).toEqual(expected);
  });

  it('says of a name without addresses what tells most', async () => {
    expect(await ask(newBook(), NONE, NONE)).toEqual({ records: [], trouble: NO_RECORDS });
    expect(await ask(newBook(), NONE, FAILED)).toEqual({ records: [], trouble: 'ESERVFAIL' });
  });

  it('forgets a name that is not asked about any more', async () => {
    const book = newBook();
    await ask(book, records(9, '10.0.0.1'), NONE);
    await book.ask({ addresses: () => Promise.resolve([NONE, NONE]) }, []);
    expect(await ask(book, FAILED, FAILED)).toEqual({ records: [], trouble: 'ESERVFAIL' });
  });

  it('leaves out IPv6 addresses that this machine cannot connect to, where there are others', async () => {
    const both = await ask(newBook(false), records(9, '127.0.0.1'), records(9, '2606:4700::1111', '::1'));
    expect(both?.records).toEqual(['127.0.0.1', '::1']);
    expect((await ask(newBook(false), NONE, records(9, 'fd00::1')))?.records).toEqual(['fd00::1']);
  });
});
