import { z } from 'zod';

/** Times are milliseconds, 0 when there is none; what happened is one word for state and result. */
const time = z.number().transform((ms) => (ms === 0 ? null : new Date(ms).toISOString()));

const ENDED = new Set(['green', 'red']);
const stateOf = (light: string): string => (ENDED.has(light) ? 'done' : 'running');
const resultOf = (light: string): string | null => ({ green: 'passed', red: 'failed' })[light] ?? null;

export const project = z.object({ repo: z.string(), title: z.string() }).transform(({ repo, title }) => ({
  id: repo,
  name: title,
  description: null,
  ownerId: null,
  visibility: null,
  repository: null,
}));

export const workflow = z
  .object({ run: z.string(), repo: z.string(), ref: z.string(), began: time })
  .transform(({ run, repo, ref, began }) => ({
    id: run,
    projectId: repo,
    initialPipelineId: `${run}.1`,
    branch: ref,
    commitSha: null,
    triggeredBy: null,
    requesterId: null,
    rerunOf: null,
    createdAt: began,
  }));

const task = z.object({ task: z.string(), light: z.string() });

export const pipeline = z
  .object({ stage: z.string(), run: z.string(), light: z.string(), began: time, ended: time, tasks: z.array(task) })
  .transform(({ stage, run, light, began, ended, tasks }) => ({
    id: stage,
    name: null,
    workflowId: run,
    projectId: null,
    branch: null,
    commitSha: null,
    file: null,
    state: stateOf(light),
    result: resultOf(light),
    resultReason: null,
    createdAt: began,
    pendingAt: null,
    queuingAt: null,
    runningAt: began,
    stoppingAt: null,
    doneAt: ended,
    blocks: tasks.map((one) => ({
      id: one.task,
      name: one.task,
      state: stateOf(one.light),
      result: resultOf(one.light),
      jobs: [],
    })),
  }));

export const job = z.object({ task: z.string(), light: z.string() }).transform((one) => ({
  id: one.task,
  name: one.task,
  projectId: null,
  pipelineId: null,
  state: stateOf(one.light),
  result: resultOf(one.light),
  createdAt: null,
  updatedAt: null,
  startedAt: null,
  finishedAt: null,
}));

export const begun = z
  .object({ run: z.string() })
  .transform(({ run }) => ({ workflowId: run, pipelineId: `${run}.1` }));

/** The last one seen leads to the next page. */
export const pageOf = <T extends z.ZodType<{ readonly id: string }>>(item: T) =>
  z.object({ list: z.array(item), more: z.boolean() }).transform(({ list, more }) => ({
    items: list,
    next: more ? { token: list.at(-1)!.id } : null,
  }));

export const projects = pageOf(project);
export const workflows = pageOf(workflow);
export const pipelines = pageOf(pipeline);
export const jobs = pageOf(job);
