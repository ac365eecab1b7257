import { drawBoard, type Board, type Job, type Pipeline, type Project } from './board-view.ts';
import { noteHeard, noteStored } from './connection.ts';
import { part } from './element.ts';
import { listen } from './event-stream.ts';
import { fetchJson, LoadFailure } from './fetch-json.ts';
import { soon } from './soon.ts';

interface List<T> {
  readonly items: readonly T[];
}

/** A pipeline with its jobs. */
interface Detail {
  readonly id: string;
  readonly blocks: readonly { readonly jobs: readonly Omit<Job, 'pipelineId'>[] }[];
}

const MAX_DETAILS = 10;
const toDetail = (id: string): string => `/api/v1/ci/pipelines/${encodeURIComponent(id)}`;
const PROJECTS = '/api/v1/ci/projects?limit=20';
const toPipelines = ({ id }: Project): string => `/api/v1/ci/pipelines?projectId=${encodeURIComponent(id)}&limit=10`;

let board: Board = { projects: [], pipelines: new Map(), jobs: new Map() };

/** Shows the CI board, and stays up to date. Returns what ends that and takes it off the page. */
export const showBoard = (whenRefused: () => void): (() => void) => {
  let isShown = true;
  const again = soon(() => load(() => isShown, whenRefused));
  again();
  const stop = listen('ci', {
    on: { 'pipeline.changed': changePipeline, 'job.changed': changeJob, 'watch.started': again },
    startAnew: again,
  });
  return () => {
    isShown = false;
    stop();
    board = { projects: [], pipelines: new Map(), jobs: new Map() };
    drawBoard(board);
  };
};

/** What arrives when it is not shown any more is for nobody's eyes. */
const load = async (isShown: () => boolean, whenRefused: () => void): Promise<void> => {
  try {
    const projects = await fetchJson<List<Project>>(PROJECTS);
    const lists = await Promise.all(projects.value.items.map((one) => fetchJson<List<Pipeline>>(toPipelines(one))));
    const pipelines = new Map(lists.flatMap(({ value }) => value.items).map((one) => [one.id, one]));
    const storedAt = [projects, ...lists].map((loaded) => loaded.storedAt).find((at) => at !== undefined);
    if (storedAt) noteStored(storedAt);
    else noteHeard();
    const jobs = await loadJobs([...pipelines.values()]);
    if (!isShown()) return;
    board = { projects: projects.value.items, pipelines, jobs };
    drawBoard(board);
    part('ci-note').textContent = board.projects.length === 0 ? 'There are no projects.' : '';
  } catch (error) {
    if (!isShown()) return;
    part('ci-note').textContent = (error as Error).message;
    if (error instanceof LoadFailure && (error.status === 401 || error.status === 403)) whenRefused();
  }
};

/** Of those that are under way, as far as they are shown. */
const loadJobs = async (pipelines: readonly Pipeline[]): Promise<Map<string, Job>> => {
  const underWay = pipelines.filter(({ state }) => state !== 'done').slice(0, MAX_DETAILS);
  const details = await Promise.all(underWay.map(({ id }) => fetchJson<Detail>(toDetail(id))));
  const jobs = details.flatMap(({ value }) =>
    value.blocks.flatMap((block) => block.jobs.map((job) => ({ ...job, pipelineId: value.id }))),
  );
  return new Map(jobs.map((job) => [job.id, job]));
};

const changePipeline = (pipeline: Pipeline): void => {
  board.pipelines.set(pipeline.id, pipeline);
  drawBoard(board);
};

const changeJob = (job: Job): void => {
  board.jobs.set(job.id, job);
  drawBoard(board);
};
