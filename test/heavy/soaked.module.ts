import { Injectable, Module } from '@nestjs/common';
import { ApiClient, defineProvider, OutboundModule } from '../../src/outbound/index.ts';

/** Configured by `BACKGROUND_URL`. */
const background = defineProvider('background', {});

/** Gives out the client of a provider, for calls that belong to no request. */
@Injectable()
export class Soaked {
  constructor(readonly client: ApiClient) {}
}

@Module({ imports: [OutboundModule.forProvider(background)], providers: [Soaked] })
export class SoakedModule {}
