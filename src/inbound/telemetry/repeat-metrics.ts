import { Injectable } from '@nestjs/common';
import { CacheCounts } from '../../outbound/index.ts';
import { Metrics } from '../../platform/telemetry/metrics.ts';
import { RequestRecords } from './request-records.ts';

/** Counts answers that were repeated whole: a hit for each cache that their data came from. No call was made for them. */
@Injectable()
export class RepeatMetrics {
  constructor({ isOn }: Metrics, records: RequestRecords, counts: CacheCounts) {
    if (!isOn) return;
    records.listen(({ context: { repeated } }) => {
      if (repeated !== undefined) for (const { cache } of repeated) counts.note(cache, 'hit');
    });
  }
}
