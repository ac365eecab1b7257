import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { LIN, startCi, type CiScene } from './ci-scene.ts';

interface Page {
  readonly items: { readonly id: string }[];
  readonly next: string | null;
}

let breakwater: CiScene;
beforeAll(async () => {
  breakwater = await startCi({ semaphore: { workflows: 73, projects: 503 } });
});
afterAll(() => breakwater.close());

const samples = () => breakwater.semaphore.samples;
const workflows = () => `/workflows?projectId=${samples().projectId}`;

const readPage = async (path: string): Promise<Page> => {
  const answer = await breakwater.get(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return jsonOf<Page>(answer);
};

const withQuery = (path: string, query: string): string => path + (path.includes('?') ? '&' : '?') + query;

/** Ids by page. */
const walk = async (path: string, limit: number): Promise<string[][]> => {
  const pages: string[][] = [];
  let page = await readPage(withQuery(path, `limit=${limit}`));
  for (;;) {
    pages.push(page.items.map(({ id }) => id));
    if (page.next === null) return pages;
    page = await readPage(withQuery(path, `limit=${limit}&cursor=${page.next}`));
  }
};

describe('73 workflows', () => {
  it.each([
    [10, 8],
    [73, 1],
    [100, 1],
    [7, 11],
  ])('in pages of %i are read each once and in order, on %i pages', async (limit, count) => {
    const pages = await walk(workflows(), limit);
    expect(pages.flat()).toEqual(breakwater.semaphore.workflowIds);
    expect(pages.flat()).toHaveLength(73);
    expect(pages).toHaveLength(count);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
  });
});

describe('the other lists', () => {
  it('of projects go on beyond the 500 of a page of theirs', async () => {
    for (const limit of [30, 100])
      expect((await walk('/projects', limit)).flat()).toEqual(breakwater.semaphore.projectIds);
  });

  it('of jobs go on by their token, though Semaphore gives 30 at most', async () => {
    const whole = (await walk('/jobs', 100)).flat();
    expect([...whole].sort()).toEqual([...breakwater.semaphore.jobIds].sort());
    for (const limit of [10, 44]) expect((await walk('/jobs', limit)).flat()).toEqual(whole);
  });

  it('of pipelines and promotions go on by number', async () => {
    const [pipelines, promotions] = [
      `/pipelines?projectId=${samples().projectId}`,
      `/pipelines/${samples().pipelineId}/promotions`,
    ];
    for (const path of [pipelines, promotions]) {
      const whole = (await walk(path, 100)).flat();
      expect(whole.length).toBeGreaterThan(10);
      expect((await walk(path, 5)).flat()).toEqual(whole);
    }
  });
});

describe('a cursor', () => {
  const expectRefused = async (path: string, field = 'cursor'): Promise<void> => {
    const before = breakwater.semaphore.requests.length;
    const problem = problemOf(await breakwater.get(path));
    expect([path, problem]).toEqual([path, expect.objectContaining({ status: 400, code: 'invalid_request' })]);
    expect(problem.errors).toMatchObject([{ field }]);
    expect(breakwater.semaphore.requests).toHaveLength(before);
  };

  const lists = (): string[] => [
    '/projects',
    workflows(),
    `${workflows()}&branch=main`,
    `/workflows?projectId=${breakwater.semaphore.projectIds[1]}`,
    `/pipelines?projectId=${samples().projectId}`,
    `/pipelines?workflowId=${samples().workflowId}`,
    `/pipelines/${samples().pipelineId}/promotions`,
    `/pipelines/${samples().donePipelineId}/promotions`,
    '/jobs',
    '/jobs?state=finished',
  ];

  it('that was forged never reaches Semaphore, whichever list it is for', async () => {
    const forged = Buffer.from('{"limit":10,"position":{"page":2,"size":10}}').toString('base64url');
    for (const list of lists())
      for (const cursor of ['', 'x', '2', forged, '%00', '%0d%0aX-Injected:1', '../projects', 'a'.repeat(10_240)])
        await expectRefused(withQuery(list, `cursor=${cursor}`));
  });

  it('of one list is foreign to all others', async () => {
    const next = (await readPage(`${workflows()}&limit=5`)).next!;
    for (const list of lists().filter((each) => each !== workflows()))
      await expectRefused(withQuery(list, `cursor=${next}`));
  });

  it('that was changed, cut off or repeated never reaches Semaphore', async () => {
    const next = (await readPage(`${workflows()}&limit=5`)).next!;
    const changed = next.slice(0, 20) + (next[20] === 'A' ? 'B' : 'A') + next.slice(21);
    for (const cursor of [changed, next.slice(1), next.slice(0, -1), `${next}&cursor=${next}`])
      await expectRefused(`${workflows()}&cursor=${cursor}`);
  });

  it('of pages of 5 goes on with 5, and with nothing else', async () => {
    const next = (await readPage(`${workflows()}&limit=5`)).next!;
    for (const limit of [4, 6, 20, 100]) await expectRefused(`${workflows()}&limit=${limit}&cursor=${next}`, 'limit');
    const { items } = await readPage(`${workflows()}&cursor=${next}`);
    expect(items.map(({ id }) => id)).toEqual(breakwater.semaphore.workflowIds.slice(5, 10));
  });

  it('of states goes on in whatever order they are named', async () => {
    const next = (await readPage('/jobs?limit=3&state=running,finished')).next!;
    expect((await readPage(`/jobs?state=finished,running&cursor=${next}`)).items).toHaveLength(3);
  });

  it('is not bound to who got it: it says where, not who may', async () => {
    const next = (await readPage(`${workflows()}&limit=5`)).next!;
    const answer = await breakwater.get(`${workflows()}&cursor=${next}`, { authorization: `Bearer ${LIN}` });
    expect(answer.status).toBe(200);
  });
});
