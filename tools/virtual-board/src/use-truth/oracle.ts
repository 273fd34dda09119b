import { FLASH_WINDOW_S, type KnownUse, useDurationS, useInterval } from '@fabomatic/uses';
import { MemoryBackend, type RecordedMachine } from './backend';
import { coversLeft } from './matching';
import type { Aftermath } from './rehearsal';
import type { RealUse } from './witness';

/** Boards cut durations to whole seconds, and messages take a moment. */
const DURATION_SLACK_S = 3;
/** A live start may have waited in a board's two long sleeps before it came. */
const START_SLACK_S = 10;

/** All that is wrong with what was recorded; empty when all is well. */
export function faultsOf({ backend, witnesses, complaints }: Aftermath): readonly string[] {
  const faults = [...complaints];
  for (const [machineId, witness] of witnesses) {
    const machine = backend.machines.get(machineId);
    if (!machine) throw new Error(`no machine ${machineId}`);
    const say = (text: string) => faults.push(`machine ${machineId}: ${text}`);
    for (const text of [
      ...bookkeepingFaults(machine),
      ...matchingFaults(witness.uses, [...machine.stored.values()]),
    ]) {
      say(text);
    }
  }
  return faults;
}

function bookkeepingFaults(machine: RecordedMachine): string[] {
  const faults: string[] = [];
  const uses = [...machine.stored.values()];
  const open = uses.filter((use) => use.endedAtS === null);
  if (open.length > 0) faults.push(`still open after quiet time: ${open.map(show).join(', ')}`);
  const sumS = uses.reduce((sum, use) => sum + secondsOf(use), 0);
  if (Math.abs(sumS - machine.hoursS) > 0.01) {
    faults.push(`hours ${machine.hoursS} s, but its uses last ${sumS} s`);
  }
  const exact = uses
    .filter((use) => !use.estimated && secondsOf(use) > 0)
    .sort((a, b) => a.startedAtS - b.startedAtS);
  exact.forEach((use, index) => {
    const before = exact[index - 1];
    if (before?.endedAtS && before.endedAtS > use.startedAtS + DURATION_SLACK_S) {
      faults.push(`overlap: ${show(before)} and ${show(use)}`);
    }
  });
  return faults;
}

function matchingFaults(real: readonly RealUse[], recorded: readonly KnownUse[]): string[] {
  const faults: string[] = [];
  const isMatch = (use: RealUse, record: KnownUse) => mayBe(use, record, real);
  const heard = real.filter((use) => wasHeard(use) && !mayGoUnseen(use, real));
  const unrecorded = coversLeft(heard, recorded, isMatch);
  for (const use of unrecorded) faults.push(`lost: ${showReal(use)}`);
  for (const record of unmarkedMerges(heard, recorded)) {
    faults.push(`stands for several uses, and is not marked as estimated: ${show(record)}`);
  }
  const positive = recorded.filter((use) => secondsOf(use) > 1);
  const invented = coversLeft(positive, real, (record, use) => isMatch(use, record));
  for (const record of invented) faults.push(`invented or wrong: ${show(record)}`);
  const realS = real.reduce((sum, use) => sum + realSecondsOf(use), 0);
  const recordedS = recorded.reduce((sum, use) => sum + secondsOf(use), 0);
  if (recordedS > realS + DURATION_SLACK_S * real.length) {
    faults.push(`${recordedS} s recorded, ${realS} s real`);
  }
  if (faults.length === 0) return faults;
  return [
    ...faults,
    `real: ${real.map(showReal).join('; ')}`,
    `recorded: ${recorded.map(show).join('; ')}`,
  ];
}

/** Can this record be what was made of that use? */
function mayBe(use: RealUse, record: KnownUse, real: readonly RealUse[]): boolean {
  if (use.cardUid !== record.cardUid) return false;
  if (!hasLengthOf(use, secondsOf(record), real)) return false;
  const lateS = record.startedAtS - MemoryBackend.epochS(use.startMs);
  if (lateS < -START_SLACK_S) return real.some((cut) => isTakenForEndOf(use, cut, record));
  return use.heard.isReplayed || secondsOf(record) === 0 || lateS <= START_SLACK_S;
}

function hasLengthOf(use: RealUse, recordedS: number, real: readonly RealUse[]): boolean {
  const { heard, toldS } = use;
  if (heard.stopMs !== null && toldS !== null && !isIndistinct(use, real)) {
    return Math.abs(recordedS - toldS) <= DURATION_SLACK_S;
  }
  return recordedS <= realSecondsOf(use) + DURATION_SLACK_S;
}

function wasHeard({ heard }: RealUse): boolean {
  return heard.startMs !== null || heard.inUseMs !== null || heard.stopMs !== null;
}

/**
 * The documented ambiguity (libs/uses, message-log.ts): of two uses of one card with one length,
 * both told by replays within the time of a flash save, the second may pass for the first again.
 */
