import { Injectable } from '@nestjs/common';
import { Deferral } from '../../inbound/deferral/deferral.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { NewCalls, type OfferedOperation } from './new-calls.ts';

/** Makes calls of what callers of other routes want done later. */
@Injectable()
export class DeferredCalls extends Deferral {
  constructor(private readonly newCalls: NewCalls) {
    super();
  }

  find(operation: string): OfferedOperation | undefined {
    return this.newCalls.all().find(({ name }) => name === operation);
  }

  async defer(operation: string, input: object, caller: Caller): Promise<string> {
    const declared = this.find(operation);
    if (declared === undefined) throw new TypeError(`No caller may ask for ${operation}`);
    this.newCalls.admit(declared, input, caller);
    return (await this.newCalls.submit(declared, input, caller)).id;
  }
}
