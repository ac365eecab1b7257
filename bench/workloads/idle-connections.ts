import type { Bar, Target } from '../findings/findings.ts';
import { formatWhole, toTable } from '../findings/table.ts';
import { createIdleSockets, type IdleSockets } from '../load/idle-sockets.ts';
import { formatKb, tellsWeight, toKbEach, weigh, type Weight } from '../measures/weight.ts';
import { mappedCharizard } from '../questions/questions.ts';
import type { Subject } from '../servers/program.ts';
import { startServer, startSubject, type Server } from '../servers/server.ts';
import { app } from '../subjects/app.ts';
import { peer } from '../subjects/peer.ts';
import { upstreamFor } from '../upstreams/by-node.ts';
import type { Outcome, Plan, Workload } from '../workload.ts';

interface Row {
  name: string;
  connections: number;
  /** Each connection's, in KB. */
  weight: Weight;
  wantedKb: number | undefined;
  doubts: string[];
}

const counts = [1_000];
const countsOfFullRun = [1_000, 4_000];
const wantedKb = 15;
// So that the engine has compiled what connections need before there are many: else that would count as theirs.
const warmUpRounds = 20;
const warmUpConnections = 100;

const subjects = [app, peer('constant-fastify')];

const warmUp = async (connections: IdleSockets): Promise<void> => {
  for (let round = 1; round <= warmUpRounds; round += 1) {
    await connections.open(warmUpConnections);
    connections.close();
  }
};

const weighSteps = async (subject: Subject, server: Server, plan: Plan): Promise<Row[]> => {
  const connections = createIdleSockets(server.origin, mappedCharizard.path);
  const rows: Row[] = [];
  try {
    await warmUp(connections);
    const before = await weigh(server);
    for (const count of plan.isFull ? countsOfFullRun : counts) {
      plan.progress(`opening ${count} connections to ${subject.name}`);
      await connections.open(count - connections.count());
      const weight = toKbEach(before, await weigh(server), count);
      const lost = count - connections.count();
      const doubts = lost === 0 ? [] : [`${subject.name} ended ${lost} of ${count} connections`];
      rows.push({
        name: subject.name,
        connections: count,
        weight,
        wantedKb: subject === app ? wantedKb : undefined,
        doubts,
      });
    }
  } finally {
    connections.close();
  }
  return rows;
};

const toTarget = ({ connections, weight, doubts }: Row, part: keyof Weight): Target => ({
  what: `${part} memory of each of ${formatWhole(connections)} idle connections`,
  value: weight[part] ?? NaN,
  unit: 'KB',
  bound: 'at most',
  wanted: wantedKb,
  doubts: weight[part] === undefined ? [...doubts, 'it cannot be measured here'] : doubts,
});

const toBar = ({ name, connections, weight, doubts }: Row): Bar => ({
  name: `${name}, ${formatWhole(connections)}`,
  value: weight.resident ?? 0,
  ...(doubts.length > 0 && { verdict: 'refused' as const }),
});

const toOutcome = (rows: Row[]): Outcome => {
  const doubts = rows.flatMap((row) => row.doubts);
  const table = toTable([
    ['', 'idle connections', 'live each', 'resident each', 'wanted'],
    ...rows.map(({ name, connections, weight, wantedKb }) => [
      ...[name, formatWhole(connections), formatKb(weight.live), formatKb(weight.resident)],
      wantedKb === undefined ? '' : `<= ${wantedKb} KB`,
    ]),
  ]);
  const ofApp = rows.filter((row) => row.wantedKb !== undefined);
  return {
    report: [table, ...doubts].join('\n'),
    figures: rows,
    doubts,
    charts: [{ title: 'Resident memory of an idle connection', unit: 'KB', better: 'less', bars: rows.map(toBar) }],
    targets: ofApp.flatMap((row) => [toTarget(row, 'live'), toTarget(row, 'resident')]),
  };
};

/** What a connection weighs that asked once and stays. */
export const idleConnections: Workload = {
  name: 'idle-connections',
  subjects,
  estimateSeconds: ({ subjects, isFull }) => subjects.length * (isFull ? 5 : 4),
  measure: async (plan) => {
    const upstream = await startServer(upstreamFor({ cacheControl: 'public, max-age=86400' }));
    const rows: Row[] = [];
    for (const subject of plan.subjects) {
      const server = await startSubject(subject, upstream, tellsWeight);
      rows.push(...(await weighSteps(subject, server, plan)));
      await server.child.stop();
    }
    return toOutcome(rows);
  },
};
