import type { Page, PageQuery } from '@fabomatic/kernel';
import type { MachineView } from '@fabomatic/machines';
import { Injectable } from '@nestjs/common';
import { LabService } from '../lab/lab.service';
import { machineView } from './machine-view';

@Injectable()
export class MachinesService {
  constructor(private readonly lab: LabService) {}

  /** By id, from memory: the same facts that boards are answered with. */
  list({ page, pageSize }: PageQuery): Page<MachineView> {
    const machines = [...this.lab.machines()];
    const items = machines.slice((page - 1) * pageSize, page * pageSize);
    return {
      items: items.map((machine) => machineView(machine, this.lab)),
      total: machines.length,
      page,
      pageSize,
    };
  }
}
