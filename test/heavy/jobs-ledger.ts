import {
  ProcessGone,
  type JobsProcess,
  type KeptCall,
  type Probe,
  type ProbeOperation,
} from '../support/jobs-process.ts';
import type { FaultServer } from '../upstreams/fault-server.ts';

/** Calls that are asked for, by whom it is told that they are kept. */
export interface Adding {
  /** Ids of those that are kept. */
  readonly ids: ReadonlySet<string>;
  /** Adds what is missing; resolves when all are there, or the process is gone. What it did not answer is never asked for again. */
  addBy(process: JobsProcess): Promise<void>;
}

const AT_A_TIME = 10;

/** Whatever is wrong, it ends: so many times as many as there are to be. */
const MOST_ASKED = 3;

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
    } catch (error) {
      return !(error instanceof ProcessGone);
    } finally {
      underWay -= 1;
    }
  };
  const add = async (process: JobsProcess): Promise<void> => {
    while (ids.size + underWay < count && begun < MOST_ASKED * count && (await addOne(process)));
  };
  const addBy = async (process: JobsProcess): Promise<void> => {
    await Promise.all(Array.from({ length: AT_A_TIME }, () => add(process)));
  };
  return { ids, addBy };
};

/** What must not be. */
export interface Verdict {
  /** Ids of calls that are not kept any more. */
  readonly lost: readonly string[];
  /** What went wrong with how many of those that are kept, whoever heard of them. */
  readonly wrong: Readonly<Record<string, number>>;
}

export const FLAWLESS: Verdict = { lost: [], wrong: {} };

interface Judged extends KeptCall {
  readonly effects: number;
  readonly byKey: number;
}

export const judge = (ids: ReadonlySet<string>, kept: readonly KeptCall[], upstream: FaultServer): Verdict => {
  const found = new Set(kept.map(({ id }) => id));
  const wrong: Record<string, number> = {};
  for (const call of kept) {
    const effects = upstream.processed.byPath.get(`/${call.probe.fault}/${call.probe.nth}`) ?? 0;
    const byKey = upstream.executions(call.id);
    if (isRight({ ...call, effects, byKey })) continue;
    const what = `${call.operation} ${call.state}, done ${effects} times, ${byKey} under its key`;
    wrong[what] = (wrong[what] ?? 0) + 1;
  }
  return { lost: [...ids].filter((id) => !found.has(id)), wrong };
};

/** With a key: done once. Without: done once, or nobody knows whether it was done, but not twice. */
const isRight = ({ operation, state, effects, byKey }: Judged): boolean => {
  if (state === 'succeeded') return effects === 1 && byKey === (operation === 'probe.keyed' ? 1 : 0);
  return operation === 'probe.unkeyed' && state === 'outcome_unknown' && effects <= 1;
};
