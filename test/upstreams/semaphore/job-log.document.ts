import type { Job } from './world.ts';

interface LogEvent {
  readonly event: string;
  /** Seconds since 1970, here a number. */
  readonly timestamp: number;
  readonly [field: string]: unknown;
}

/** What commands wrote: pieces of text as they came, which are not lines. */
const OUTPUT: Readonly<Record<string, readonly string[]>> = {
  checkout: ["Performing shallow clone with depth: 50\nCloning into 'breakwater'...\n", 'HEAD is now at 1a4f3b1\n'],
  'make test': [
    'Compiling 3 files (.ts)\r\n',
    '\u001b[32m✓\u001b[0m keeps the ',
    'water out\n\u001b[32m✓\u001b[0m lets the boats in\n\n',
    '2 tests ',
    'run\n',
  ],
};

/** The body of `/logs/{id}`: its own spacing, which no serialiser writes. */
export const jobLogDocument = (job: Job): string => {
  const events = logEvents(job).map((event) => JSON.stringify(event));
  return `{ "events": [${events.join(',')}] }`;
};

const logEvents = (job: Job): LogEvent[] => {
  const start = Math.floor(job.started / 1_000_000);
  const commands = Object.entries(OUTPUT).flatMap(([directive, pieces], index) =>
    commandEvents(directive, pieces, start + index * 10, job),
  );
  const begun = [{ event: 'job_started', timestamp: start }, ...commands];
  if (job.state !== 'FINISHED') return begun;
  const finish = Math.floor(job.finished / 1_000_000);
  return [...begun, { event: 'job_finished', timestamp: finish, result: job.result.toLowerCase() }];
};

const commandEvents = (directive: string, pieces: readonly string[], at: number, job: Job): LogEvent[] => [
  { event: 'cmd_started', timestamp: at, directive },
  ...pieces.map((output, index) => ({ event: 'cmd_output', timestamp: at + index, output })),
  {
    ...{ event: 'cmd_finished', timestamp: at + pieces.length, directive },
    exit_code: directive === 'make test' && job.result === 'FAILED' ? 1 : 0,
    ...{ started_at: at, finished_at: at + pieces.length },
  },
];
