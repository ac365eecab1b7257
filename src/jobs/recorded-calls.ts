import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { currentContext } from '../platform/context/request-context.ts';
import { Log } from '../platform/logging/log.ts';
import type { RecordPage } from '../platform/records/records.ts';
import {
  BackgroundCalls,
  CallFinished,
  CallNotRetryable,
  TooManyCalls,
  type CallFilter,
  type NewCall,
} from './background-calls.ts';
import { toListName, toRoomName } from './call-lists.ts';
import { persist } from './persist.ts';
import { CallQueue } from './call-queue.ts';
import { isFinished, type CallRecord } from './call-record.ts';
import { CallRecords } from './call-records.ts';
import { isDeadLetter, isShownToOwner } from './call-retention.ts';
import { toNewCallRecord } from './new-call-record.ts';
import { Operations } from './operations.ts';

/** Unfinished ones of one owner, give or take those asked for at the same moment. */
const MAX_UNFINISHED = 1_000;

const NEVER = new AbortController().signal;

/** Background calls as documents in `Records`, brought to workers by a `CallQueue`. */
@Injectable()
export class RecordedCalls extends BackgroundCalls {
  constructor(
    private readonly records: CallRecords,
    private readonly queue: CallQueue,
    private readonly operations: Operations,
    private readonly log: Log,
  ) {
    super();
  }

  async submit(call: NewCall): Promise<CallRecord> {
    if (!this.operations.find(call.operation)) throw new TypeError(`There is no operation "${call.operation}"`);
    const origin = currentContext()?.trace;
    const record = toNewCallRecord(call, { id: randomUUID(), now: this.records.clock.wallTime(), origin });
    await this.checkRoom(call);
    // The same id again: what was kept although nobody heard of it is not kept twice.
    await persist({ clock: this.records.clock, tries: 2, stopping: NEVER }, () => this.records.insert(record));
    await this.enqueue(record.id, call.delayMs ?? 0);
    return record;
  }

  async find(id: string): Promise<CallRecord | undefined> {
    return (await this.records.get(id))?.value;
  }

  async list({ owner, state, limit, position }: CallFilter): Promise<RecordPage<CallRecord>> {
    const page = await this.records.list(toListName({ owner, state }), { limit, after: position });
    const now = this.records.clock.wallTime();
    return owner ? { ...page, items: page.items.filter(({ value }) => isShownToOwner(value, now)) } : page;
  }

  async cancel(id: string): Promise<CallRecord | undefined> {
    for (;;) {
      const stored = await this.records.get(id);
      if (!stored) return undefined;
      const call = stored.value;
      if (isFinished(call)) throw new CallFinished(call.state);
      const isWaiting = call.state === 'queued';
      const changed = isWaiting
        ? toCancelled(call, this.records.clock.wallTime())
        : { ...call, isCancelRequested: true };
      if (!(await this.records.change(stored, changed))) continue;
      await this.tellQueue(id, isWaiting);
      return changed;
    }
  }

  async retry(id: string): Promise<CallRecord | undefined> {
    for (;;) {
      const stored = await this.records.get(id);
      if (!stored) return undefined;
      if (!isDeadLetter(stored.value)) throw new CallNotRetryable(stored.value.state);
      const changed = toMadeAgain(stored.value, this.records.clock.wallTime());
      if (!(await this.records.change(stored, changed))) continue;
      await this.enqueue(id, 0);
      return changed;
    }
  }

  onChange(listener: (call: CallRecord) => void): () => void {
    return this.records.onChange(listener);
  }

  private async checkRoom({ owner, room }: NewCall): Promise<void> {
    if (owner) await this.checkLists((['queued', 'running'] as const).map((state) => toListName({ owner, state })));
    if (room !== undefined) await this.checkLists([toRoomName(room)]);
  }

  private async checkLists(lists: readonly string[]): Promise<void> {
    const counts = await Promise.all(lists.map((list) => this.records.count(list)));
    if (counts.reduce((sum, count) => sum + count, 0) >= MAX_UNFINISHED) throw new TooManyCalls(MAX_UNFINISHED);
  }

  /** The record is kept: what the queue does not take now the sweep brings to it. */
  private async enqueue(callId: string, delayMs: number): Promise<void> {
    try {
      await this.queue.add(callId, delayMs);
    } catch (error) {
      this.log.warn({ callId, error }, 'A background call could not be queued: the sweep will see to it');
    }
  }

  /** What is not heard of here the worker finds in the record, when its attempt is over. */
  private async tellQueue(callId: string, isWaiting: boolean): Promise<void> {
    try {
      await (isWaiting ? this.queue.remove(callId) : this.queue.announceCancel(callId));
    } catch (error) {
      this.log.warn({ callId, error }, 'Workers could not be told that a background call is cancelled');
    }
  }
}

const toCancelled = (call: CallRecord, now: number): CallRecord => ({
  ...call,
  state: 'cancelled',
  finishedAt: now,
  nextAttemptAt: null,
  isCancelRequested: true,
});

const toMadeAgain = ({ deaths: _, ...call }: CallRecord, now: number): CallRecord => ({
  ...call,
  state: 'queued',
  attempts: 0,
  finishedAt: null,
  nextAttemptAt: null,
  isCancelRequested: false,
  dueAt: now,
});
