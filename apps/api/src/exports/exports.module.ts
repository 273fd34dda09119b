import { Module } from '@nestjs/common';
import { AuthorizationsModule } from '../authorizations/authorizations.module';
import { BoardsModule } from '../boards/boards.module';
import { MachinesModule } from '../machines/machines.module';
import { MaintenanceModule } from '../maintenance/maintenance.module';
import { MembersModule } from '../members/members.module';
import { audit } from './audit.exports';
import { exportController } from './export.controller';
import { boards, interventions, machines, machineTypes, maintenancePlans } from './machine.exports';
import { authorizations, members, roles, unrecognizedCards } from './people.exports';
import { uses } from './use.exports';

/** Each list as a file: one line here, and its columns in a `*.exports.ts`. */
@Module({
  imports: [AuthorizationsModule, BoardsModule, MachinesModule, MaintenanceModule, MembersModule],
  controllers: [
    exportController(audit),
    exportController(authorizations),
    exportController(boards),
    exportController(interventions),
    exportController(machines),
    exportController(machineTypes),
    exportController(maintenancePlans),
    exportController(members),
    exportController(roles),
    exportController(unrecognizedCards),
    exportController(uses),
  ],
})
export class ExportsModule {}
