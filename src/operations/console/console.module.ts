import { Module } from '@nestjs/common';
import { InboundModule } from '../../inbound/inbound.module.ts';
import { JobsModule } from '../../jobs/jobs.module.ts';
import { OutboundModule } from '../../outbound/index.ts';
import { VitalsModule } from '../vitals/vitals.module.ts';
import { BackgroundWork } from './background-work.ts';
import { ConsoleFiles } from './console-files.ts';
import { ConsoleLogin } from './console-login.ts';
import { ConsoleStreams } from './console-streams.ts';
import { ConsoleController } from './console.controller.ts';
import { ConsoleLoginController } from './login.controller.ts';
import { LoginTries } from './login-tries.ts';
import { ProcessWatch } from './process-watch.ts';
import { ProviderCards } from './provider-cards.ts';
import { RemarkableCalls } from './remarkable-calls.ts';
import { SnapshotFeed } from './snapshot-feed.ts';
import { Snapshots } from './snapshots.ts';

/** A page for the people on call. */
@Module({
  imports: [InboundModule, JobsModule, OutboundModule, VitalsModule],
  controllers: [ConsoleController, ConsoleLoginController],
  providers: [
    BackgroundWork,
    ConsoleFiles,
    ConsoleLogin,
    ConsoleStreams,
    LoginTries,
    ProcessWatch,
    ProviderCards,
    RemarkableCalls,
    SnapshotFeed,
    Snapshots,
  ],
})
export class ConsoleModule {}
