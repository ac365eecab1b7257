import { openConnections, toRequest } from '../../load/plain-connection.ts';
import { mappedPokemon } from '../../questions/questions.ts';
import { startServer, startSubject, type Server } from '../../servers/server.ts';
import { app } from '../../subjects/app.ts';
import { peer } from '../../subjects/peer.ts';
import { upstreamFor } from '../../upstreams/by-node.ts';
import { countUpstreamCalls } from '../../upstreams/count-calls.ts';
import type { Plan, Workload } from '../../workload.ts';
import { toHerdOutcome, type HerdResult } from './report.ts';

interface Herded {
  server: Server;
  result: HerdResult;
}

const callers = 1_000;
const upstreamMs = 50;
const warmUpHerds = 3;

const secondsPerHerd = 0.7;
const upstreamProgram = upstreamFor({ cacheControl: 'public, max-age=86400', latencyMs: upstreamMs });
const subjects = [app, peer('stock-nest')];
const fullOnlySubjects = [peer('nest-cache-manager'), peer('axios-cache-interceptor'), peer('undici-cache')];
let herdCount = 0;

const herdsOf = ({ rounds, isFull }: Plan): number => (isFull ? 2 * rounds : rounds);

interface Stampede {
  /** How long the last of them waited. */
  tookMs: number;
  /** How many did not get the answer. */
  refused: number;
}

/** All ask for a key nobody has asked for. */
const stampede = async ({ server }: Herded): Promise<Stampede> => {
  const { path, answer } = mappedPokemon(`herd-${(herdCount += 1)}`);
  const connections = await openConnections(server.origin, callers);
  try {
    const request = toRequest(server.origin, path);
    const startedAtMs = performance.now();
    const answers = await Promise.all(connections.map(({ ask }) => ask(request)));
    const tookMs = performance.now() - startedAtMs;
    const wrong = answers.filter(({ status, body }) => status !== 200 || body !== answer);
    return { tookMs, refused: wrong.length };
  } finally {
    for (const connection of connections) connection.close();
  }
};

const addHerd = async (upstream: Server, herded: Herded): Promise<void> => {
  const callsBefore = await countUpstreamCalls(upstream);
  const { tookMs, refused } = await stampede(herded);
  herded.result.lastAnswersMs.push(tookMs);
  herded.result.refused += refused;
  herded.result.upstreamCalls.push((await countUpstreamCalls(upstream)) - callsBefore);
};

const startAll = async (upstream: Server, { subjects, progress }: Plan): Promise<Herded[]> => {
  const all: Herded[] = [];
  for (const subject of subjects) {
    const server = await startSubject(subject, upstream);
    all.push({ server, result: { name: subject.name, lastAnswersMs: [], upstreamCalls: [], refused: 0 } });
  }
  for (const herded of all) {
    progress(`warming up ${herded.result.name}`);
    for (let herd = 1; herd <= warmUpHerds; herd += 1) await stampede(herded);
  }
  return all;
};

/** 1,000 callers at once who want what nobody has asked for yet. */
export const herd: Workload = {
  name: 'herd',
  subjects: [...subjects, ...fullOnlySubjects],
  fullOnlySubjects,
  estimateSeconds: (plan) => plan.subjects.length * (2 + (warmUpHerds + herdsOf(plan)) * secondsPerHerd),
  measure: async (plan) => {
    const upstream = await startServer(upstreamProgram);
    const all = await startAll(upstream, plan);
    for (let herd = 1; herd <= herdsOf(plan); herd += 1) {
      for (const herded of all) {
        await addHerd(upstream, herded);
        plan.progress(`herd ${herd}/${herdsOf(plan)}  ${herded.result.name}`);
      }
    }
    return toHerdOutcome(all.map(({ result }) => result));
  },
};
