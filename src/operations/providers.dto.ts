import { ApiProperty } from '@nestjs/swagger';

const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const;

/** What an operator has made of an external service. */
export class IsolationState {
  @ApiProperty({ example: 'pokeapi' })
  name!: string;

  @ApiProperty({ description: 'Whether an operator keeps all calls from it.' })
  isIsolated!: boolean;

  @ApiProperty({ enum: CIRCUIT_STATES })
  circuit!: (typeof CIRCUIT_STATES)[number];

  @ApiProperty({ description: 'Where that holds: other processes have circuits of their own.', enum: ['this process'] })
  scope!: 'this process';
}
