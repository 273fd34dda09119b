import { AppError, type Clock, toIso } from '@fabomatic/kernel';
import type { LiveMessage, PublicLabView, PublicMessage } from '@fabomatic/machines';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, LabService } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { publicMachineView } from './public-view';

/** Streams for anybody at once: many screens of a lab, and no way to fill the server's memory. */
export const MAX_PUBLIC_READERS = 100;

/**
 * The lab as anybody may see it, where the settings have turned that on. It is made from the
 * records of the lab and never from what the portal's pages are told, so that what is added there
 * does not appear here.
 */
@Injectable()
export class PublicStatusService {
  private readers = 0;

  constructor(
    private readonly lab: LabService,
    private readonly live: LiveService,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws 404 while both pages are off, as for an address that does not exist. */
  view(): PublicLabView {
    const { statusPage, tv } = this.settings.public;
    if (!statusPage && !tv) throw new AppError('request.not_found');
    const { name, timezone, language } = this.settings.lab;
    return {
      serverTime: toIso(this.clock.nowS()),
      lab: { name, timezone, language },
      pages: { status: statusPage, tv },
      broker: this.live.brokerView(),
      machines: [...this.lab.machines()].map((machine) =>
        publicMachineView(machine, this.lab, this.settings.public),
      ),
    };
  }

  /** Throws 503 when there are too many readers already. Returns how to leave. */
  subscribe(reader: (message: PublicMessage) => void): () => void {
    if (this.readers >= MAX_PUBLIC_READERS) throw new AppError('request.too_many');
    this.readers += 1;
    const leave = this.live.subscribe((message) => {
      const told = this.told(message);
      if (told !== null) reader(told);
    });
    return () => {
      this.readers -= 1;
      leave();
    };
  }

  /** null for what only the portal is told. */
  private told(message: LiveMessage): PublicMessage | null {
    switch (message.type) {
      case 'snapshot':
      case 'machine-removed':
        return { type: 'snapshot', data: this.view() };
      case 'machine': {
        const machine = this.lab.machine(message.data.machine.id);
        if (machine === undefined) return null;
        const view = publicMachineView(machine, this.lab, this.settings.public);
        return {
          type: 'machine',
          data: { machine: view, serverTime: toIso(this.clock.nowS()) },
        };
      }
      case 'broker':
        return { type: 'broker', data: message.data };
      case 'command':
      case 'event':
        return null;
    }
  }
}
