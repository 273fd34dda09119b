/** What a board tells of itself in `alive`. */
export interface BoardIdentity {
  /** Build + "," + git tag (F8). */
  readonly version: string;
  readonly ip: string;
  /** 12 hex digits. */
  readonly serial: string;
  /** Free memory in bytes, as decimal digits. */
  readonly heap: string;
}

/** A plausible identity of its own for each machine id. */
export function identityOf(machineId: number): BoardIdentity {
  return {
    version: 'hardware-rev0-en_US,1.3.0',
    ip: `192.168.${1 + (machineId >> 8)}.${machineId & 255}`,
    serial: `dcda0c${machineId.toString(16).padStart(6, '0')}`,
    heap: '214572',
  };
}

// The exact bytes of the firmware (F8): the spaces after some commas are real.

export const CHECK_MACHINE = '{"action":"checkmachine"}';

export function aliveText({ version, ip, serial, heap }: BoardIdentity): string {
  return `{"action":"alive","version":"${version}","ip":"${ip}","serial":"${serial}","heap":"${heap}"}`;
}

export function checkUserText(uid: string): string {
  return `{"action":"checkuser","uid":"${uid}"}`;
}

export function startUseText(uid: string): string {
  return `{"action":"startuse", "uid":"${uid}"}`;
}

export function inUseText(uid: string, durationS: number): string {
  return `{"action":"inuse", "uid":"${uid}","duration":${durationS}}`;
}

export function stopUseText(uid: string, durationS: number): string {
  return `{"action":"stopuse", "uid":"${uid}","duration":${durationS}}`;
}

export function maintenanceText(uid: string): string {
  return `{"action":"maintenance", "uid":"${uid}"}`;
}

/** The same message as a replay; one that is a replay already stays as it is. */
export function replayText(text: string): string {
  return text.includes('replay') ? text : `${text.slice(0, -1)}, "replay":true}`;
}
