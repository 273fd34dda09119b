import type { SystemView } from '@fabomatic/system';

/** How a lab with one board is, on 24 November 2026 at noon; `changes` go over it. */
export function systemView(changes: Partial<SystemView> = {}): SystemView {
  return {
    serverTime: '2026-11-24T12:00:00.000Z',
    versions: { product: '2.0.0', node: '24.1.0' },
    uptimeS: 1_051_200,
    timezone: 'Europe/Rome',
    host: { name: 'lab', system: 'Linux 6 arm64', cores: 4 },
    memory: { totalBytes: 4 * 1024 ** 3, freeBytes: 1024 ** 3, ownBytes: 120 * 1024 ** 2 },
    disk: { totalBytes: 32 * 1024 ** 3, freeBytes: 19_542_101_197 },
    database: {
      kind: 'sqlite',
      name: 'fabomatic',
      place: '/data/fabomatic.db',
      sizeBytes: 38 * 1024 ** 2,
      answersInMs: 2.4,
    },
    broker: {
      kind: 'embedded',
      address: '0.0.0.0:1883',
      connected: true,
      since: '2026-11-12T08:00:00.000Z',
    },
    messages: {
      perMinute: 41,
      minutes: Array.from({ length: 60 }, () => ({ received: 40, failed: 0 })),
      received: 2400,
      sent: 2400,
      dropped: 0,
      malformed: 0,
      ignored: 0,
      failed: 0,
    },
    backups: { latest: null, schedule: 'daily 03:00' },
    mail: { server: null, lastSentAt: null, waiting: 0, givenUp: 0 },
    boards: [
      {
        machineId: 7,
        machineName: 'Laser 1',
        serial: '7C2A-91F0',
        ip: '192.168.1.41',
        firmware: '0.9.2',
        freeBytes: 151_552,
        lastSeenAt: '2026-11-24T11:59:56.000Z',
        isOnline: true,
      },
    ],
    attention: [],
    canRestart: true,
    ...changes,
  };
}
