import type { MachineAccess } from '@fabomatic/machines';

export interface DemoMachineType {
  readonly name: string;
  readonly timeoutMin: number;
  readonly graceMin: number;
  readonly access: MachineAccess;
}

export interface DemoPlan {
  readonly description: string;
  readonly lcdMessage: string;
  readonly intervalH: number;
  /** How worn it is when the demo begins: 1 at its threshold, above it is due. */
  readonly wear: number;
}

/** How a machine stands when the demo begins. */
export type DemoState = 'in-use' | 'blocked' | 'offline' | 'ready';

export interface DemoMachine {
  readonly name: string;
  readonly type: string;
  readonly state: DemoState;
  /** How many uses it has on a full day. */
  readonly usesPerDay: number;
  /** Shortest and longest use; most are short. */
  readonly useMin: readonly [number, number];
  readonly plans: readonly DemoPlan[];
}

export const DEMO_TYPES: readonly DemoMachineType[] = [
  { name: 'Laser cutter', timeoutMin: 60, graceMin: 2, access: 'authorization' },
  { name: '3D printer', timeoutMin: 480, graceMin: 5, access: 'authorization' },
  { name: 'Machining', timeoutMin: 120, graceMin: 1, access: 'authorization' },
  { name: 'Vinyl cutter', timeoutMin: 60, graceMin: 2, access: 'open' },
];

/** Their ids are their places in this list, from 1. */
export const DEMO_MACHINES: readonly DemoMachine[] = [
  {
    name: 'Laser 100 W',
    type: 'Laser cutter',
    state: 'in-use',
    usesPerDay: 4,
    useMin: [6, 90],
    plans: [
      plan('Clean lens and mirrors', 'Clean lens', 25, 0.92),
      plan('Change the air filter', 'Change filter', 200, 0.41),
    ],
  },
  {
    name: 'Laser 40 W',
    type: 'Laser cutter',
    state: 'ready',
    usesPerDay: 3,
    useMin: [5, 60],
    plans: [plan('Clean lens and mirrors', 'Clean lens', 25, 0.36)],
  },
  {
    name: 'Printer Ada',
    type: '3D printer',
    state: 'in-use',
    usesPerDay: 2,
    useMin: [40, 360],
    plans: [
      plan('Oil the rods, tighten the belts', 'Oil the rods', 150, 0.18),
      plan('Change the nozzle', 'Change nozzle', 300, 0.63),
    ],
  },
  {
    name: 'Printer Grace',
    type: '3D printer',
    state: 'ready',
    usesPerDay: 2,
    useMin: [40, 360],
    plans: [plan('Oil the rods, tighten the belts', 'Oil the rods', 150, 0.74)],
  },
  {
    name: 'CNC mill',
    type: 'Machining',
    state: 'blocked',
    usesPerDay: 2,
    useMin: [20, 180],
    plans: [plan('Grease the spindle', 'Grease spindle', 60, 0.22)],
  },
  {
    name: 'Table saw',
    type: 'Machining',
    state: 'ready',
    usesPerDay: 3,
    useMin: [3, 40],
    plans: [
      plan('Sharpen the blade', 'Sharpen blade', 30, 1.08),
      plan('Empty the dust bags', 'Empty dust bag', 20, 0.12),
    ],
  },
  {
    name: 'Lathe',
    type: 'Machining',
    state: 'offline',
    usesPerDay: 1,
    useMin: [15, 150],
    plans: [plan('Check belt and oil', 'Check oil', 80, 0.47)],
  },
  {
    name: 'Vinyl cutter',
    type: 'Vinyl cutter',
    state: 'ready',
    usesPerDay: 2,
    useMin: [4, 45],
    plans: [plan('Change the blade', 'Change blade', 40, 0.55)],
  },
];

function plan(description: string, lcdMessage: string, intervalH: number, wear: number): DemoPlan {
  return { description, lcdMessage, intervalH, wear };
}
