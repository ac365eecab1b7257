import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { currentContext } from '../../../src/platform/context/request-context.ts';
import { accessLineOf } from '../../support/access-log.ts';
import { callAs } from '../../support/caller.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { behind } from './behind.ts';
import { countAtRest, LARGE_ARTICLES, LARGE_PAGES, startLarge } from './export-large.ts';
import { idOf, linesOf, openExport, readExport } from './export-reading.ts';
import { aSignal, anArticle, startScripted, type Pages } from './export-scripted.ts';

const TIMEOUT_MS = 60_000;

let close: () => Promise<void>;
afterEach(() => close());

describe('a reader who stops reading', () => {
  it(
    'stops the reading of the CMS, and gets all when it goes on',
    async () => {
      const { cms, breakwater, ...scene } = await startLarge();
      close = scene.close;
      const reading = await openExport(breakwater);
      expect(await countAtRest(cms)).toBeLessThan(LARGE_PAGES / 2);
      const exported = await reading.finish();
      expect(exported.isWhole).toBe(true);
      expect(linesOf(exported).length).toBe(LARGE_ARTICLES);
      expect(cms.requestCount).toBe(LARGE_PAGES);
    },
    TIMEOUT_MS,
  );

  it(
    'is dropped after a minute, and told to the log',
    async () => {
      const clock = new FakeClock();
      const { cms, breakwater, ...scene } = await startLarge(clock);
      close = scene.close;
      const reading = await openExport(breakwater);
      const asked = await countAtRest(cms);
      await clock.advance(59_999);
      expect(breakwater.logLines.join('')).not.toContain('reader_stalled');
      await clock.advance(1);
      expect(await accessLineOf(breakwater, idOf(reading))).toMatchObject({ failure: { code: 'reader_stalled' } });
      expect(clock.pending).toBe(0);
      expect((await reading.finish()).isWhole).toBe(false);
      expect(cms.requestCount).toBe(asked);
    },
    TIMEOUT_MS,
  );
});

describe('a reader who leaves', () => {
  /** Answers the first page, or none, and then hangs. */
  const hanging = ({ pages }: { readonly pages: number }) => {
    const [called, aborted] = [aSignal(), aSignal()];
    const listener: RequestListener = ({ url }, response) => {
      const entities = [{ slug: 'one', title: 'One' }];
      if (pages > 0 && url!.includes('offset=0')) return void response.end(JSON.stringify({ entities }));
      response.once('close', aborted.give);
      called.give();
    };
    return { listener, called: called.given, aborted: aborted.given };
  };

  it('ends the call under way, and no other is made', async () => {
    const { listener, called, aborted } = hanging({ pages: 1 });
    const { breakwater, asked, ...scene } = await behind('contract', listener);
    close = scene.close;
    const reading = await openExport(breakwater);
    await called;
    reading.leave();
    await aborted;
    const line = await accessLineOf(breakwater, idOf(reading));
    expect(line.status).toBe(499);
    expect(line).not.toHaveProperty('failure');
    expect(breakwater.logLines.some((each) => each.includes('"level":"error"'))).toBe(false);
    expect(asked()).toBe(2);
  });

  it('before anything came ends the call under way', async () => {
    const { listener, called, aborted } = hanging({ pages: 0 });
    const { breakwater, ...scene } = await behind('contract', listener);
    close = scene.close;
    const caller = callAs(`${breakwater.url}/api/v1/articles/export`);
    await called;
    await caller.hangUp();
    await aborted;
  });

  it(
    'while it takes nothing ends the export at once',
    async () => {
      const { cms, breakwater, ...scene } = await startLarge();
      close = scene.close;
      const reading = await openExport(breakwater);
      const asked = await countAtRest(cms);
      reading.leave();
      expect(await accessLineOf(breakwater, idOf(reading))).not.toHaveProperty('failure');
      expect(await countAtRest(cms)).toBe(asked);
      expect(breakwater.logLines.some((each) => each.includes('"level":"error"'))).toBe(false);
    },
    TIMEOUT_MS,
  );

  it('is not waited for by pages that listen to nobody', async () => {
    const deaf: Pages = async function* () {
      yield [anArticle('one')];
      await new Promise(() => undefined);
    };
    const breakwater = await startScripted(deaf);
    close = breakwater.close;
    // More than there may be at once.
    for (let count = 0; count < 10; count += 1) {
      const reading = await openExport(breakwater);
      expect(reading.status).toBe(200);
      reading.leave();
      await accessLineOf(breakwater, idOf(reading));
    }
  });
});

describe('each page', () => {
  it('is read on behalf of the request, whoever makes room for it', async () => {
    const seen: (string | undefined)[] = [];
    const watching: Pages = async function* () {
      for (let n = 0; n < 20; n += 1) {
        seen.push(currentContext()?.requestId);
        yield [anArticle(`slug-${n}`, 'x'.repeat(500_000))];
      }
    };
    const breakwater = await startScripted(watching);
    close = breakwater.close;
    await readExport(breakwater, { 'x-request-id': 'this-one' });
    expect(seen).toEqual(Array.from({ length: 20 }, () => 'this-one'));
  });
});
