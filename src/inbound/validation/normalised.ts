import { Transform } from 'class-transformer';

/** Trims text and brings it to one Unicode form (NFC), so that what looks the same is the same. */
export const Normalised = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().normalize('NFC') : value));
