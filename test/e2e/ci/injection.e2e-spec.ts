import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askRaw, type RawAnswer } from '../../support/raw-http.ts';
import { BOTH, startCi, type CiScene } from './ci-scene.ts';
import { expectRefused } from './expect-refused.ts';

/** In whatever reaches Semaphore, this is what an attack would leave behind. */
const MARK = 'injected';

let breakwater: CiScene;
beforeAll(async () => {
  breakwater = await startCi();
});
afterAll(() => breakwater.close());

const samples = () => breakwater.semaphore.samples;

/** As it stands: no client may tidy it up. */
const getRaw = (path: string): Promise<RawAnswer> =>
  askRaw(breakwater.url, `/api/v1/ci${path}`, { authorization: `Bearer ${BOTH}` });

/** In a path or query, percent-encoded already. */
const ENCODED: readonly [what: string, value: string][] = [
  ['a climb', `..%2F${MARK}`],
  ['a climb twice encoded', `%252e%252e%252f${MARK}`],
  ['a climb by backslash', `..%5C${MARK}`],
  ['two dots', '%2e%2e'],
  ['an encoded slash', `a%2F..%2F${MARK}`],
  ['a line break', `a%0d%0aX-Injected:%20${MARK}`],
  ['a line feed', `a%0a${MARK}`],
  ['a NUL', `a%00${MARK}`],
  ['a NUL alone', '%00'],
  ['a direction override', `a%E2%80%AE${MARK}`],
  ['a line separator', `a%E2%80%A8${MARK}`],
  ['8 KB', MARK.repeat(1_000)],
  ['10 KB', MARK.repeat(1_280)],
];

/** Fine in the name of a branch, which is a value of a query; nowhere else. */
const FOR_PATHS: readonly [what: string, value: string][] = [
  ['a slash', `a%2F${MARK}`],
  ['a question mark', `a%3Fpage%3D${MARK}`],
  ['a fragment', `a%23${MARK}`],
  ['an ampersand', `a%26token%3D${MARK}`],
  ['a blank', `a%20${MARK}`],
  ['a semicolon', `a;${MARK}`],
  ['a letter of another script', `a%C3%A9${MARK}`],
];

const ID = '3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f';
/** What looks like an id for the most part. */
const NEAR_IDS: readonly [what: string, value: string][] = [
  ['an id with a slash and more', `${ID}%2F${MARK}`],
  ['an id with another id', `${ID}%2F${ID}`],
  ['an id with a line break', `${ID}%0a`],
  ['an id with a blank before it', `%20${ID}`],
  ['an id in braces', `%7B${ID}%7D`],
];

/** Fine for a CI service of some kind, only not for Semaphore. */
const IDS_OF_OTHERS = [ID.replaceAll('-', ''), '7', 'latest', `${ID}0`, '-'];

describe('an id of another kind', () => {
  it.each(IDS_OF_OTHERS)('is of nothing, and Semaphore is not asked: %s', async (id) => {
    const before = breakwater.semaphore.requests.length;
    for (const path of [
      `/workflows/${id}`,
      `/workflows?projectId=${id}`,
      `/pipelines?projectId=${id}`,
      `/pipelines?workflowId=${id}`,
      `/pipelines/${id}`,
      `/pipelines/${id}/promotions`,
      `/jobs/${id}`,
      `/jobs/${id}/logs`,
    ])
      expect([path, (await breakwater.get(path)).status]).toEqual([path, 404]);
    for (const path of [`/workflows/${id}/rerun`, `/workflows/${id}/stop`, `/pipelines/${id}/stop`, `/jobs/${id}/stop`])
      expect([path, (await breakwater.post(path)).status]).toEqual([path, 404]);
    expect((await breakwater.post('/workflows', { projectId: id, reference: 'refs/heads/main' })).status).toBe(404);
    expect((await breakwater.post(`/pipelines/${id}/promotions`, { name: 'a' })).status).toBe(404);
    expect(breakwater.semaphore.requests).toHaveLength(before);
  });
});

