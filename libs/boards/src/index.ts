export {
  BOARD_ACCOUNT_MODES,
  BOARD_ACCOUNT_SORTS,
  BOARD_ACCOUNT_STATES,
  BoardAccountCreate,
  BoardAccountListQuery,
  type BoardAccountMode,
  type BoardAccountState,
  BoardAccountView,
  boardUser,
  machineOfBoardUser,
  NewBoardAccountView,
} from './board-account.schema';
export {
  type BoardCommand,
  boardCommand,
  commandEvidence,
  type SentCommand,
} from './board-commands';
export {
  acceptCard,
  type BoardReply,
  type CheckMachineReply,
  type CheckUserReply,
  encodeForBoard,
  type MachineForBoard,
  machineState,
  MAX_CACHED_CARDS,
  MAX_PACKET_BYTES,
  refuseCard,
  REPLY_DEADLINE_MS,
  type SimpleReply,
  simpleReply,
  type SyncCacheReply,
  unknownMachineState,
} from './board-replies';
export {
  BOARD_ACTIONS,
  type BoardAction,
  type BoardRequest,
  type BoardRequestProblem,
  MAX_DURATION_S,
  MAX_REQUEST_LENGTH,
  type ParsedBoardRequest,
  parseBoardRequest,
} from './board-requests';
export {
  boardSubscription,
  type BoardTopicNames,
  machineIdOf,
  machineOfTopic,
  MAX_MACHINE_ID,
  replyTopic,
  requestTopic,
  statsTopic,
} from './board-topics';
export {
  BOARD_ACCOUNT_OF_BOARD,
  BOARD_ERRORS,
  BOARD_SORTS,
  type BoardErrorCode,
  BoardListQuery,
  BoardView,
} from './board.schema';
export {
  canDisplay,
  DESCRIPTION_WIDTH,
  displayText,
  MACHINE_NAME_WIDTH,
  PERSON_NAME_WIDTH,
} from './display-text';
