import { Module } from '@nestjs/common';
import { InterventionsController } from './interventions.controller';
import { InterventionsService } from './interventions.service';
import { MaintenancePlansController } from './maintenance-plans.controller';
import { MaintenancePlansService } from './maintenance-plans.service';
import { MaintenanceService } from './maintenance.service';
import { PlanCounter } from './plan-counter.service';

@Module({
  controllers: [MaintenancePlansController, InterventionsController],
  providers: [MaintenanceService, MaintenancePlansService, InterventionsService, PlanCounter],
  exports: [MaintenanceService, MaintenancePlansService, InterventionsService, PlanCounter],
})
export class MaintenanceModule {}
