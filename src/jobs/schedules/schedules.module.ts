import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { VaultModule } from '../../platform/vault/vault.module.ts';
import { Polls } from './polls.ts';
import { ScheduledRuns } from './scheduled-runs.ts';
import { Schedules } from './schedules.ts';

/** What happens by itself: methods marked `@Scheduled`, and polls of what tells nobody when it changes. */
@Module({
  imports: [VaultModule, DiscoveryModule],
  providers: [Polls, Schedules, ScheduledRuns],
  exports: [Polls, Schedules],
})
export class SchedulesModule {}
