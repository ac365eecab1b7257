import { runInContext, type RequestContext } from '../../platform/context/request-context.ts';
import { unlessAborted } from '../../platform/unless-aborted.ts';

/**
 * The pages, each read as part of the request, whoever triggers it: a reader that makes room knows of no request.
 * Ends at once when the request is aborted, with the reason for that; the pages are told that no more are wanted.
 */
export async function* readForRequest<T>(pages: AsyncIterable<T>, context: RequestContext): AsyncGenerator<T, void> {
  const iterator = pages[Symbol.asyncIterator]();
  try {
    for (;;) {
      context.signal.throwIfAborted();
      const next = runInContext(context, async () => iterator.next());
      const page = await unlessAborted(next, context.signal);
      // Told for the headers, which are on their way; there may be any number of them.
      context.freshness.sources.length = 0;
      if (page.done) return;
      yield page.value;
    }
  } finally {
    // Whoever is still busy with a page nobody waits for ends when he can.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}
