import { tellsWeight, toKbEach, weigh, type Weight } from '../../measures/weight.ts';
import type { Subject } from '../../servers/program.ts';
import { startServer, startSubject, type Server } from '../../servers/server.ts';
import { app } from '../../subjects/app.ts';
import { peer } from '../../subjects/peer.ts';
import { upstreamFor } from '../../upstreams/by-node.ts';
import type { Outcome, Plan, Workload } from '../../workload.ts';
import { createAudience, type Audience } from './audience.ts';
import { toEventsFindings } from './findings.ts';
import { webhookSecret } from './publisher.ts';
import { summarizeEvents, toEventsReport, type EventsResult } from './report.ts';

/** A subject at work. */
interface Stage {
  server: Server;
  audience: Audience;
  /** Before anybody listened. */
  idle: Weight;
  result: EventsResult;
}

const listenerCount = 2_000;
const eventsPerSecond = 5;
const wantedP99Ms = 500;
const wantedKb = 20;
// So that the engine has compiled what connections need before there are many: else that would count as theirs.
const warmUpRounds = 20;
const warmUpListeners = 100;
const warmUpEvents = 10;

// Elsewhere a machine has one address only, and the app lets no address have so many listeners.
const lacking = process.platform === 'linux' ? undefined : 'many addresses of one machine are known of Linux only';

const appWithTopic: Subject = {
  ...app,
  // Nobody asks that CMS: it only has to have an address.
  env: { ...app.env, CMS_URL: 'http://127.0.0.1:9', CMS_WEBHOOK_SECRET: webhookSecret },
  lacking,
};
const subjects = [appWithTopic, { ...peer('nest-sse', '/api/v1/ready'), lacking }];

const weighEach = async ({ server, idle, result }: Stage): Promise<void> => {
  result.weight = toKbEach(idle, await weigh(server), listenerCount);
};

const warmUp = async (audience: Audience): Promise<void> => {
  for (let round = 1; round <= warmUpRounds; round += 1) {
    await audience.open(warmUpListeners);
    if (round === warmUpRounds) await audience.tell(warmUpEvents);
    await audience.close();
  }
};

const openStage = async (upstream: Server, subject: Subject, progress: Plan['progress']): Promise<Stage> => {
  const server = await startSubject(subject, upstream, tellsWeight);
  const audience = createAudience(server.origin);
  progress(`warming up ${subject.name}`);
  await warmUp(audience);
  const idle = await weigh(server);
  progress(`opening ${listenerCount} connections to ${subject.name}`);
  await audience.open(listenerCount);
  await audience.tell(warmUpEvents);
  const wanted = subject === appWithTopic ? { wantedP99Ms, wantedKb } : {};
  return { server, audience, idle, result: { name: subject.name, ...wanted, latenciesMs: [], wrong: 0, weight: {} } };
};

const measureRounds = async (stages: Stage[], { rounds, secondsPerRound, progress }: Plan): Promise<void> => {
  for (let round = 1; round <= rounds; round += 1) {
    for (const { server, audience, result } of stages) {
      const { latenciesMs, wrong } = await audience.tell(secondsPerRound * eventsPerSecond);
      if (server.child.hasExited()) throw new Error(`${result.name} ended meanwhile:\n${server.child.output()}`);
      result.latenciesMs.push(latenciesMs);
      result.wrong += wrong;
      progress(`round ${round}/${rounds}  ${result.name}`);
    }
  }
};

const toOutcome = (stages: Stage[]): Outcome => {
  const summaries = stages.map(({ result }) => summarizeEvents(result));
  const doubts = summaries.flatMap(({ name, doubts }) => doubts.map((doubt) => `${name}: ${doubt}`));
  const report = toEventsReport(summaries, appWithTopic.name);
  return { report, figures: summaries, doubts, ...toEventsFindings(summaries) };
};

/** How long an event takes to reach 2,000 listeners of one process, and what each of them weighs. */
export const events: Workload = {
  name: 'events',
  subjects,
  fullOnly: true,
  estimateSeconds: ({ subjects, rounds, secondsPerRound }) => subjects.length * (15 + rounds * secondsPerRound),
  measure: async (plan) => {
    const upstream = await startServer(upstreamFor({ cacheControl: 'no-store' }));
    const stages: Stage[] = [];
    try {
      for (const subject of plan.subjects) stages.push(await openStage(upstream, subject, plan.progress));
      await measureRounds(stages, plan);
      for (const stage of stages) await weighEach(stage);
      return toOutcome(stages);
    } finally {
      await Promise.all(stages.map(({ audience }) => audience.stop()));
    }
  },
};
