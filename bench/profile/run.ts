import { toTable } from '../findings/table.ts';
import { chooseLoadGenerator } from '../load/choose-generator.ts';
import type { Subject } from '../servers/program.ts';
import { runCleanly } from '../servers/run-cleanly.ts';
import { findFreePort, startServer, startSubject } from '../servers/server.ts';
import { requireBuilt } from '../subjects/app.ts';
import { comparisons } from '../workloads/comparisons.ts';
import { Inspector } from './inspector.ts';
import { toLayers } from './layers.ts';
import { readProfileOptions, type ProfileOptions } from './options.ts';

const load = chooseLoadGenerator();
const warmUpSeconds = 8;
const usualConnections = 64;

const inspected = (subject: Subject, port: number): Subject => {
  const [command, ...args] = subject.command;
  return { ...subject, command: [command, `--inspect=127.0.0.1:${port}`, ...args] };
};

const profile = async ({ comparison, subject, seconds }: ProfileOptions): Promise<string> => {
  const { upstream, question, connections = usualConnections } = comparison;
  requireBuilt(subject);
  const port = await findFreePort();
  const { origin } = await startSubject(inspected(subject, port), await startServer(upstream));
  const ask = (howLong: number) => load.run(origin + question.path, connections, howLong);
  await ask(warmUpSeconds);
  const inspector = await Inspector.attach(port);
  let answers = 0;
  const found = await inspector.profile(async () => void ({ answers } = await ask(seconds)));
  inspector.close();
  const layers = toLayers(found, answers);
  const sum = layers.reduce((total, { us }) => total + us, 0);
  const rows = [...layers, { name: 'all', us: sum }].map(({ name, us }) => [name, us.toFixed(1)]);
  return toTable([[`${subject.name}, ${answers} answers`, 'µs each'], ...rows]);
};

await runCleanly(async () => {
  process.stdout.write(`${await profile(readProfileOptions(process.argv.slice(2), comparisons))}\n`);
});
