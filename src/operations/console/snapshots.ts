import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { BackgroundWork } from './background-work.ts';
import type { ProcessState, Snapshot } from './page/snapshot.ts';
import { ProviderCards } from './provider-cards.ts';
import { RemarkableCalls } from './remarkable-calls.ts';

const MAX_CALLS = 50;

/** Takes pictures of how all is, out of what is known anyway. */
@Injectable()
export class Snapshots {
  constructor(
    private readonly cards: ProviderCards,
    private readonly work: BackgroundWork,
    private readonly calls: RemarkableCalls,
    private readonly clock: Clock,
  ) {}

  take(process: ProcessState): Snapshot {
    return {
      at: new Date(this.clock.wallTime()).toISOString(),
      process,
      providers: this.cards.list(),
      ...this.work.read(),
      calls: this.calls.list(MAX_CALLS),
    };
  }
}
