import { defineConfig } from '../config/define-config.ts';
import { Text } from '../config/variables.ts';

/** Where this machine keeps what must outlive the process. */
export class EmbeddedOptions {
  /** Directory of the embedded store, of one process alone; used only without REDIS_URL. Default ./data. */
  @Text(/./, 'give a directory such as /var/lib/breakwater; it is made when it is not there')
  dataDir = './data';
}

export const embeddedConfig = defineConfig('embedded', { type: EmbeddedOptions, prefix: '' });
