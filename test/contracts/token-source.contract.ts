import { inspect } from 'node:util';
import { beforeEach, expect, it } from '@jest/globals';
import type { TokenSource } from '../../src/outbound/credentials/token-source.ts';
import type { Call } from '../../src/outbound/http/call.ts';
import { Secret } from '../../src/platform/secret.ts';
import { rejectionOf } from '../support/rejection-of.ts';

export interface TokenSourceUnderTest {
  readonly source: TokenSource;
  /** One that finds itself where it can get a token. */
  readonly call: Call;
  /** Runs `work` where the call is made. */
  within<T>(work: () => T): T;
  /** What it gives first. */
  readonly token: string;
}

const FOREIGN = new Secret('the token of somebody else');

/** All the ways in which one finds a token that was written somewhere. */
const spellingsOf = (token: string): string[] => {
  const bytes = Buffer.from(token);
  return [
    token,
    encodeURIComponent(token),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
};

/** What every token source promises, wherever its tokens come from. Calls `open` before each test. */
export const itIsATokenSource = (open: () => TokenSourceUnderTest): void => {
  let subject: TokenSourceUnderTest;
  beforeEach(() => {
    subject = open();
  });
  const read = (call = subject.call): Promise<Secret> => subject.within(() => subject.source.read(call));
  const idOf = (): string | undefined => subject.within(() => subject.source.principal()?.id);

  it('lacks nothing', () => {
    expect(subject.source.missing).toBeUndefined();
  });

  it('gives tokens that nobody sees but who reveals them', async () => {
    const token = await read();
    expect(token.reveal()).toBe(subject.token);
    expect([`${token}`, JSON.stringify(token), inspect({ token })]).toEqual([
      '[redacted]',
      '"[redacted]"',
      '{ token: [redacted] }',
    ]);
  });

  it('shows none of them itself', async () => {
    await read();
    const shown = inspect([subject.source, subject.within(() => subject.source.principal())], {
      depth: 10,
      showHidden: true,
      getters: true,
    });
    for (const spelling of spellingsOf(subject.token)) expect(shown).not.toContain(spelling);
  });

  it('gives the same one to all, as long as nothing happens to it', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => read()));
    expect(new Set([...tokens, await read()].map((token) => token.reveal()))).toEqual(new Set([subject.token]));
  });

  it('says whom its calls stand for, the same from the first call to the last', async () => {
    const before = idOf();
    expect(before).toMatch(/./);
    const token = await read();
    await subject.within(() => subject.source.renew(token, subject.call));
    await read();
    expect(idOf()).toBe(before);
  });

  it('says it without the token', async () => {
    const token = await read();
    await subject.within(() => subject.source.renew(token, subject.call));
    const other = await read();
    for (const spelling of [...spellingsOf(subject.token), ...spellingsOf(other.reveal())])
      expect(idOf()).not.toContain(spelling);
  });

  it('takes no harm from a token it never gave', async () => {
    const other = await subject.within(() => subject.source.renew(FOREIGN, subject.call));
    expect(other?.reveal()).not.toBe(FOREIGN.reveal());
    subject.source.noteAccepted(FOREIGN);
    expect((await read()).reveal()).toBe(subject.token);
  });

  it('gives nothing as another one that was refused just now', async () => {
    const token = await read();
    for (let turn = 0; turn < 5; turn += 1) {
      const other = await subject.within(() => subject.source.renew(token, subject.call));
      expect(other?.reveal()).not.toBe(subject.token);
    }
  });

  it('goes on giving tokens when one was refused', async () => {
    const token = await read();
    await subject.within(() => subject.source.renew(token, subject.call));
    expect(await read()).toBeInstanceOf(Secret);
  });

  it('keeps no call that has ended waiting', async () => {
    const reason = new Error('left');
    const call = { ...subject.call, signal: AbortSignal.abort(reason) };
    const ended = read(call).then((token) => Promise.reject(token instanceof Secret ? reason : token));
    expect(await rejectionOf(ended)).toBe(reason);
  });
};
