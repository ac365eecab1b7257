import { UpstreamError } from '../../outbound/index.ts';
import type { CmsArticlePage } from './cms.client.ts';
import type { CmsOperation } from './cms.provider.ts';

/** As many as it takes for ten million articles; a CMS that has more pages never ends. */
const MAX_PAGES = 100_000;

/** A page as the CMS gives it. */
export interface CmsPage extends CmsArticlePage {
  /** With those that are no articles of ours. */
  readonly length: number;
  /** The first entry, an article of ours or not: the same again is the same page. */
  readonly first: unknown;
}

interface PagesRead {
  readonly operation: CmsOperation;
  /** Asks the CMS for up to `limit` articles; it may give fewer, or more. */
  readonly ask: (limit: number, offset: number) => Promise<CmsPage>;
  readonly perPage: number;
  /** Where to begin. Default 0. */
  readonly offset?: number;
  /** When to stop. Default: at the end. */
  readonly limit?: number;
}

/**
 * Pages one after the other, each asked for when the reader wants it. Goes on from what really came, so a CMS may make its
 * pages smaller and say nothing; ends at its total, or at an empty page, which is given as well: its total counts.
 * @throws UpstreamError when the CMS repeats itself or never ends
 */
export async function* readPages(from: PagesRead): AsyncGenerator<CmsPage, void, undefined> {
  const { operation, ask, perPage, offset = 0, limit = Infinity } = from;
  let read = 0;
  // As Brent's algorithm does: one page is remembered, then one twice as far on; any circle comes back to it.
  let remembered: string | undefined;
  let rememberNext = 1;
  for (let pages = 0; ; pages += 1) {
    if (pages === MAX_PAGES) throw invalidAnswer(operation, `more than ${MAX_PAGES} pages`);
    const page = await ask(Math.min(perPage, limit - read), offset + read);
    if (remembered !== undefined && JSON.stringify(page.first) === remembered) {
      throw invalidAnswer(operation, 'a page begins as one before: the CMS ignores the offset, or goes in circles');
    }
    yield page;
    read += page.length;
    if (page.length === 0 || read >= limit || isEnd(page, offset + read)) return;
    if (pages + 1 === rememberNext) {
      remembered = JSON.stringify(page.first);
      rememberNext *= 2;
    }
  }
}

const isEnd = ({ total }: CmsArticlePage, position: number): boolean => total !== null && position >= total;

const invalidAnswer = (operation: CmsOperation, reason: string): UpstreamError =>
  new UpstreamError({ code: 'upstream_invalid_answer', provider: 'cms', operation, reason, transient: false });
