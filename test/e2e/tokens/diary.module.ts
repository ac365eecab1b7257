import { Controller, Get, Module, Param, type DynamicModule } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { z } from 'zod';
import { ApiClient, callersToken, defineProvider, OutboundModule, path } from '../../../src/outbound/index.ts';
import type { ProbeDefaults } from '../../support/probe.module.ts';

const page = z.object({ owner: z.string(), edition: z.number() });
type Page = z.infer<typeof page>;

/**
 * A provider that is called with the callers' own tokens, and in front of it `/api/v1/diary/<page>`; the same by way of
 * axios under `/api/v1/diary/<page>/by-axios`.
 */
export const diary = (defaults: ProbeDefaults = {}): DynamicModule => {
  @Controller({ path: 'diary', version: '1' })
  class DiaryController {
    constructor(
      private readonly api: ApiClient,
      private readonly http: HttpService,
    ) {}

    @Get(':page')
    getPage(@Param('page') name: string): Promise<Page> {
      return this.api.get(path`/diary/${name}`, { answer: page });
    }

    @Get(':page/by-axios')
    async getByAxios(@Param('page') name: string): Promise<Page> {
      return (await this.http.axiosRef.get<Page>(`/diary/${name}`)).data;
    }
  }

  const provider = defineProvider('diary', { credential: callersToken(), ...defaults });

  @Module({ imports: [OutboundModule.forProvider(provider)], controllers: [DiaryController] })
  class DiaryModule {}

  return { module: DiaryModule };
};
