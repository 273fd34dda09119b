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
export {
  COMMAND_STATES,
  COMMAND_TIMEOUT_S,
  type CommandState,
  MACHINE_COMMANDS,
  MachineCommandCreate,
  type MachineCommandKind,
  MachineCommandList,
  MachineCommandView,
} from './machine-command.schema';
export { isOnline, type MachineFacts, machineStatus, statusOfView } from './machine-status';
export {
  MACHINE_TYPE_SORTS,
  MachineTypeCreate,
  MachineTypeListQuery,
  MachineTypeUpdate,
  MachineTypeView,
} from './machine-type.schema';
export {
  CurrentUseView,
  MACHINE_MAINTENANCE,
  MACHINE_SORTS,
  MachineCreate,
  MachineDeleteQuery,
  MachineImpactView,
  MachineListQuery,
  MachineUpdate,
  MachineView,
  MAX_MACHINE_HOURS_S,
  NearestPlanView,
} from './machine.schema';
export { REFUSAL_REASONS, type RefusalReason } from './refusal-reason';
export {
  PUBLIC_NAMES,
  PublicLabView,
  PublicMachineView,
  PublicMessage,
  type PublicNames,
} from './public.schema';
export { FIRST_RUN_STEPS, type FirstRunStep, FirstRunView } from './first-run.schema';
