import { BoardListQuery, type BoardView } from '@fabomatic/boards';
import {
  MachineListQuery,
  MachineTypeListQuery,
  type MachineTypeView,
  type MachineView,
} from '@fabomatic/machines';
import {
  InterventionListQuery,
  type InterventionView,
  MaintenancePlanListQuery,
  type MaintenancePlanView,
} from '@fabomatic/maintenance';
import { BoardRecords } from '../boards/board-records.service';
import { MachineTypesService } from '../machines/machine-types.service';
import { MachinesService } from '../machines/machines.service';
import { InterventionsService } from '../maintenance/interventions.service';
import { MaintenancePlansService } from '../maintenance/maintenance-plans.service';
import {
  duration,
  type ExportDefinition,
  flag,
  number,
  pagesOf,
  text,
  time,
  word,
} from './export-definition';

export const machines: ExportDefinition<MachinesService, MachineListQuery, MachineView> = {
  name: 'machines',
  sheet: 'machines',
  source: MachinesService,
  query: MachineListQuery,
  chunks: (service, query) => pagesOf((page) => service.list(page), query),
  columns: [
    number('id', (machine) => machine.id),
    text('name', (machine) => machine.name),
    number('type_id', (machine) => machine.typeId),
    text('type', (machine) => machine.typeName),
    ...duration<MachineView>('hours', 'hours_s', (machine) => machine.hoursS),
    flag('blocked', (machine) => machine.blocked),
    text('blocked_reason', (machine) => machine.blockedReason),
    text('in_use_by', (machine) => machine.currentUse?.memberName ?? null),
    time('last_use', (machine) => machine.lastUsedAt),
    number('due_plans', (machine) => machine.duePlans),
    text('next_plan', (machine) => machine.nearestPlan?.description ?? null),
    time('last_seen', (machine) => machine.lastSeenAt),
  ],
};

export const machineTypes: ExportDefinition<
  MachineTypesService,
  MachineTypeListQuery,
  MachineTypeView
> = {
  name: 'machine-types',
  sheet: 'machine_types',
  source: MachineTypesService,
  query: MachineTypeListQuery,
  chunks: (service, query) => pagesOf((page) => service.list(page), query),
  columns: [
    number('id', (type) => type.id),
    text('name', (type) => type.name),
    number('timeout_min', (type) => type.timeoutMin),
    number('grace_min', (type) => type.graceMin),
    word('access', (type) => `exports.word.access_${type.access}`),
    number('machines', (type) => type.machines),
  ],
};

export const interventions: ExportDefinition<
  InterventionsService,
  InterventionListQuery,
  InterventionView
> = {
  name: 'interventions',
  sheet: 'interventions',
  source: InterventionsService,
  query: InterventionListQuery,
  chunks: (service, query) => pagesOf((page) => service.list(page), query),
  columns: [
    number('id', (done) => done.id),
    number('plan_id', (done) => done.planId),
    text('plan', (done) => done.planDescription),
    number('machine_id', (done) => done.machineId),
    text('machine', (done) => done.machineName),
    number('member_id', (done) => done.memberId),
    text('member', (done) => done.memberName),
    time('done', (done) => done.doneAt),
    flag('sent_later', (done) => done.replayed),
    text('note', (done) => done.note),
  ],
};

export const maintenancePlans: ExportDefinition<
  MaintenancePlansService,
  MaintenancePlanListQuery,
  MaintenancePlanView
> = {
  name: 'maintenance-plans',
  sheet: 'maintenance_plans',
  source: MaintenancePlansService,
  query: MaintenancePlanListQuery,
  chunks: (service, query) => pagesOf((page) => service.list(page), query),
  columns: [
    number('id', (plan) => plan.id),
    number('machine_id', (plan) => plan.machineId),
    text('machine', (plan) => plan.machineName),
    text('description', (plan) => plan.description),
    text('lcd', (plan) => plan.lcdMessage),
    ...duration<MaintenancePlanView>('interval', 'interval_s', (plan) => plan.intervalS),
    ...duration<MaintenancePlanView>('elapsed', 'elapsed_s', (plan) => plan.elapsedS),
    flag('due', (plan) => plan.isDue),
    time('last_done', (plan) => plan.lastDoneAt),
    text('last_done_by', (plan) => plan.lastDoneByName),
    time('forecast', (plan) => plan.forecastAt),
    text('instructions', (plan) => plan.instructionsUrl),
  ],
};

export const boards: ExportDefinition<BoardRecords, BoardListQuery, BoardView> = {
  name: 'boards',
  sheet: 'boards',
  source: BoardRecords,
  query: BoardListQuery,
  chunks: (service, query) => pagesOf((page) => service.list(page), query),
  columns: [
    number('id', (board) => board.id),
    number('machine_id', (board) => board.machineId),
    text('machine', (board) => board.machineName),
    text('serial', (board) => board.serial),
    text('ip', (board) => board.ip),
    text('firmware', (board) => board.firmware),
    number('free_memory', (board) => board.heapBytes),
    flag('online', (board) => board.online),
    time('first_seen', (board) => board.firstSeenAt),
    time('last_seen', (board) => board.lastSeenAt),
  ],
};
