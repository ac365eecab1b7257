import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BackgroundCalls } from '../../jobs/background-calls.ts';
import type { CallRecord } from '../../jobs/call-record.ts';
import { toOwnerKey } from '../../platform/context/owner-key.ts';
import { EventHub, type Topic } from '../../realtime/event-hub.ts';
import { toSummary } from './to-call.ts';

/** `call.changed`: the call as lists show it. What came of it has to be asked for. */
const JOBS_TOPIC: Topic = {
  name: 'jobs',
  description: 'How your background calls get on.',
  // Whoever has none hears nothing.
  access: [],
  isOwned: true,
};

/** Tells callers on topic `jobs` how their calls get on. */
@Injectable()
export class CallEvents implements OnModuleInit {
  constructor(
    private readonly calls: BackgroundCalls,
    private readonly hub: EventHub,
  ) {}

  onModuleInit(): void {
    this.hub.declare(JOBS_TOPIC);
    this.calls.onChange((call) => this.tell(call));
  }

  /** Our own are nobody's. */
  private tell(call: CallRecord): void {
    if (call.owner === null) return;
    const event = { type: 'call.changed', data: toSummary(call), owner: toOwnerKey(call.owner) };
    void this.hub.publish(JOBS_TOPIC.name, event);
  }
}
