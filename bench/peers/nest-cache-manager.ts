import 'reflect-metadata';
import { HttpModule, HttpService } from '@nestjs/axios';
import { CacheInterceptor, CacheModule } from '@nestjs/cache-manager';
import { Controller, Get, Inject, Injectable, Module, Param, UseInterceptors } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { firstValueFrom } from 'rxjs';
import { toPokemon, type Pokemon, type UpstreamPokemon } from './pokemon.ts';

// Node strips types but does not compile decorators, so each one is called as the function it is: no build step.

/** What the upstream's Cache-Control allows; nothing here reads that by itself. */
const ttlMs = 86_400_000;

class PokemonService {
  private readonly http: HttpService;

  constructor(http: HttpService) {
    this.http = http;
  }

  async getPokemon(name: string): Promise<Pokemon> {
    const url = `${process.env['POKEAPI_URL']}/pokemon/${name}`;
    const { data } = await firstValueFrom(this.http.get<UpstreamPokemon>(url));
    return toPokemon(data);
  }
}
Injectable()(PokemonService);
Inject(HttpService)(PokemonService, undefined, 0);

class PokemonController {
  private readonly pokemon: PokemonService;

  constructor(pokemon: PokemonService) {
    this.pokemon = pokemon;
  }

  getCharizard(): Promise<Pokemon> {
    return this.pokemon.getPokemon('charizard');
  }

  getOne(name: string): Promise<Pokemon> {
    return this.pokemon.getPokemon(name);
  }
}
const route = (name: keyof PokemonController, path: string): void => {
  const handler = Object.getOwnPropertyDescriptor(PokemonController.prototype, name);
  if (handler) Get(path)(PokemonController.prototype, name, handler);
};
route('getCharizard', 'getCharizard');
route('getOne', 'pokemon/:name');
Param('name')(PokemonController.prototype, 'getOne', 0);
Controller('api/v1')(PokemonController);
UseInterceptors(CacheInterceptor)(PokemonController);
Inject(PokemonService)(PokemonController, undefined, 0);

class AppModule {}
Module({
  imports: [HttpModule.register({ timeout: 5_000, maxRedirects: 5 }), CacheModule.register({ ttl: ttlMs })],
  controllers: [PokemonController],
  providers: [PokemonService],
})(AppModule);

// Stock settings but for the log, of which only the start-up lines would be written anyway.
const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
await app.listen(Number(process.env['PORT']), '127.0.0.1');
