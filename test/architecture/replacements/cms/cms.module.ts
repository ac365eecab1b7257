import { Module } from '@nestjs/common';
import { OutboundModule } from '../../../../src/outbound/index.ts';
import { CmsClient } from '../../../../src/providers/cms/cms.client.ts';
import { CmsChanges } from './cms-changes.ts';
import { cms } from './cms.provider.ts';
import { ItemsCms } from './items-cms.client.ts';

@Module({
  imports: [OutboundModule.forProvider(cms)],
  providers: [CmsChanges, { provide: CmsClient, useClass: ItemsCms }],
  exports: [CmsClient, CmsChanges],
})
export class CmsModule {}
