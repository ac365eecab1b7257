import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask, type Answer } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { noteSecret } from '../../support/evidence/evidence.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';
import type { CmsStandIn } from '../../upstreams/cms/cms-handles.ts';
import { KINDS, urlOf } from '../articles/cms-scene.ts';
import { ciRoutes, type CiRoute } from '../ci/ci-routes.ts';
import { startCi, type CiScene } from '../ci/ci-scene.ts';

const CMS_TOKEN = 'cms-token-9f1b6c2e7d5a4830';
const CMS_WEBHOOK_SECRET = 'webhook secret 5c0d/7e+2b=9a';
const SEMAPHORE_TOKEN = 'semaphore-token-31d8e6a94b7c';
const TROUBLES = ['json-string', 'text', 'message', 'grpc'] as const;

// Hundreds of requests, on a busy machine.
jest.setTimeout(60_000);

let cms: CmsStandIn;
let breakwater: CiScene;
let moved: Answer;
/** Answers of 400 and more. */
const problems: string[] = [];

const note = async (answering: Promise<Answer>): Promise<Answer> => {
  const answer = await answering;
  if (answer.status >= 400) problems.push(answer.text, JSON.stringify([...answer.headers]));
  return answer;
};

const enter = ({ method, path, body }: CiRoute, headers = {}): Promise<Answer> =>
  note(method === 'GET' ? breakwater.get(path, headers) : breakwater.post(path, body, headers));

const tell = (secret: string, event: string, body: object | string): Promise<Answer> =>
  note(
    ask(`${breakwater.url}/api/v1/webhooks/cms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-strapi-event': event, 'x-webhook-secret': secret },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );

const readArticles = async (): Promise<void> => {
  for (const path of ['', '/gone', '/export', '?limit=0', '?limit=3'])
    await note(ask(`${breakwater.url}/api/v1/articles${path}`));
};

/** All that an application does for others and is told by others, and all that may go wrong with it. */
const doEverything = async (): Promise<void> => {
  const { samples } = breakwater.semaphore;
  const routes = ciRoutes(samples);
  await readArticles();
  for (const secret of [CMS_WEBHOOK_SECRET, `${CMS_WEBHOOK_SECRET}x`])
    for (const body of ['{', { event: 'entry.create' }, cms.webhookBody('entry.update', 'gone')])
      await tell(secret, 'entry.update', body);
  cms.failFrom(-1);
  await readArticles();
  cms.cutFrom(-1);
  await readArticles();
  moved = await breakwater.get(`/jobs/${samples.movedLogJobId}/logs`);
  for (const route of routes) await enter(route);
  for (const form of TROUBLES)
    for (const status of [401, 404, 422, 429, 500])
      for (const route of [routes[0]!, routes[4]!]) {
        breakwater.semaphore.failNext(status, form, 3);
        await enter(route);
      }
  await breakwater.semaphore.close();
  await cms.close();
  for (const route of [...routes, { method: 'GET', path: `/jobs/${samples.movedLogJobId}/logs` } as const])
    await enter(route);
  await readArticles();
};

const spellings = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  ...(['base64', 'base64url', 'hex'] as const).map((as) => Buffer.from(secret).toString(as).replace(/=+$/, '')),
];

describe.each(KINDS)('with a Semaphore, and a CMS of kind %s', (kind) => {
  beforeAll(async () => {
    cms = await startCms({ token: CMS_TOKEN });
    const theirs = { CMS_URL: urlOf(cms, kind), CMS_KIND: kind, CMS_TOKEN, CMS_WEBHOOK_SECRET };
    const quick = { CMS_BACKOFF_BASE_MS: '1', SEMAPHORE_BACKOFF_BASE_MS: '1' };
    const env = { ...theirs, ...quick, SEMAPHORE_TOKEN, LOG_LEVEL: 'trace' };
    breakwater = await startCi({ semaphore: { token: SEMAPHORE_TOKEN }, env });
    problems.length = 0;
    await doEverything();
    await eventually(() => expect(breakwater.logLines.at(-1)).toContain('"msg":"request"'));
  });
  afterAll(() => breakwater.close());

  /** What of these secrets is to be found in `texts`. */
  const found = (texts: readonly string[]): string[] => {
    const { signedUrl } = breakwater.semaphore.samples;
    const { host, search, searchParams } = new URL(signedUrl);
    const secrets = [signedUrl, host, search.slice(1), searchParams.get('jwt')!];
    secrets.forEach(noteSecret);
    const all = texts.join('\n');
    return [...secrets, CMS_TOKEN, CMS_WEBHOOK_SECRET, SEMAPHORE_TOKEN]
      .flatMap(spellings)
      .filter((spelling) => all.includes(spelling));
  };

  it('all secrets were used', () => {
    expect(moved.headers.get('location')).toBe(breakwater.semaphore.samples.signedUrl);
    expect(cms.requests.map(({ headers }) => headers.authorization)).toContain(`Bearer ${CMS_TOKEN}`);
    expect(breakwater.semaphore.requests.map(({ headers }) => headers.authorization)).toContain(
      `Token ${SEMAPHORE_TOKEN}`,
    );
  });

  it('no line of the log tells any of them', () => {
    expect(breakwater.logLines.length).toBeGreaterThan(100);
    expect(found(breakwater.logLines)).toEqual([]);
  });

  it('no receipt does', () => {
    expect(breakwater.receipts.length).toBeGreaterThan(60);
    expect(found([JSON.stringify(breakwater.receipts)])).toEqual([]);
  });

  it('no problem does, nor its headers', () => {
    expect(problems.length).toBeGreaterThan(60);
    expect(found(problems)).toEqual([]);
  });
});
