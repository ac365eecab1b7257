import type { JobsProcess, KeptCall, Probe, ProbeOperation } from '../support/jobs-process.ts';
import type { FaultServer } from '../upstreams/fault-server.ts';

/** Calls that are asked for, by whom it is told that they are kept. */
export interface Adding {
  /** Ids of those that are kept. */
  readonly ids: ReadonlySet<string>;
  /** Adds what is missing; resolves when all are there, or the process is gone. What it did not answer is not asked for again. */
  addBy(process: JobsProcess): Promise<void>;
}

const AT_A_TIME = 10;

/** Of ten calls seven have a key; half of all have their effect before they are answered. */
const toProbe = (nth: number): [ProbeOperation, Probe] => [
  nth % 10 < 7 ? 'probe.keyed' : 'probe.unkeyed',
  { fault: nth % 20 < 10 ? 'late' : 'slow', nth },
];

export const startAdding = (count: number): Adding => {
  const ids = new Set<string>();
  let [begun, underWay] = [0, 0];
  const addOne = async (process: JobsProcess): Promise<boolean> => {
    underWay += 1;
    try {
      ids.add(await process.submit(...toProbe((begun += 1))));
      return true;
    } catch {
      return false;
    } finally {
      underWay -= 1;
    }
  };
  const add = async (process: JobsProcess): Promise<void> => {
    while (ids.size + underWay < count && (await addOne(process)));
  };
  const addBy = async (process: JobsProcess): Promise<void> => {
    await Promise.all(Array.from({ length: AT_A_TIME }, () => add(process)));
  };
  return { ids, addBy };
};

/** What must not be; of all calls that are kept, whoever heard of them. */
export interface Verdict {
  readonly lost: readonly string[];
  readonly unfinished: readonly KeptCall[];
  /** Those with a key that did not succeed, or whose effect did not happen once. */
  readonly wrongKeyed: readonly Judged[];
  /** Those without that ended in another state, or whose effect happened twice, or never although they succeeded. */
  readonly wrongUnkeyed: readonly Judged[];
}

interface Judged extends KeptCall {
  readonly effects: number;
  readonly keyUsed: number;
}

const FINISHED = ['succeeded', 'failed', 'cancelled', 'outcome_unknown'];

export const judge = (ids: ReadonlySet<string>, kept: readonly KeptCall[], upstream: FaultServer): Verdict => {
  const found = new Set(kept.map(({ id }) => id));
  const judged = kept.map((call): Judged => {
    const effects = upstream.processed.byPath.get(`/${call.probe.fault}/${call.probe.nth}`) ?? 0;
    return { ...call, effects, keyUsed: upstream.executions(call.id) };
  });
  const of = (operation: ProbeOperation): Judged[] => judged.filter((call) => call.operation === operation);
  return {
    lost: [...ids].filter((id) => !found.has(id)),
    unfinished: judged.filter(({ state }) => !FINISHED.includes(state)),
    wrongKeyed: of('probe.keyed').filter((call) => !isRightKeyed(call)),
    wrongUnkeyed: of('probe.unkeyed').filter((call) => !isRightUnkeyed(call)),
  };
};

const isRightKeyed = ({ state, effects, keyUsed }: Judged): boolean =>
  state === 'succeeded' && effects === 1 && keyUsed === 1;

const isRightUnkeyed = ({ state, effects }: Judged): boolean =>
  (state === 'succeeded' && effects === 1) || (state === 'outcome_unknown' && effects <= 1);

export const FLAWLESS: Verdict = { lost: [], unfinished: [], wrongKeyed: [], wrongUnkeyed: [] };
