/** A board speaks at least every 30 s; three missed ticks make its machine offline. */
export const ONLINE_WINDOW_S = 90;

/** Longest automatic log-off and power-off delay that a board can count, in minutes (16 bits). */
export const MAX_BOARD_MINUTES = 65_535;

/** How a machine type gives access: by a member's authorisation, or to every active member. */
export const MACHINE_ACCESS = ['authorization', 'open'] as const;
export type MachineAccess = (typeof MACHINE_ACCESS)[number];

/** What a machine is doing, in the order in which the first match wins. */
export const MACHINE_STATUSES = ['in-use', 'blocked', 'maintenance', 'offline', 'free'] as const;
export type MachineStatus = (typeof MACHINE_STATUSES)[number];
