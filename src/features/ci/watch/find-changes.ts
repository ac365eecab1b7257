import type { NewEvent } from '../../../realtime/event-hub.ts';
import type { Board } from './board.ts';

interface Stateful {
  readonly state: string;
  readonly result: string | null;
}

/** What is new on the board, or in another state than before; jobs before the pipelines that they decide. */
export const findChanges = (before: Board, now: Board): NewEvent[] => [
  ...changed('job.changed', before.jobs, now.jobs),
  ...changed('pipeline.changed', before.pipelines, now.pipelines),
];

const changed = <T extends Stateful>(
  type: string,
  before: ReadonlyMap<string, T>,
  now: ReadonlyMap<string, T>,
): NewEvent[] => [...now].filter(([id, one]) => !isAlike(before.get(id), one)).map(([, one]) => ({ type, data: one }));

const isAlike = (before: Stateful | undefined, now: Stateful): boolean =>
  before?.state === now.state && before.result === now.result;
