import { Injectable, Module, type DynamicModule } from '@nestjs/common';
import { IsString } from 'class-validator';
import {
  ApiClient,
  BackgroundOperation,
  defineProvider,
  OutboundModule,
  Path,
  type BackgroundAttempt,
} from '../../src/outbound/index.ts';
import type { ProbeDefaults } from './probe.module.ts';

export class ProbeInput {
  /** What is written to. */
  @IsString()
  to!: string;

  /** What is read before. */
  @IsString()
  from!: string;
}

const RETRY_DELAYS_MS = [50, 50];

/** Operations on the fault server, whatever it does to them. The provider has to declare `write`. */
@Injectable()
class ProbeOperations {
  constructor(private readonly api: ApiClient) {}

  @BackgroundOperation({
    name: 'probe.writeOnce',
    input: ProbeInput,
    access: 'internal',
    retryDelaysMs: RETRY_DELAYS_MS,
  })
  async writeOnce({ to }: ProbeInput): Promise<void> {
    await this.api.post(toPath(to), { body: {}, operation: 'write' });
  }

  @BackgroundOperation({
    name: 'probe.writeWithKey',
    input: ProbeInput,
    access: 'internal',
    repeatable: 'always',
    retryDelaysMs: RETRY_DELAYS_MS,
  })
  async writeWithKey({ to }: ProbeInput, { callId }: BackgroundAttempt): Promise<void> {
    await this.api.post(toPath(to), { body: {}, headers: { 'idempotency-key': callId } });
  }

  @BackgroundOperation({ name: 'probe.readThenWrite', input: ProbeInput, access: 'internal' })
  async readThenWrite({ from, to }: ProbeInput): Promise<void> {
    await this.api.get(toPath(from));
    await this.api.post(toPath(to), { body: {} });
  }

  @BackgroundOperation({ name: 'probe.writeThenRead', input: ProbeInput, access: 'internal' })
  async writeThenRead({ from, to }: ProbeInput): Promise<void> {
    await this.api.post(toPath(to), { body: {} });
    await this.api.get(toPath(from));
  }
}

const toPath = (path: string): Path => new Path(path, '/{}');

/** A provider named `probe`, and `probe.writeOnce`, `probe.writeWithKey`, `probe.readThenWrite`, `probe.writeThenRead`. */
export const backgroundProbe = (defaults: ProbeDefaults): DynamicModule => {
  @Module({ imports: [OutboundModule.forProvider(defineProvider('probe', defaults))], providers: [ProbeOperations] })
  class BackgroundProbeModule {}

  return { module: BackgroundProbeModule };
};
