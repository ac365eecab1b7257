import { parseArgs } from 'node:util';
import { refuseChildren, stopEveryChild } from '../child-process.ts';
import { chooseLoadGenerator } from '../choose-load-generator.ts';
import type { Comparison } from '../comparison.ts';
import { comparisons } from '../comparisons.ts';
import { findFreePort, startServer, startSubject } from '../server.ts';
import { requireBuilt, type Subject } from '../subjects.ts';
import { toTable } from '../table.ts';
import { Inspector } from './inspector.ts';
import { toLayers } from './layers.ts';

const load = chooseLoadGenerator();
const warmUpSeconds = 8;
const connections = 64;

const choose = <T extends object>(flag: string, name: string, all: readonly T[], nameOf: (one: T) => string): T => {
  const found = all.find((one) => nameOf(one) === name);
  if (found) return found;
  throw new Error(`--${flag} is '${name}': choose from ${[...new Set(all.map(nameOf))].join(', ')}`);
};

const inspected = (subject: Subject, port: number): Subject => {
  const [command, ...args] = subject.command;
  if (command !== process.execPath) throw new Error(`${subject.name} is no program of Node's`);
  return { ...subject, command: [command, `--inspect=127.0.0.1:${port}`, ...args] };
};

const profile = async ({ upstream, question }: Comparison, subject: Subject, seconds: number): Promise<string> => {
  requireBuilt(subject);
  const port = await findFreePort();
  const { origin } = await startSubject(inspected(subject, port), await startServer(upstream));
  const ask = (howLong: number) => load.run(origin + question.path, connections, howLong);
  await ask(warmUpSeconds);
  const inspector = await Inspector.attach(port);
  let answers = 0;
  const found = await inspector.profile(async () => void ({ answers } = await ask(seconds)));
  inspector.close();
  const rows = toLayers(found, answers).map(({ name, us }) => [name, us.toFixed(1)]);
  const sum = rows.reduce((total, [, us]) => total + Number(us), 0);
  return toTable([[`${subject.name}, ${answers} answers`, 'µs each'], ...rows, ['all', sum.toFixed(1)]]);
};

const stopAndExit = (): void => {
  refuseChildren();
  void stopEveryChild().finally(() => process.exit(130));
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stopAndExit);

try {
  const { values } = parseArgs({
    options: {
      workload: { type: 'string', default: 'uncached' },
      subject: { type: 'string' },
      seconds: { type: 'string', default: '8' },
    },
  });
  const comparison = choose('workload', values.workload, comparisons, ({ name }) => name);
  const subjects = comparison.contenders.map((contender) => contender.subject);
  const subject = choose('subject', values.subject ?? subjects[0]?.name ?? '', subjects, ({ name }) => name);
  process.stdout.write(`${await profile(comparison, subject, Number(values.seconds))}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await stopEveryChild();
}
