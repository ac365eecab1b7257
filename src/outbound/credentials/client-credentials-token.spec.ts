import { describe, expect, it } from '@jest/globals';
import { buildToken } from '../../../test/support/build-token.ts';
import { settled } from '../../../test/support/fake-clock.ts';
import { issuerFailure } from '../../../test/support/issuer-failure.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { TestIssuer } from '../../../test/support/test-issuer.ts';

/** The test issuer's tokens live 100 s. */
const RENEWED_AT_MS = 80_000;
const ENDS_AT_MS = 99_000;
const CROWD = 500;

const readOften = (read: () => Promise<string>): Promise<string[]> =>
  Promise.all(Array.from({ length: CROWD }, () => read()));

describe('a client credentials token', () => {
  it('is asked for by nobody before it is needed', async () => {
    const { token, issuer, clock } = buildToken();
    token.principal();
    await clock.advance(1_000_000);
    expect([issuer.requests.length, clock.pending]).toEqual([0, 0]);
  });

  it('is asked for once, however many want it at once', async () => {
    const { issuer, clock, read } = buildToken({ request: { scope: 'read', audience: 'https://api.example' } });
    issuer.hold();
    const reading = readOften(read);
    await settled();
    issuer.release();
    expect(new Set(await reading)).toEqual(new Set(['issued-1']));
    expect(issuer.requests).toEqual([{ scope: 'read', audience: 'https://api.example' }]);
    expect(clock.pending).toBe(0);
  });

  it('is used until it has lived four fifths of its life, and replaced from then on', async () => {
    const { issuer, clock, read } = buildToken();
    await read();
    await clock.advance(RENEWED_AT_MS - 1);
    await readOften(read);
    expect(issuer.requests.length).toBe(1);
    await clock.advance(1);
    expect(await read()).toBe('issued-1');
    await settled();
    expect([await read(), issuer.requests.length]).toEqual(['issued-2', 2]);
  });

  it('is replaced once, with nobody waiting for it', async () => {
    const { issuer, clock, read } = buildToken();
    await read();
    await clock.advance(RENEWED_AT_MS);
    issuer.hold();
    expect(new Set(await readOften(read))).toEqual(new Set(['issued-1']));
    await clock.advance(5_000);
    expect(new Set(await readOften(read))).toEqual(new Set(['issued-1']));
    issuer.release();
    await settled();
    expect([await read(), issuer.requests.length]).toEqual(['issued-2', 2]);
  });

  it('is presented until it has a second to live, and not for longer', async () => {
    const { issuer, clock, read } = buildToken();
    await read();
    issuer.hold();
    await clock.advance(ENDS_AT_MS - 1);
    expect(await read()).toBe('issued-1');
    await clock.advance(1);
    const waiting = readOften(read);
    await settled();
    issuer.release();
    expect(new Set(await waiting)).toEqual(new Set(['issued-2']));
    expect(issuer.requests.length).toBe(2);
  });

  it('has its own times each time', async () => {
    const { issuer, clock, read } = buildToken({ issuer: new TestIssuer({ lifeMs: 10_000 }, { lifeMs: 1_000_000 }) });
    await read();
    await clock.advance(9_000);
    expect(await read()).toBe('issued-2');
    await clock.advance(790_000);
    expect([await read(), issuer.requests.length]).toEqual(['issued-2', 2]);
  });

  it.each([
    [900, 810],
    [500, 450],
    [10, 9],
  ])('may live shorter than a second: of %d ms it is used for %d', async (lifeMs, endsAt) => {
    const { issuer, clock, read } = buildToken({ issuer: new TestIssuer({ lifeMs }) });
    expect(await read()).toBe('issued-1');
    issuer.hold();
    await clock.advance(endsAt - 1);
    expect(await read()).toBe('issued-1');
    await clock.advance(1);
    issuer.release();
    expect(await read()).toBe('issued-2');
  });

  it.each([0, -1_000])('is used by those who waited for it even when it has no life at all: %d ms', async (lifeMs) => {
    const { issuer, read } = buildToken({ issuer: new TestIssuer({ lifeMs }) });
    expect([await read(), await read(), issuer.requests.length]).toEqual(['issued-1', 'issued-2', 2]);
  });
});

describe('a client credentials token that cannot be replaced', () => {
  it('is used for as long as it lives, and nobody hears of it', async () => {
    const { issuer, clock, read } = buildToken();
    await read();
    issuer.answer(issuerFailure());
    await clock.advance(RENEWED_AT_MS);
    for (let second = RENEWED_AT_MS; second < ENDS_AT_MS; second += 1_000) {
      expect(await read()).toBe('issued-1');
      await clock.advance(1_000);
    }
    expect(await rejectionOf(read())).toMatchObject({ reason: 'ECONNREFUSED' });
  });

  it('is asked for less and less often meanwhile', async () => {
    const { issuer, clock, read } = buildToken();
    await read();
    issuer.answer(issuerFailure());
    await clock.advance(RENEWED_AT_MS);
    const askedAfterMs: number[] = [];
    for (let ms = 0; ms < 18_000; ms += 500) {
      const before = issuer.requests.length;
      await read();
      await settled();
      if (issuer.requests.length > before) askedAfterMs.push(ms);
      await clock.advance(500);
    }
    expect(askedAfterMs).toEqual([0, 1_000, 3_000, 7_000, 15_000]);
  });

  it('is replaced as soon as that is possible again', async () => {
    const { issuer, clock, read } = buildToken();
    await read();
    await clock.advance(RENEWED_AT_MS);
    issuer.answer(issuerFailure(), {});
    await read();
    await settled();
    await clock.advance(1_000);
    await read();
    await settled();
    expect(await read()).toBe('issued-3');
  });
});
