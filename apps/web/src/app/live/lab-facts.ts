import { Injectable, signal } from '@angular/core';

export interface LabFactsView {
  name: string;
  /** IANA name. */
  timezone: string;
}

/** Name and time zone of the lab, from whichever stream told them last. */
@Injectable({ providedIn: 'root' })
export class LabFacts {
  private readonly told = signal<LabFactsView | null>(null, {
    equal: (a, b) => a?.name === b?.name && a?.timezone === b?.timezone,
  });

  /** Null until a stream has told it. */
  readonly lab = this.told.asReadonly();

  tell(lab: LabFactsView): void {
    this.told.set(lab);
  }
}
