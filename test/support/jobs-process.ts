import { fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallState } from '../../src/jobs/call-record.ts';

/** What a call sends: `POST /<fault>/<nth>` at the fault server. */
export interface Probe {
  /** `late`: the effect comes at once; `slow`: with the answer. */
  readonly fault: 'late' | 'slow';
  readonly nth: number;
}

/** With the id of the call as its idempotency key, or without any; then it must not be sent twice. */
export type ProbeOperation = 'probe.keyed' | 'probe.unkeyed';

/** A call as it is kept. */
export interface KeptCall {
  readonly id: string;
  readonly operation: string;
  readonly state: CallState;
  readonly probe: Probe;
}

type Question =
  | { readonly kind: 'submit'; readonly operation: ProbeOperation; readonly probe: Probe }
  | { readonly kind: 'list' }
  | { readonly kind: 'is-idle' };

export type JobsRequest = Question & { readonly nth: number };

export type ToldByJobs =
  | { readonly ready: true }
  | { readonly nth: number; readonly answer: unknown }
  | { readonly nth: number; readonly failure: string };

/** The application without HTTP, as a process of its own; `npm run build` makes what it runs. */
export interface JobsProcess {
  /** Resolves when it does what it is for. */
  readonly ready: Promise<void>;
  /** @returns the call's id, once the call is kept. All of these fail with `ProcessGone` when the process ends before it answers. */
  submit(operation: ProbeOperation, probe: Probe): Promise<string>;
  /** All calls there are. */
  list(): Promise<KeptCall[]>;
  /** Whether all calls are finished. */
  isIdle(): Promise<boolean>;
  /** SIGKILL, whatever it is doing. Resolves when it is gone. */
  kill(): Promise<void>;
}

export class ProcessGone extends Error {
  constructor(output: string) {
    super(`The process is gone. It said last: ${output}`);
    this.name = 'ProcessGone';
  }
}

const MAIN = join(import.meta.dirname, 'jobs-process-main.ts');

/** Enough to see what it died of. */
const KEPT_OUTPUT = 4_000;

/** `works`: it makes calls; without Redis every process does. */
export const startJobsProcess = (env: Readonly<Record<string, string>>, works = false): JobsProcess => {
  const child = fork(MAIN, {
    cwd: tmpdir(),
    env: { LOG_LEVEL: 'error', ...env, WORKS: works ? 'yes' : 'no' },
    execArgv: ['--no-warnings', '--enable-source-maps'],
    silent: true,
  });
  let output = '';
  const collect = (text: string): void => void (output = (output + text).slice(-KEPT_OUTPUT));
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', collect);
  // Not 'exit': what it said before it died may come after that.
  const exited = once(child, 'close');
  const ready = Promise.withResolvers<void>();
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let asked = 0;
  child.on('message', (told: ToldByJobs) => {
    if ('ready' in told) return ready.resolve();
    const question = open.get(told.nth);
    open.delete(told.nth);
    if ('failure' in told) question?.reject(new Error(told.failure));
    else question?.resolve(told.answer);
  });
  void exited.then(() => {
    for (const { reject } of [ready, ...open.values()]) reject(new ProcessGone(output));
  });
  ready.promise.catch(() => undefined);
  const ask = (question: Question): Promise<unknown> => {
    const nth = (asked += 1);
    const answer = Promise.withResolvers<unknown>();
    open.set(nth, answer);
    child.send({ ...question, nth } satisfies JobsRequest, (error) => error && answer.reject(new ProcessGone(output)));
    return answer.promise;
  };
  return {
    ready: ready.promise,
    submit: async (operation, probe) => String(await ask({ kind: 'submit', operation, probe })),
    list: async () => (await ask({ kind: 'list' })) as KeptCall[],
    isIdle: async () => (await ask({ kind: 'is-idle' })) === true,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};
