import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { ApiClient, OutboundModule } from '../../outbound/index.ts';
import { CmsChanges } from './cms-changes.ts';
import type { CmsOptions } from './cms-options.ts';
import { CmsClient } from './cms.client.ts';
import { cms } from './cms.provider.ts';
import { ContractCms } from './contract-cms.client.ts';
import { StrapiCms } from './strapi-cms.client.ts';

const KINDS = { contract: ContractCms, strapi: StrapiCms } as const;

const createCms = (http: ApiClient, options: CmsOptions): CmsClient => new KINDS[options.kind](http, options);

/** Of which kind the CMS is, nobody outside this folder knows. */
@Module({
  imports: [OutboundModule, OutboundModule.forProvider(cms), ConfigModule.forFeature(cms.config)],
  providers: [CmsChanges, { provide: CmsClient, inject: [ApiClient, cms.config.KEY], useFactory: createCms }],
  exports: [CmsClient, CmsChanges],
})
export class CmsModule {}
