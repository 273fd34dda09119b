export type { BoardEvent, BoardHappening, BoardListener } from './board-events';
export { MAX_PACKET_BYTES } from './board-connection';
export { type CachedCard, EXAMPLE_WHITELIST, type KnownCard, type Whitelist } from './card-memory';
export { CardReader } from './card-reader';
export type { Clock } from './clock';
export type { CurrentUse, Power } from './firmware';
export { firmwareFile, type FirmwareFileOptions, versionInFile } from './firmware-file';
export { freePort } from './free-port';
export { emptyFlash, type Flash } from './flash';
export { type Link, type Packet, publishPacketBytes } from './link';
export { MACHINE_AT_BOOT, type MachineState } from './machine-state';
export {
  type FaultPlan,
  faultsInOrder,
  MemoryLink,
  type MemoryLinkOptions,
  type NetworkFault,
  type NetworkMessage,
} from './memory-link';
export { MAX_QUEUED } from './outbox';
export { RealClock } from './real-clock';
export { type BoardTimings, fasterTimings, FIRMWARE_TIMINGS } from './timings';
export { type BoardState, VirtualBoard, type VirtualBoardOptions } from './virtual-board';
export { VirtualClock } from './virtual-clock';
export { type BoardIdentity, identityOf } from './wire-texts';
export { type BadPayloadKind, BAD_PAYLOAD_KINDS, badPayloads } from './bad-payloads';
export {
  ANSWER_TIMEOUT_MS,
  ClosedLoop,
  type ClosedLoopAction,
  type ClosedLoopCycle,
  type ClosedLoopOptions,
  type ClosedLoopResult,
  runClosedLoop,
} from './closed-loop';
export {
  misbehave,
  type Misbehaviour,
  type MisbehaviourOptions,
  type MisbehaviourReport,
  MISBEHAVIOURS,
} from './misbehaviour';
export { type BrokerAddress, connectAsBoard, untilConnected } from './mqtt-connection';
export { MqttLink, type MqttLinkOptions } from './mqtt-link';
export {
  OTA_CONDUCTS,
  type OtaConduct,
  OtaReceiver,
  type OtaReceiverOptions,
} from './ota-receiver';
export { type PatternName, PATTERN_NAMES, playPattern } from './patterns';
export { seededRandom } from './random';
export { Scene, type SceneOptions, SceneOver } from './scene';
