import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Attributes } from '@opentelemetry/api';
import { readPairs } from './pairs.ts';
import { DEFAULT_SERVICE_NAME, type TelemetryOptions } from './telemetry.config.ts';

const PACKAGE_JSON = new URL('../../../package.json', import.meta.url);

/** The same for metrics and traces, so that they can be put together; another one after each start. */
const INSTANCE_ID = randomUUID();

const readVersion = (): string => {
  try {
    return (JSON.parse(readFileSync(PACKAGE_JSON, 'utf8')) as { version: string }).version;
  } catch {
    return 'unknown';
  }
};

/** Who measures and traces (semantic conventions, service.*); what the variables say outweighs what we know. */
export const resourceAttributes = ({ serviceName, resourceAttributes: told }: TelemetryOptions): Attributes => ({
  'service.name': DEFAULT_SERVICE_NAME,
  'service.version': readVersion(),
  'service.instance.id': INSTANCE_ID,
  'telemetry.sdk.language': 'nodejs',
  'telemetry.sdk.name': 'opentelemetry',
  ...readPairs(told),
  ...(serviceName !== DEFAULT_SERVICE_NAME && { 'service.name': serviceName }),
});
