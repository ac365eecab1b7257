import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { askForProblem } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { behind } from './behind.ts';
import { lastProblemOf, linesOf, openExport, readExport } from './export-reading.ts';
import { aSignal, anArticle, startScripted, type Pages } from './export-scripted.ts';

let close: () => Promise<void>;
afterEach(() => close());

/** Gives one page, and another when it is told to. */
const twoPages = (goOn: Promise<void>): Pages =>
  async function* () {
    yield [anArticle('one')];
    await goOn;
    yield [anArticle('two')];
  };

const never = new Promise<void>(() => undefined);

describe('an export may take', () => {
  it('longer than other requests', async () => {
    const [clock, goOn] = [new FakeClock(), aSignal()];
    const breakwater = await startScripted(twoPages(goOn.given), { clock });
    close = breakwater.close;
    const reading = await openExport(breakwater);
    await reading.takeUntil('one');
    await clock.advance(3_600_000);
    goOn.give();
    const exported = await reading.finish();
    expect(exported.isWhole).toBe(true);
    expect(linesOf(exported).map(({ slug }) => slug)).toEqual(['one', 'two']);
    expect(clock.pending).toBe(0);
  });

  it.each(['300', '60000'])('what its caller allows: %s ms', async (timeoutMs) => {
    const clock = new FakeClock();
    const breakwater = await startScripted(twoPages(never), { clock });
    close = breakwater.close;
    const reading = await openExport(breakwater, { 'x-request-timeout-ms': timeoutMs });
    await reading.takeUntil('one');
    await clock.advance(Number(timeoutMs) - 1);
    expect(breakwater.logLines.join('')).not.toContain('upstream_timeout');
    // Calls get a moment more to say that it was their fault.
    await clock.advance(1 + 25);
    const exported = await reading.finish();
    expect(exported.isWhole).toBe(false);
    expect(linesOf(exported).length).toBe(2);
    expect(lastProblemOf(exported)).toMatchObject({ code: 'upstream_timeout', status: 504 });
  });

  it('no time that makes no sense', async () => {
    const breakwater = await startScripted(twoPages(never));
    close = breakwater.close;
    const headers = { 'x-request-timeout-ms': 'soon' };
    const problem = await askForProblem(`${breakwater.url}/api/v1/articles/export`, { headers });
    expect(problem).toMatchObject({ code: 'invalid_request' });
  });
});

describe('when the time that its caller allows is over', () => {
  /** Gives `pages` pages, and then hangs. */
  const hanging =
    (pages: number): RequestListener =>
    ({ url }, response) => {
      const entities = [{ slug: 'one', title: 'One' }];
      if (pages > 0 && url!.includes('offset=0')) response.end(JSON.stringify({ entities }));
    };

  it('the call to the CMS ends, and the CMS is named', async () => {
    const { breakwater, ...scene } = await behind('contract', hanging(1));
    close = scene.close;
    const exported = await readExport(breakwater, { 'x-request-timeout-ms': '1000' });
    expect(exported.isWhole).toBe(false);
    expect(lastProblemOf(exported)).toMatchObject({ code: 'upstream_timeout', provider: 'cms' });
  });

  it('and there is no first page yet, the answer is an ordinary problem', async () => {
    const { breakwater, ...scene } = await behind('contract', hanging(0));
    close = scene.close;
    const exported = await readExport(breakwater, { 'x-request-timeout-ms': '300' });
    expect(exported).toMatchObject({ status: 504, isWhole: true });
    expect(JSON.parse(exported.text)).toMatchObject({ code: 'upstream_timeout', provider: 'cms' });
  });

  it('and nobody reads, no more lines are begun; the last one comes whole when somebody does', async () => {
    const clock = new FakeClock();
    const large: Pages = async function* () {
      yield Array.from({ length: 400 }, (_, n) => anArticle(`slug-${n}`, 'x'.repeat(50_000)));
    };
    const breakwater = await startScripted(large, { clock });
    close = breakwater.close;
    const reading = await openExport(breakwater, { 'x-request-timeout-ms': '1000' });
    await clock.advance(1_025);
    const exported = await reading.finish();
    expect(exported.isWhole).toBe(false);
    expect(linesOf(exported).length).toBeLessThan(400);
    expect(lastProblemOf(exported)).toMatchObject({ code: 'upstream_timeout' });
    await eventually(() => expect(clock.pending).toBe(0));
  });
});
