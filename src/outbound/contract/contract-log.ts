import { Injectable } from '@nestjs/common';
import { Log } from '../../platform/logging/log.ts';
import { Metrics } from '../../platform/telemetry/metrics.ts';
import { ContractReports } from './contract-reports.ts';

/** Writes one line for each thing that is found, when it is found first, and counts how often it is. */
@Injectable()
export class ContractLog {
  constructor(reports: ContractReports, log: Log, { isOn, meter }: Metrics) {
    reports.listen(({ provider, finding, isFirst }) => {
      if (isFirst)
        log.warn({ provider, finding }, 'Answers of an external service are not what they were, or should be');
    });
    if (!isOn) return;
    const findings = meter.createCounter('breakwater.contract.findings', {
      description: 'Fields that are new, missing or retyped, in the answers that were looked at',
      unit: '{finding}',
    });
    reports.listen(({ provider, finding: { operation, kind } }) =>
      findings.add(1, {
        'breakwater.provider': provider,
        'breakwater.operation': operation,
        'breakwater.contract.kind': kind,
      }),
    );
  }
}
