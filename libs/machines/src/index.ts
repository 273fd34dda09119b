export {
  BrokerView,
  DASHBOARD_EVENTS,
  DashboardView,
  DueNextView,
  LAB_EVENT_KINDS,
  LabEvent,
  type LabEventKind,
  LIVE_PING_S,
  LiveMessage,
  REFUSAL_REASONS,
  type RefusalReason,
  TodayView,
} from './live.schema';
export {
  MACHINE_ACCESS,
  MACHINE_STATUSES,
  type MachineAccess,
  type MachineStatus,
  MAX_BOARD_MINUTES,
  ONLINE_WINDOW_S,
} from './machine';
export { MACHINE_ERRORS, type MachineErrorCode } from './machine-errors';
export { isOnline, type MachineFacts, machineStatus } from './machine-status';
export {
  MACHINE_TYPE_SORTS,
  MachineTypeCreate,
  MachineTypeListQuery,
  MachineTypeUpdate,
  MachineTypeView,
} from './machine-type.schema';
export { CurrentUseView, MachineView, NearestPlanView } from './machine.schema';
export {
  PUBLIC_NAMES,
  PublicLabView,
  PublicMachineView,
  PublicMessage,
  type PublicNames,
} from './public.schema';
export { FIRST_RUN_STEPS, type FirstRunStep, FirstRunView } from './first-run.schema';
