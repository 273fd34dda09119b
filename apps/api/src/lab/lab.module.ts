import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { MachineQueues } from '../boards/machine-queues.service';
import { DatabaseModule } from '../database/database.module';
import { clockProvider } from './lab-clock';
import { LabService } from './lab.service';

/** The lab in memory, read before anything else starts. */
@Global()
@Module({
  imports: [DatabaseModule],
  providers: [LabService, MachineQueues, clockProvider],
  exports: [LabService, MachineQueues, clockProvider],
})
export class LabModule implements OnModuleInit {
  constructor(private readonly lab: LabService) {}

  onModuleInit(): Promise<void> {
    return this.lab.load();
  }
}
