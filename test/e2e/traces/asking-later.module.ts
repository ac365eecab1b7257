import { Controller, Injectable, Module, Post, type DynamicModule } from '@nestjs/common';
import { Public } from '../../../src/inbound/authentication/access.ts';
import { BackgroundCalls } from '../../../src/jobs/background-calls.ts';
import { JobsModule } from '../../../src/jobs/jobs.module.ts';
import {
  ApiClient,
  BackgroundOperation,
  defineProvider,
  OutboundModule,
  path,
  type BackgroundAttempt,
} from '../../../src/outbound/index.ts';
import type { ProbeDefaults } from '../../support/probe.module.ts';

class Nothing {}

/** Writes at the fault server. */
@Injectable()
class LaterOperations {
  constructor(private readonly api: ApiClient) {}

  @BackgroundOperation({
    name: 'later.write',
    input: Nothing,
    access: 'internal',
    repeatable: 'always',
    retryDelaysMs: [50],
  })
  async write(_nothing: Nothing, { callId }: BackgroundAttempt): Promise<void> {
    await this.api.post(path`/flapping/${callId}`, { body: {}, query: { fail: 1 } });
  }
}

/** `POST /api/v1/later` has it done in the background, which takes two attempts. */
export const askingLater = (defaults: ProbeDefaults): DynamicModule => {
  @Public()
  @Controller({ path: 'later', version: '1' })
  class LaterController {
    constructor(private readonly calls: BackgroundCalls) {}

    @Post()
    async ask(): Promise<{ id: string }> {
      const { id } = await this.calls.submit({ operation: 'later.write', input: {}, owner: null });
      return { id };
    }
  }

  @Module({
    imports: [JobsModule, OutboundModule.forProvider(defineProvider('later', defaults))],
    controllers: [LaterController],
    providers: [LaterOperations],
  })
  class AskingLaterModule {}

  return { module: AskingLaterModule };
};
