import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsString, Length, ValidateNested } from 'class-validator';
import { Public } from '../../../src/inbound/authentication/access.ts';
import { Normalised } from '../../../src/inbound/validation/normalised.ts';

class Address {
  @Normalised()
  @IsString()
  @Length(1, 20)
  city!: string;
}

class Entry {
  @Normalised()
  @IsString()
  @Length(1, 20)
  author!: string;

  @ValidateNested()
  @Type(() => Address)
  address!: Address;
}

/** As long as an answer that is worth compressing. */
const LONG = Array.from({ length: 200 }, (_, page) => ({ page, text: 'It was very nice here' }));

@Public()
@Controller({ path: 'guestbook', version: '1' })
class GuestbookController {
  @Post()
  write(@Body() entry: Entry): Entry {
    return entry;
  }

  @Get()
  read(): object {
    return LONG;
  }
}

/** A small feature of our own, for what needs a body going in or a long one coming out. */
@Module({ controllers: [GuestbookController] })
export class GuestbookModule {}