function isIndistinct(use: RealUse, real: readonly RealUse[]): boolean {
  return real.some(
    (other) =>
      other !== use &&
      other.cardUid === use.cardUid &&
      other.toldS === use.toldS &&
      (comesSoonAfter(use, other) || comesSoonAfter(other, use)),
  );
}

/** What nobody can tell from the wire. */
function mayGoUnseen(use: RealUse, real: readonly RealUse[]): boolean {
  return (
    isIndistinct(use, real) ||
    isInShadow(use, real) ||
    isBareStart(use, real) ||
    real.some((later) => isStartLikeOf(later, use))
  );
}

/** One record for several uses that look the same is right only if it says that it is not certain. */
function unmarkedMerges(heard: readonly RealUse[], recorded: readonly KnownUse[]): KnownUse[] {
  return recorded.filter((record) => {
    const isAlike = (use: RealUse) =>
      use.cardUid === record.cardUid &&
      use.heard.stopMs !== null &&
      use.toldS !== null &&
      Math.abs(use.toldS - secondsOf(record)) <= DURATION_SLACK_S &&
      isIndistinct(use, heard);
    const alike = recorded.filter(
      (other) =>
        other.cardUid === record.cardUid &&
        Math.abs(secondsOf(other) - secondsOf(record)) <= 2 * DURATION_SLACK_S,
    );
    return alike.length < heard.filter(isAlike).length && !alike.some((use) => use.estimated);
  });
}

/**
 * The same ambiguity for starts, which all look alike: after a power cut in a use whose start was
 * replayed, the start of the next outage may pass for it, and the stop after it for its end.
 */
function isStartLikeOf(later: RealUse, cut: RealUse): boolean {
  return (
    cut.toldS === null &&
    later.cardUid === cut.cardUid &&
    later.startMs > cut.startMs &&
    comesSoonAfter(later, cut)
  );
}

function isTakenForEndOf(use: RealUse, cut: RealUse, record: KnownUse): boolean {
  const offS = record.startedAtS - MemoryBackend.epochS(cut.startMs);
  return isStartLikeOf(use, cut) && Math.abs(offS) <= START_SLACK_S;
}

/**
 * All that the board kept of it is a replayed start, and the next use of that card began in the same
 * outage: two equal starts in a row are one said twice (F40c). It has no length to lose.
 */
function isBareStart({ cardUid, toldS, heard }: RealUse, real: readonly RealUse[]): boolean {
  if (toldS !== null || heard.inUseMs !== null || !heard.isReplayed) return false;
  return real.some(
    (next) =>
      next.heard !== heard &&
      next.cardUid === cardUid &&
      next.heard.isReplayed &&
      next.heard.liveBeforeMs === heard.liveBeforeMs,
  );
}

/** Its start came in one queue with a stop that passed for an old one, as it may itself then. */
function isInShadow(use: RealUse, real: readonly RealUse[]): boolean {
  const before = real[real.indexOf(use) - 1];
  return (
    before?.cardUid === use.cardUid &&
    use.heard.isReplayed &&
    use.heard.liveBeforeMs === before.heard.liveBeforeMs &&
    isIndistinct(before, real)
  );
}

/** Both came as replays, the second in an outage that began soon after the first was told. */
function comesSoonAfter({ heard: second }: RealUse, { heard: first }: RealUse): boolean {
  if (!first.isReplayed || !second.isReplayed) return false;
  const toldMs = first.stopMs ?? first.startMs ?? first.inUseMs ?? 0;
  return second.liveBeforeMs <= toldMs + (FLASH_WINDOW_S + START_SLACK_S) * 1000;
}

function secondsOf(use: KnownUse): number {
  return useDurationS(useInterval(use));
}

function realSecondsOf({ startMs, endMs }: RealUse): number {
  return endMs === null ? Number.POSITIVE_INFINITY : (endMs - startMs) / 1000;
}

function show({ cardUid, startedAtS, endedAtS, replayed, estimated, closedBy }: KnownUse): string {
  const since = (atS: number) => (atS - MemoryBackend.epochS(0)).toFixed(1);
  const marks = `${replayed ? ' replayed' : ''}${estimated ? ' estimated' : ''}`;
  return `${cardUid} ${since(startedAtS)}..${endedAtS === null ? '' : since(endedAtS)} by ${closedBy}${marks}`;
}

function showReal({ cardUid, startMs, endMs, toldS, heard }: RealUse): string {
  const { startMs: start, inUseMs: inUse, stopMs: stop } = heard;
  const at = (ms: number | null) => (ms === null ? '-' : (ms / 1000).toFixed(1));
  const when = `start ${at(start)} inuse ${at(inUse)} stop ${at(stop)}`;
  return `${cardUid} ${at(startMs)}..${at(endMs)} told ${toldS} s (heard ${when})`;
}
