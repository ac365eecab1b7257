import { bareJson, gatewayError, gatewayJson, type Answer } from './answer.ts';
import { byPlace, cutPage } from './cursor-pages.ts';
import { jobLogDocument } from './job-log.document.ts';
import { jobDocument } from './job.document.ts';
import type { Question, Routes } from './route.ts';
import { signedUrlOf } from './signed-url.ts';
import { isUuid } from './stable-id.ts';
import { stopJob } from './stop.ts';
import type { Job } from './world.ts';

const STATES: readonly Job['state'][] = ['PENDING', 'QUEUED', 'RUNNING', 'FINISHED'];

/** Only jobs in one of the `states` that are named: where none is named, no jobs. */
const listJobs = ({ organisation, query }: Question): Answer => {
  const states = readStates(query);
  if (typeof states === 'string')
    return gatewayError(400, 3, `parsing list "states": ${JSON.stringify(states)} is not a valid value`);
  const { jobs } = organisation.world;
  const page = cutPage(jobs.filter(({ state }) => states.includes(state)).toSorted(byPlace), query);
  if (!('jobs' in page)) return page;
  return gatewayJson({ jobs: page.jobs.map(documentOf(organisation)), next_page_token: page.nextPageToken });
};

/** `states=A&states=B` by name or number; `states[]=A` counts as a map's key, empty, and a value. Text: what is none. */
const readStates = (query: URLSearchParams): Job['state'][] | string => {
  const asked = [...(query.has('states[]') ? ['', ...query.getAll('states[]')] : []), ...query.getAll('states')];
  const states = asked.map((word) => STATES.find((state, number) => word === state || word === String(number)));
  const wrong = states.indexOf(undefined);
  return wrong < 0 ? (states as Job['state'][]) : (asked[wrong] ?? '');
};

const documentOf =
  ({ world }: Question['organisation']) =>
  (job: Job): object =>
    jobDocument(
      job,
      world.pipelines.find(({ id }) => id === job.pipelineId),
    );

const onJob =
  (answer: (job: Job, question: Question) => Answer) =>
  (question: Question): Answer => {
    const job = question.organisation.world.jobs.find(({ id }) => id === question.id);
    if (job !== undefined) return answer(job, question);
    return isUuid(question.id)
      ? gatewayError(404, 5, 'Job not found.')
      : gatewayError(400, 3, `Job id ${question.id} is invalid`);
  };

const stop = (job: Job, { organisation }: Question): Answer => {
  stopJob(organisation.world, job);
  organisation.stopped.push(job.id);
  return gatewayJson({});
};

const readLog = ({ organisation, id: wanted }: Question): Answer => {
  const job = organisation.world.jobs.find(({ id }) => id === wanted);
  if (job === undefined) return bareJson(404, `Job with id '${wanted}' not found`);
  if (job.selfHosted) return { status: 302, headers: { location: signedUrlOf(job.id) }, body: '' };
  if (job.started === 0) return bareJson(404, missingLogMessage(job));
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status: 200, headers, body: jobLogDocument(job) };
};

const missingLogMessage = ({ state }: Job): string =>
  state === 'FINISHED' ? 'This job was stopped before it started, so no logs were produced.' : 'Logs not found';

export const jobRoutes: Routes = {
  'GET /jobs': listJobs,
  'GET /jobs/:': onJob((job, { organisation }) => gatewayJson(documentOf(organisation)(job))),
  'POST /jobs/:/stop': onJob(stop),
  'GET /logs/:': readLog,
};
