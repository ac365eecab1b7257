import type { ConfigProblem } from '../config/config-error.ts';
import type { Secret } from '../secret.ts';
import { isPrivateHost } from './is-private-host.ts';

interface Checked {
  readonly metricsExporter?: readonly string[];
  readonly endpoint?: string;
  readonly metricsEndpoint?: string;
  readonly tracesEndpoint?: string;
  readonly exporterOtlpHeaders?: Secret;
  readonly maxQueuedSpans: number;
  readonly maxSpansInBatch: number;
}

type NameOf = (field: keyof Checked) => string;

/** What cannot work, or gives a secret away, as it is written. */
export const checkTelemetry = (options: Checked, nameOf: NameOf): ConfigProblem[] => [
  ...exporterProblems(options, nameOf),
  ...batchProblems(options, nameOf),
  ...clearTextProblems(options, nameOf),
];

const exporterProblems = ({ metricsExporter = [] }: Checked, nameOf: NameOf): ConfigProblem[] => {
  if (!metricsExporter.includes('none') || metricsExporter.length === 1) return [];
  const remedy = '`none` stands alone: leave it out, or the others';
  return [{ variable: nameOf('metricsExporter'), value: metricsExporter.join(','), remedy }];
};

const batchProblems = ({ maxQueuedSpans, maxSpansInBatch }: Checked, nameOf: NameOf): ConfigProblem[] => {
  if (maxSpansInBatch <= maxQueuedSpans) return [];
  const remedy = `must not exceed ${nameOf('maxQueuedSpans')}=${maxQueuedSpans}`;
  return [{ variable: nameOf('maxSpansInBatch'), value: `${maxSpansInBatch}`, remedy }];
};

const ENDPOINTS = ['endpoint', 'metricsEndpoint', 'tracesEndpoint'] as const;

/** Collectors run beside us and on private networks, where http is usual; headers with a credential go no further by it. */
const clearTextProblems = (options: Checked, nameOf: NameOf): ConfigProblem[] =>
  ENDPOINTS.flatMap((field) => {
    const url = options[field];
    if (options.exporterOtlpHeaders === undefined || url === undefined || isConfidential(new URL(url))) return [];
    const remedy = `${nameOf('exporterOtlpHeaders')} is sent there: use https://, unless its host is this machine, a private address or a name that cannot be public`;
    return [{ variable: nameOf(field), value: url, remedy }];
  });

const isConfidential = ({ protocol, hostname }: URL): boolean => protocol === 'https:' || isPrivateHost(hostname);
