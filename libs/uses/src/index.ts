export { FLASH_WINDOW_S, LOG_LENGTH } from './message-log';
export {
  emptySession,
  IDLE_AFTER_TICK_S,
  type MachineSession,
  RECENT_USES,
  type UseEffect,
} from './session-draft';
export { sessionFromHistory } from './session-history';
export {
  type KnownUse,
  MAX_BELIEVED_DURATION_S,
  SILENCE_S,
  USE_CLOSED_BY,
  USE_SOURCES,
  type UseClosedBy,
  useDurationS,
  type UseInterval,
  useInterval,
  type UseSource,
} from './use';
export {
  type CardHolder,
  onUseEvent,
  type UseDecision,
  type UseEvent,
  type UseOutcome,
} from './use-session';
export { UseView } from './use.schema';
export { UseListQuery } from './use-list.schema';
