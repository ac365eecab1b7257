import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenLocally, type StandIn } from '../../../upstreams/stand-in.ts';

export const CI_KEY = 'a-key-for-runs';

const BEGAN = Date.UTC(2026, 0, 2);
const repo = { repo: 'tide', title: 'tide' };
const runs = ['run-1', 'run-2', 'run-3'].map((run) => ({ run, repo: 'tide', ref: 'main', began: BEGAN }));
const tasks = [{ task: 'lint', light: 'red' }];
const stage = { stage: 'run-1.1', run: 'run-1', light: 'red', began: BEGAN, ended: 0, tasks };

const ANSWERS: Readonly<Record<string, unknown>> = {
  'GET /repos': { list: [repo], more: false },
  'GET /repos/titled/tide': repo,
  'POST /repos/tide/runs': { run: 'run-4' },
  'GET /runs/run-1': runs[0],
  'POST /runs/run-1/again': { run: 'run-5' },
  'DELETE /runs/run-1': null,
  'GET /runs/run-1/stages': { list: [stage], more: false },
  'GET /stages/run-1.1': stage,
  'GET /tasks': { list: tasks, more: false },
  'GET /tasks/lint': tasks[0],
  'GET /tasks/lint/output': 'one\ntwo',
};

/** A CI service of another kind: it knows one repository with three runs. */
export const startRuns = async (): Promise<StandIn> => {
  const { port, close } = await listenLocally(createServer(answer));
  return { url: `http://127.0.0.1:${port}`, close };
};

const answer = ({ method, url = '', headers }: IncomingMessage, response: ServerResponse): void => {
  const { pathname, searchParams } = new URL(url, 'http://runs.example');
  const found =
    pathname === '/repos/tide/runs' && method === 'GET' ? pageOf(searchParams) : ANSWERS[`${method} ${pathname}`];
  const status = headers['x-ci-key'] !== CI_KEY ? 403 : found === undefined ? 404 : 200;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(status === 200 ? found : {}));
};

const pageOf = (query: URLSearchParams): object => {
  const after = runs.findIndex(({ run }) => run === query.get('after')) + 1;
  const list = runs.slice(after, after + Number(query.get('n')));
  return { list, more: after + list.length < runs.length };
};
