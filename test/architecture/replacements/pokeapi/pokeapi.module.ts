import { Module } from '@nestjs/common';
import { OutboundModule } from '../../../../src/outbound/index.ts';
import { PokeApiClient } from './pokeapi.client.ts';
import { pokeApi } from './pokeapi.provider.ts';

@Module({ imports: [OutboundModule.forProvider(pokeApi)], providers: [PokeApiClient], exports: [PokeApiClient] })
export class PokeApiModule {}
