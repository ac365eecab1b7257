import type { Attempted, CallHandler, CallQueue } from '../../src/jobs/call-queue.ts';
import type { CancelSignal } from '../../src/platform/cancellation.ts';
import { eventually } from '../support/eventually.ts';
import { expect } from '@jest/globals';

interface Brought {
  readonly callId: string;
  readonly at: number;
  readonly stopping: CancelSignal;
}

export interface TestWorker {
  readonly handler: CallHandler;
  readonly brought: Brought[];
  /** Resolves once these ids were brought, in whatever order, and nothing else. */
  hasBrought(...callIds: string[]): Promise<void>;
}

export const OVER: Attempted = { isOver: true };

/** Notes what is brought; each answer serves one attempt, and then all are over. */
export const createWorker = (...answers: (() => Promise<Attempted> | Attempted)[]): TestWorker => {
  const brought: Brought[] = [];
  const handler: CallHandler = async (callId, stopping) => {
    brought.push({ callId, at: performance.now(), stopping });
    return (await answers.shift()?.()) ?? OVER;
  };
  const ids = (): string[] => brought.map(({ callId }) => callId).sort();
  const hasBrought = (...callIds: string[]): Promise<void> =>
    eventually(() => expect(ids()).toEqual([...callIds].sort()), 12_000);
  return { handler, brought, hasBrought };
};

/** Resolves once everything added before is done with: for what is not to happen. */
export const passThrough = async (queue: CallQueue, { brought }: TestWorker, callId: string): Promise<void> => {
  await queue.add(callId, 0);
  await eventually(() => expect(brought.map((one) => one.callId)).toContain(callId), 12_000);
};
