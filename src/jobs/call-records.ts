import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Log } from '../platform/logging/log.ts';
import { Records, type RecordPage, type RecordPosition, type StoredRecord } from '../platform/records/records.ts';
import { toLists } from './call-lists.ts';
import { isFinished, type CallRecord } from './call-record.ts';
import { isDeadLetter, toKeptMs } from './call-retention.ts';

export type StoredCall = StoredRecord<CallRecord>;

type Listener = (call: CallRecord) => void;

const COLLECTION = 'calls';

/** The calls as they are kept: the truth about each. Every change is made against the version that it was decided on. */
@Injectable()
export class CallRecords {
  readonly #listeners = new Set<Listener>();

  constructor(
    private readonly records: Records,
    readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async insert(call: CallRecord): Promise<void> {
    await this.records.insert(COLLECTION, { id: call.id, value: call, lists: toLists(call) });
    this.tell(call);
  }

  get(id: string): Promise<StoredCall | undefined> {
    return this.records.get<CallRecord>(COLLECTION, id);
  }

  /** False when somebody else changed it meanwhile: what is true of it now has to be read again. */
  async change({ value: before, version }: StoredCall, call: CallRecord): Promise<boolean> {
    // What only moves on from one attempt to the next is to be kept as long as it was.
    const kept = isFinished(call) || isFinished(before) ? { ttlMs: toKeptMs(call) } : {};
    const change = { value: call, lists: toLists(call), ...kept };
    if (!(await this.records.replace(COLLECTION, call.id, version, change))) return false;
    if (isFinished(call)) this.note(call);
    this.tell(call);
    return true;
  }

  list(list: string, page: { limit: number; after?: RecordPosition | undefined }): Promise<RecordPage<CallRecord>> {
    return this.records.list(COLLECTION, list, page);
  }

  async oldest(list: string, limit: number): Promise<CallRecord[]> {
    const found = await this.records.oldest<CallRecord>(COLLECTION, list, limit);
    return found.map(({ value }) => value);
  }

  count(list: string): Promise<number> {
    return this.records.count(COLLECTION, list);
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  private tell(call: CallRecord): void {
    for (const listener of this.#listeners) {
      try {
        listener(call);
      } catch (error) {
        this.log.error({ callId: call.id, error }, 'A listener to background calls failed');
      }
    }
  }

  /** Neither what was asked for nor what came of it. */
  private note(call: CallRecord): void {
    const { id, operation, state, attempts, createdAt, startedAt, finishedAt, problem } = call;
    const endedAt = finishedAt ?? this.clock.wallTime();
    const times = {
      totalMs: endedAt - createdAt,
      ...(startedAt === null ? {} : { lastAttemptMs: endedAt - startedAt }),
    };
    const fields = { callId: id, operation, state, attempts, ...times, ...(problem && { code: problem.code }) };
    if (isDeadLetter(call)) this.log.warn(fields, 'A background call became a dead letter');
    else this.log.info(fields, 'A background call is over');
  }
}
