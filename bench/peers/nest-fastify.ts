import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Pool } from 'undici';
import { toPokemon, type Pokemon, type UpstreamPokemon } from './pokemon.ts';

// Node strips types but does not compile decorators, so each one is called as the function it is: no build step.

const upstreamUrl = new URL(`${process.env['POKEAPI_URL']}/pokemon/charizard`);
const pool = new Pool(upstreamUrl.origin);

class PokemonController {
  async getCharizard(): Promise<Pokemon> {
    const { body } = await pool.request({ method: 'GET', path: upstreamUrl.pathname });
    return toPokemon((await body.json()) as UpstreamPokemon);
  }
}
const handler = Object.getOwnPropertyDescriptor(PokemonController.prototype, 'getCharizard');
if (handler) Get('getCharizard')(PokemonController.prototype, 'getCharizard', handler);
Controller('api/v1')(PokemonController);

class AppModule {}
Module({ controllers: [PokemonController] })(AppModule);

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
  logger: ['error', 'warn'],
});
await app.listen(Number(process.env['PORT']), '127.0.0.1');
