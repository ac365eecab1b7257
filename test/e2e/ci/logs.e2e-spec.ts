import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, type Answer } from '../../support/ask.ts';
import { startCi, type CiScene } from './ci-scene.ts';

interface Log {
  readonly items: { readonly id: number; readonly at: string | null; readonly text: string }[];
  readonly next: null;
}

const LINES = ['Performing shallow clone with depth: 50', '\u001b[32m✓\u001b[0m keeps the water out', '2 tests run'];

let breakwater: CiScene;
beforeAll(async () => {
  breakwater = await startCi();
});
afterAll(() => breakwater.close());

const getLog = (accept?: string, id = breakwater.semaphore.samples.jobId): Promise<Answer> =>
  breakwater.get(`/jobs/${id}/logs`, accept === undefined ? {} : { accept });

describe('the log of a job', () => {
  it.each([undefined, '*/*', 'application/json', 'text/html, */*;q=0.8', 'image/png'])(
    'is lines with their number and time, for who accepts %s',
    async (accept) => {
      const answer = await getLog(accept);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
      const { items, next } = jsonOf<Log>(answer);
      expect(items.map(({ id }) => id)).toEqual(items.map((_item, index) => index + 1));
      expect(items.map(({ text }) => text)).toEqual(expect.arrayContaining(LINES));
      for (const { at } of items) expect(at).toMatch(/^\d{4}-\d\d-\d\dT/);
      expect(next).toBeNull();
    },
  );

  it.each(['text/plain', 'text/plain; charset=utf-8, application/json;q=0.5', 'text/*'])(
    'is those lines themselves, for who prefers %s',
    async (accept) => {
      const { items } = jsonOf<Log>(await getLog());
      const answer = await getLog(accept);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
      expect(answer.text).toBe(items.map(({ text }) => `${text}\n`).join(''));
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  it('says that it depends on Accept, and is kept by nobody', async () => {
    for (const accept of ['application/json', 'text/plain']) {
      const { headers } = await getLog(accept);
      const vary = headers.get('vary')?.toLowerCase().split(', ');
      expect(vary).toEqual(expect.arrayContaining(['accept-encoding', 'accept', 'authorization', 'cookie']));
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('a log that is kept elsewhere', () => {
  it.each(['application/json', 'text/plain'])('is where Location says, and we do not go there: %s', async (accept) => {
    const { movedLogJobId, signedUrl } = breakwater.semaphore.samples;
    const before = breakwater.receipts.length;
    const answer = await getLog(accept, movedLogJobId);
    expect([answer.status, answer.headers.get('location'), answer.text]).toEqual([302, signedUrl, '']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const receipts = breakwater.receipts.slice(before);
    expect(receipts.map(({ operation, attempts }) => [operation, attempts.length])).toEqual([['getJobLog', 1]]);
    expect(breakwater.semaphore.requests.at(-1)?.path).toBe(`/api/v1alpha/logs/${movedLogJobId}`);
  });

  it('is named in no line of our own log', () => {
    const { signedUrl } = breakwater.semaphore.samples;
    expect(breakwater.logLines.join('')).not.toContain(new URL(signedUrl).host);
  });
});
