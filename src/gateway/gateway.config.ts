import { defineConfig } from '../platform/config/define-config.ts';
import { Text } from '../platform/config/variables.ts';

/** What is passed through to upstreams as it is. */
export class GatewayOptions {
  /** File that lists the routes under `/gateway`, YAML or JSON; read anew when it changes, or at SIGHUP. Default none: no routes. */
  @Text(/^[^\0]+$/, 'give the path of a YAML or JSON file, such as ./gateway.yaml')
  routes?: string;
}

export const gatewayConfig = defineConfig('gateway', { type: GatewayOptions, prefix: 'GATEWAY_' });
