import { Module } from '@nestjs/common';
import { MachineTypesController } from './machine-types.controller';
import { MachineTypesService } from './machine-types.service';
import { MachinesController } from './machines.controller';
import { MachinesService } from './machines.service';

@Module({
  controllers: [MachinesController, MachineTypesController],
  providers: [MachinesService, MachineTypesService],
  exports: [MachinesService, MachineTypesService],
})
export class MachinesModule {}
