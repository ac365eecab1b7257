import { Module, type OnModuleInit } from '@nestjs/common';
import { EventHub, type Topic } from '../../../src/realtime/event-hub.ts';
import { RealtimeModule } from '../../../src/realtime/realtime.module.ts';

const PROBES: readonly Topic[] = [
  { name: 'probe-public', description: 'For everybody', access: 'public' },
  { name: 'probe-scoped', description: 'With scopes', access: ['ci:read', 'ci:write'] },
  { name: 'probe-owned', description: 'To each its own', access: ['ci:read'], isOwned: true },
];

/** As a feature would declare them. */
@Module({ imports: [RealtimeModule] })
export class ProbeTopicsModule implements OnModuleInit {
  constructor(private readonly hub: EventHub) {}

  onModuleInit(): void {
    for (const topic of PROBES) this.hub.declare(topic);
  }
}
