import { element, part, time } from './element.ts';

export interface Project {
  readonly id: string;
  readonly name: string;
}

export interface Pipeline {
  readonly id: string;
  readonly name: string | null;
  readonly projectId: string | null;
  readonly branch: string | null;
  readonly state: string;
  readonly result: string | null;
  readonly createdAt: string | null;
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly result: string | null;
  readonly pipelineId: string;
}

/** What the board shows. */
export interface Board {
  readonly projects: readonly Project[];
  readonly pipelines: Map<string, Pipeline>;
  readonly jobs: Map<string, Job>;
}

const PIPELINES_EACH = 10;

/** Draws all of it anew: it is small. */
export const drawBoard = ({ projects, pipelines, jobs }: Board): void => {
  const newestFirst = [...pipelines.values()].sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''));
  const toCard = ({ id, name }: Project): Node => {
    const own = newestFirst.filter(({ projectId }) => projectId === id).slice(0, PIPELINES_EACH);
    const list = element('ol', { class: 'pipelines' }, ...own.map((pipeline) => drawPipeline(pipeline, jobs)));
    const none = element('p', { class: 'quiet' }, 'No pipelines yet.');
    return element('article', { class: 'project' }, element('h3', {}, name), own.length > 0 ? list : none);
  };
  part('board').replaceChildren(...projects.map(toCard));
};

const drawPipeline = ({ id, name, branch, state, result, createdAt }: Pipeline, jobs: Map<string, Job>): Node => {
  const shown = element('li', { 'data-pipeline': id });
  shown.append(
    drawState(state, result),
    name ?? id,
    element('span', { class: 'quiet' }, branch ?? ''),
    time(createdAt),
  );
  const own = [...jobs.values()].filter(({ pipelineId }) => pipelineId === id);
  if (own.length > 0) shown.append(element('p', { class: 'jobs' }, own.map(toText).join(' · ')));
  return shown;
};

const drawState = (state: string, result: string | null): Node =>
  element('span', { class: 'state', 'data-result': result ?? '' }, result ?? state);

const toText = ({ name, state, result }: Job): string => `${name}: ${result ?? state}`;
