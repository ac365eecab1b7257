import { Fraction, OneOf, WholeNumber } from '../../platform/config/variables.ts';
import { HOUR_MS } from '../../platform/durations.ts';
import { ProviderCacheOptions } from '../cache/provider-cache-options.ts';

/** What is done about attempts that are late. */
export class ProviderHedgeOptions extends ProviderCacheOptions {
  /** Whether a second attempt is sent beside one that is late, of safe methods; the first answer counts: `on` or `off`. Default off. */
  @OneOf(['on', 'off'])
  hedge: 'on' | 'off' = 'off';

  /** An attempt is late after so many ms; 0: when 98 % of the operation's last answers took no longer. Default 0. */
  @WholeNumber(0, HOUR_MS)
  hedgeAfterMs = 0;

  /** Second attempts at most, as a share of the attempts at an operation. Default 0.03. */
  @Fraction(0.001, 1)
  hedgeMaxShare = 0.03;
}
