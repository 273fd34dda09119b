import { type Clock, systemClock } from '@fabomatic/kernel';

/** Injection token: `@Inject(CLOCK) clock: Clock`. Specs put their own in its place. */
export const CLOCK = Symbol('clock');

export const clockProvider = { provide: CLOCK, useValue: systemClock satisfies Clock };
