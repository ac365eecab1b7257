import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { behind } from './behind.ts';
import { lastProblemOf, readExport } from './export-reading.ts';
import { anArticle, startScripted, type Pages } from './export-scripted.ts';

const REQUEST = 'GET /api/v1/articles/export HTTP/1.1\r\nHost: breakwater\r\n\r\n';

/** More than is ever on its way to a reader. */
const LONG = 'x'.repeat(50_000);

let close: () => Promise<void>;
afterEach(() => close());

const connectTo = async (url: string): Promise<Socket> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

describe('a reader who leaves in the middle', () => {
  it.each(['resetAndDestroy', 'destroy'] as const)('is no fault of ours, by %s', async (leave) => {
    const endless: Pages = async function* () {
      for (let n = 0; ; n += 1) yield [anArticle(`slug-${n}`, LONG)];
    };
    const breakwater = await startScripted(endless);
    close = () => breakwater.close();
    const socket = await connectTo(breakwater.url);
    let taken = 0;
    socket.on('data', ({ length }) => {
      taken += length;
      if (taken > 300_000) socket[leave]();
    });
    socket.write(REQUEST);
    const logged = (): string => breakwater.logLines.join('');
    await eventually(() => expect(logged()).toContain('"status":499'));
    expect(logged()).not.toContain('nobody foresaw');
    expect(logged()).not.toContain('"code":"internal"');
  });
});

describe('exports asked for one after the other on one connection, at once', () => {
  it('are eight at most, as are all others', async () => {
    let begun = 0;
    const breakwater = await startScripted(async function* () {
      begun += 1;
      for (let n = 0; ; n += 1) yield [anArticle(`slug-${n}`, LONG)];
    });
    close = () => breakwater.close();
    const socket = await connectTo(breakwater.url);
    socket.pause();
    socket.write(REQUEST.repeat(20));
    await eventually(() => expect(begun).toBeGreaterThanOrEqual(8));
    // All of them came in one piece: whoever was let in has begun by now.
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    expect(begun).toBe(8);
  });
});

describe('an export of a CMS that goes round in circles', () => {
  const entitiesOf = (slugs: readonly (string | null)[]): string =>
    JSON.stringify({ entities: slugs.map((slug) => ({ slug, title: `About ${slug}` })) });

  /** Comes to its end after all, so that tests do. */
  const during = (pages: number, page: (nth: number) => string): RequestListener => {
    let asked = 0;
    return (_request, response) => void response.end((asked += 1) > pages ? entitiesOf([]) : page(asked));
  };

  it.each([2, 3, 7])('is broken off, with %i pages in turn', async (different) => {
    const listener = during(100, (nth) => entitiesOf([`slug-${nth % different}`]));
    const { breakwater, ...cms } = await behind('contract', listener);
    close = cms.close;
    const exported = await readExport(breakwater);
    expect([exported.isWhole, lastProblemOf(exported)?.code]).toEqual([false, 'upstream_invalid_answer']);
    expect(cms.asked()).toBeLessThan(30);
  });

  it('is broken off before it began, with nothing but entries without a slug', async () => {
    const listener = during(100, () => entitiesOf([null, '']));
    const { breakwater, ...cms } = await behind('contract', listener);
    close = cms.close;
    expect(await readExport(breakwater)).toMatchObject({ status: 502 });
    expect(cms.asked()).toBe(2);
  });
});
