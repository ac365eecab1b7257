import { makeJob, JOBS_OF_PIPELINE } from './job-making.ts';
import { makePipeline, TARGETS } from './pipeline-making.ts';
import { stableId, stableSha } from './stable-id.ts';
import type { Micros } from './time-forms.ts';
import { TRIGGERS, type Job, type Pipeline, type Project, type Promotion, type Workflow, type World } from './world.ts';

export interface Amounts {
  readonly projects: number;
  /** Of the first project; the second has two, the others none. */
  readonly workflows: number;
  readonly jobs: number;
}

const NEWEST: Micros = Date.UTC(2026, 4, 4, 12) * 1_000;
const QUARTER: Micros = 15 * 60 * 1_000_000 + 544_028;
const BRANCHES = ['main', 'main', 'feature/wide-beam', 'refs/tags/v1.4.0', 'pull-request-27'];

/** As many as the page of promotions holds, and two more. */
const PROMOTIONS = 12;

/** The organisation as it is before anybody writes: the newest workflow runs, the next one failed, the others passed. */
export const seedWorld = (amounts: Amounts): World => {
  const projects = count(amounts.projects).map(makeProject);
  const [first, second] = projects;
  const workflows = [...makeWorkflows(first, amounts.workflows, 0), ...makeWorkflows(second, 2, 10_000)];
  const pipelines = workflows.map(initialPipelineOf);
  const jobs = count(amounts.jobs).map((number) => seedJob(number, pipelines));
  const promotions = count(PROMOTIONS).map((number) => seedPromotion(number, pipelines[0]?.id ?? ''));
  let now = NEWEST + QUARTER;
  return { projects, workflows, pipelines, jobs, promotions, now: () => (now += 1_001_234) };
};

const count = (length: number): number[] => Array.from({ length }, (_, index) => index);

const NAMES = ['breakwater', 'lighthouse', 'harbour'];

const makeProject = (number: number): Project => ({
  id: stableId('project', number),
  name: NAMES[number] ?? `project-${number + 1}`,
  number,
});

const makeWorkflows = (project: Project | undefined, amount: number, from: number): Workflow[] =>
  project === undefined ? [] : count(amount).map((index) => makeWorkflow(project, index, from + index));

const makeWorkflow = (project: Project, index: number, number: number): Workflow => ({
  id: stableId('workflow', number),
  projectId: project.id,
  initialPipelineId: stableId('pipeline', number),
  branch: BRANCHES[index % BRANCHES.length] ?? 'main',
  commitSha: stableSha(number),
  trigger: TRIGGERS[index % TRIGGERS.length] ?? 'HOOK',
  rerunOf: index % 7 === 6 ? stableId('workflow', number + 1) : '',
  created: NEWEST - index * QUARTER,
});

const DONE = { state: 'done' } as const;

/** From the first on; all others passed, too. */
const BEGINNINGS = [{ state: 'running' }, { ...DONE, result: 'failed' }, DONE, { ...DONE, targets: [] }] as const;

const initialPipelineOf = (workflow: Workflow, index: number): Pipeline =>
  makePipeline(workflow.initialPipelineId, workflow, workflow.created, BEGINNINGS[index] ?? DONE);

const ONE_SECOND = 1_000_000;

/** Three a pipeline while there are pipelines, newest first; the rest of them belongs to none. */
const seedJob = (number: number, pipelines: readonly Pipeline[]): Job => {
  const pipeline = pipelines[Math.floor(number / JOBS_OF_PIPELINE.length)];
  const place = number % JOBS_OF_PIPELINE.length;
  const id = stableId('job', number);
  const created = (pipeline?.times.created ?? NEWEST - (number + 1_000) * QUARTER) - place * ONE_SECOND;
  if (pipeline !== undefined) return { ...makeJob(id, pipeline, place, created), selfHosted: number % 9 === 4 };
  return { ...makeJob(id, ORPHANED, place, created), projectId: pipelines[0]?.projectId ?? '', pipelineId: '' };
};

const NOWHERE: Workflow = { ...makeWorkflow({ id: '', name: '', number: 0 }, 0, 20_000) };
const ORPHANED = makePipeline('', NOWHERE, NEWEST, { state: 'done' });

const seedPromotion = (index: number, pipelineId: string): Promotion => ({
  pipelineId,
  name: TARGETS[index === 3 ? 1 : 0],
  triggeredBy: index % 2 === 0 ? 'Pipeline Done request' : stableId('user', 0),
  triggered: NEWEST + (PROMOTIONS - index) * 2_500_001,
  override: index % 2 === 1,
  status: index === 0 ? 'processing' : index % 5 === 2 ? 'failed' : 'passed',
  scheduledPipelineId: index === 0 ? '' : stableId('promoted pipeline', index),
});