describe('in a path', () => {
  it.each([...ENCODED, ...FOR_PATHS, ...NEAR_IDS])('%s is no id', async (_what, value) => {
    for (const kind of ['workflows', 'pipelines', 'jobs']) await expectRefused(breakwater, getRaw(`/${kind}/${value}`));
    for (const path of [`/pipelines/${value}/promotions`, `/jobs/${value}/logs`])
      await expectRefused(breakwater, getRaw(path));
  });

  it.each([...ENCODED, ...FOR_PATHS])('%s is no name of a project', async (_what, value) => {
    await expectRefused(breakwater, getRaw(`/projects/${value}`));
  });

  /** Clients resolve dots themselves. */
  const SENT_AS_THEY_ARE = ENCODED.filter(([, value]) => value !== '%2e%2e' && value.length < 10_000);

  it.each([...SENT_AS_THEY_ARE, ...NEAR_IDS])('%s is nothing to write to', async (_what, value) => {
    for (const path of [
      'workflows/:/rerun',
      'workflows/:/stop',
      'pipelines/:/stop',
      'pipelines/:/rebuild',
      'jobs/:/stop',
    ])
      await expectRefused(breakwater, breakwater.post(`/${path.replace(':', value)}`, undefined), 'id');
    await expectRefused(breakwater, breakwater.post(`/pipelines/${value}/promotions`, { name: 'Production' }), 'id');
  });

  it.each(['..', '.', '%2e', '%2e%2e', '../workflows', '..%2f..%2fjobs', '%2e%2e/jobs', '//jobs', '%2e%2e%2fjobs'])(
    'there is no way out by %s',
    async (value) => {
      const before = breakwater.semaphore.requests.length;
      expect([400, 404]).toContain((await getRaw(`/projects/${value}`)).status);
      expect(breakwater.semaphore.requests).toHaveLength(before);
    },
  );
});

describe('in a query', () => {
  it.each(ENCODED)('%s is no branch', async (_what, value) => {
    await expectRefused(breakwater, getRaw(`/workflows?projectId=${samples().projectId}&branch=${value}`), 'branch');
  });

  it.each([...ENCODED, ...FOR_PATHS, ...NEAR_IDS])('%s is no id', async (_what, value) => {
    await expectRefused(breakwater, getRaw(`/workflows?projectId=${value}`), 'projectId');
    await expectRefused(breakwater, getRaw(`/pipelines?projectId=${value}`), 'projectId');
    await expectRefused(breakwater, getRaw(`/pipelines?workflowId=${value}`), 'workflowId');
  });

  it.each([...ENCODED, ...FOR_PATHS])('%s is no state, no limit and no cursor', async (_what, value) => {
    await expectRefused(breakwater, getRaw(`/jobs?state=${value}`), 'state');
    for (const field of ['limit', 'cursor'])
      await expectRefused(breakwater, getRaw(`/projects?${field}=${value}`), field);
  });

  it.each(['page=2', 'page_size=1', 'states=RUNNING', `project_id=${ID}`, 'branch[]=main'])(
    'nothing is passed on that nobody asked for: %s',
    (query) => expectRefused(breakwater, getRaw(`/workflows?projectId=${samples().projectId}&${query}`)),
  );

  it.each(['a&page=9', 'a?b#c', 'ä', '100%', 'feature/x', "a'b", '"a";b=c'])(
    'a branch of special characters arrives as it is: %s',
    async (branch) => {
      await getRaw(`/workflows?projectId=${samples().projectId}&branch=${encodeURIComponent(branch)}`);
      const { pathname, searchParams } = new URL(breakwater.semaphore.requests.at(-1)!.path, 'http://semaphore');
      expect(pathname).toBe('/api/v1alpha/plumber-workflows');
      expect(Object.fromEntries(searchParams)).toMatchObject({ branch_name: branch, page: '1' });
    },
  );
});

it('nothing of all this ever left for Semaphore', () => {
  const { requests } = breakwater.semaphore;
  expect(requests.length).toBeGreaterThan(5);
  for (const { path, headers } of requests) {
    expect(path).toMatch(/^\/api\/v1alpha\/[a-z-]+(\?[\w.%=&-]+)?$/);
    expect(JSON.stringify([path, headers])).not.toContain(MARK);
  }
});
