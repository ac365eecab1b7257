import {
  Body,
  Controller,
  Delete,
  Get,
  Global,
  HttpCode,
  Injectable,
  Module,
  Patch,
  Post,
  Put,
  Res,
} from '@nestjs/common';
import { IsString, Length } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { Public } from '../../../src/inbound/authentication/access.ts';
import { Deferral, type DeferrableOperation } from '../../../src/inbound/deferral/deferral.ts';
import { MayRespondAsync } from '../../../src/inbound/deferral/may-respond-async.ts';
import { Repeatable } from '../../../src/inbound/idempotency/repeatable.ts';
import { Normalised } from '../../../src/inbound/validation/normalised.ts';

class Entry {
  @Normalised()
  @IsString()
  @Length(1, 20)
  text!: string;
}

/** What the handlers below do; counts how often. */
@Injectable()
export class Ledger {
  written = 0;
  work: (reply: FastifyReply) => unknown = () => ({ number: this.written });

  write(reply: FastifyReply): unknown {
    this.written += 1;
    return this.work(reply);
  }
}

@Controller({ path: 'ledger', version: '1' })
class LedgerController {
  constructor(private readonly ledger: Ledger) {}

  @Post()
  add(@Res({ passthrough: true }) reply: FastifyReply): unknown {
    return this.ledger.write(reply);
  }

  @Post('entries')
  addEntry(@Body() _entry: Entry, @Res({ passthrough: true }) reply: FastifyReply): unknown {
    return this.ledger.write(reply);
  }

  @Post('repeatable')
  @Repeatable()
  @HttpCode(202)
  repeat(@Res({ passthrough: true }) reply: FastifyReply): unknown {
    return this.ledger.write(reply);
  }

  @Post('later')
  @Repeatable()
  @HttpCode(202)
  @MayRespondAsync('ledger.add', Entry)
  addLater(@Body() _entry: Entry, @Res({ passthrough: true }) reply: FastifyReply): unknown {
    return this.ledger.write(reply);
  }

  @Post('public')
  @Public()
  addPublicly(@Res({ passthrough: true }) reply: FastifyReply): unknown {
    return this.ledger.write(reply);
  }

  @Patch()
  change(@Res({ passthrough: true }) reply: FastifyReply): unknown {
    return this.ledger.write(reply);
  }

  @Put()
  put(@Res({ passthrough: true }) reply: FastifyReply): unknown {
    return this.ledger.write(reply);
  }

  @Delete()
  @HttpCode(204)
  remove(@Res({ passthrough: true }) reply: FastifyReply): unknown {
    return this.ledger.write(reply);
  }

  @Get()
  read(@Res({ passthrough: true }) reply: FastifyReply): unknown {
    return this.ledger.write(reply);
  }
}

/** Takes everything on, and counts it. */
@Injectable()
export class LedgerDeferral extends Deferral {
  deferred = 0;

  override find(name: string): DeferrableOperation {
    return { name, input: Entry };
  }

  override defer(): Promise<string> {
    this.deferred += 1;
    return Promise.resolve(`00000000-0000-4000-8000-00000000000${this.deferred}`);
  }
}

/** A feature that writes as a test tells it to. */
@Global()
@Module({
  controllers: [LedgerController],
  providers: [Ledger, { provide: Deferral, useClass: LedgerDeferral }],
  exports: [Deferral],
})
export class LedgerModule {}
