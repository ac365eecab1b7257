import { Body, Controller, HttpCode, Injectable, Module, Param, Post } from '@nestjs/common';
import { IsInt, Matches } from 'class-validator';
import { Deferral, type DeferrableOperation } from '../../../src/inbound/deferral/deferral.ts';
import { MayRespondAsync } from '../../../src/inbound/deferral/may-respond-async.ts';
import type { Caller } from '../../../src/platform/context/caller.ts';

export class DoorParams {
  @Matches(/^[a-z]+$/, { message: 'must be lower-case letters' })
  door!: string;
}

export class Ring {
  @IsInt({ message: 'must be a whole number' })
  times!: number;
}

export class RingAtDoor extends Ring {
  @Matches(/^[a-z]+$/, { message: 'must be lower-case letters' })
  door!: string;
}

export class Rung {
  door!: string;
}

export const CALL_ID = '3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f';

/** Remembers what it was given to do later. */
@Injectable()
export class RememberedDeferral extends Deferral {
  readonly deferred: { operation: string; input: object; subject: string }[] = [];
  failure: Error | undefined;

  find(operation: string): DeferrableOperation | undefined {
    return {
      'doors.ring': { name: operation, input: RingAtDoor },
      'doors.open': { name: operation, input: DoorParams },
    }[operation];
  }

  defer(operation: string, input: object, { subject }: Caller): Promise<string> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.deferred.push({ operation, input, subject });
    return Promise.resolve(CALL_ID);
  }
}

/** What was done at once. */
export const done: string[] = [];

@Controller({ path: 'doors', version: '1' })
class DoorsController {
  @Post(':door/ring')
  @HttpCode(201)
  @MayRespondAsync('doors.ring', Rung)
  ring(@Param() { door }: DoorParams, @Body() { times }: Ring): Rung {
    done.push(`${door} ${times}`);
    return { door };
  }

  /** Looks at no body. */
  @Post(':door/open')
  @MayRespondAsync('doors.open', Rung)
  open(@Param() { door }: DoorParams): Rung {
    done.push(door);
    return { door };
  }

  @Post(':door/close')
  @MayRespondAsync('doors.close', Rung)
  close(@Param() { door }: DoorParams): Rung {
    done.push(door);
    return { door };
  }

  /** Never put off. */
  @Post(':door/paint')
  paint(@Param() { door }: DoorParams): Rung {
    done.push(door);
    return { door };
  }
}

@Module({
  controllers: [DoorsController],
  providers: [RememberedDeferral, { provide: Deferral, useExisting: RememberedDeferral }],
})
export class DeferringModule {}
