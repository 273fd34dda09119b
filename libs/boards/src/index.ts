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
  MAX_MACHINE_ID,
  replyTopic,
  requestTopic,
  statsTopic,
} from './board-topics';
export {
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
export { type FirmwareFacts, type FirmwareImageProblem, readFirmwareImage } from './firmware-image';
export {
  FIRMWARE_BOARD_STATES,
  FIRMWARE_ERRORS,
  FIRMWARE_OUTCOMES,
  FIRMWARE_PROBLEMS,
  FirmwareBoard,
  type FirmwareBoardState,
  type FirmwareErrorCode,
  FirmwareImageList,
  FirmwareImageView,
  FirmwareMd5,
  type FirmwareOutcome,
  type FirmwareProblem,
  FirmwareRolloutListQuery,
  FirmwareRolloutRequest,
  FirmwareRolloutState,
  FirmwareRolloutView,
  FirmwareUploadQuery,
  MAX_FIRMWARE_BYTES,
  MAX_FIRMWARE_IMAGES,
} from './firmware.schema';
export {
  isUpdated,
  OTA_BLOCK_BYTES,
  OTA_PORT,
  type OtaAnswer,
  otaInvitation,
  otaResponse,
  readOtaAnswer,
  readOtaResult,
} from './ota-texts';
