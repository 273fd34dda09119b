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
export {
  byHandProblem,
  type ByHandProblem,
  CLOSE_AFTER_SILENCE_S,
  MAX_BY_HAND_S,
  mayCloseByHand,
} from './use-by-hand';
export { USE_ERRORS, type UseErrorCode } from './use-errors';
export { UseCorrection, UseCreate, UseRemoval, UseView } from './use.schema';
export { USE_SORTS, UseListQuery } from './use-list.schema';
export {
  MAX_STATISTICS_DAYS,
  type ShareView,
  type SpanView,
  StatisticsQuery,
  StatisticsView,
} from './use-statistics.schema';
export {
  dayOfIso,
  firstOfMonth,
  isoDay,
  mondayOf,
  type Share,
  type TalliedUse,
  UseTally,
  weekdayOf,
} from './use-tally';
