import { Injectable } from '@nestjs/common';
import { EmbeddedDatabase } from '../../platform/embedded/embedded-database.ts';
import { Records } from '../../platform/records/records.ts';
import { RedisConnections } from '../../platform/redis/redis-connections.ts';

export interface OwnStore {
  readonly name: 'redis' | 'embedded';
  /** Asks it for something small. @throws whatever keeps it from answering */
  readonly ask: () => Promise<void>;
}

/** The stores of this application itself, as far as it uses them. */
@Injectable()
export class OwnStores {
  constructor(
    private readonly records: Records,
    private readonly connections: RedisConnections,
    private readonly embedded: EmbeddedDatabase,
  ) {}

  /** An embedded store that nobody has needed yet is not opened for this. */
  inUse(): OwnStore[] {
    if (this.connections.isConfigured) return [{ name: 'redis', ask: () => this.ask() }];
    return this.embedded.isOpen ? [{ name: 'embedded', ask: () => this.ask() }] : [];
  }

  private async ask(): Promise<void> {
    await this.records.count('health', 'ready');
  }
}
