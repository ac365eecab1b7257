import { Module } from '@nestjs/common';
import { PokemonModule } from './features/pokemon/pokemon.module.ts';
import { InboundModule } from './inbound/inbound.module.ts';
import { OperationsModule } from './operations/operations.module.ts';
import { PlatformModule } from './platform/platform.module.ts';

/** The one list of what is in this application. */
@Module({ imports: [PlatformModule, InboundModule, OperationsModule, PokemonModule] })
export class AppModule {}
