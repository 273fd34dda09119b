import { backupCommand } from './backup.command';
import { createAdminCommand } from './create-admin.command';
import { doctorCommand } from './doctor.command';
import { importCommand } from './import.command';
import { purgeCommand } from './purge.command';
import { restoreCommand } from './restore.command';
import { startCommand } from './start.command';
import { verifyCommand } from './verify.command';
import { versionCommand } from './version.command';
import { weeklySummaryCommand } from './weekly-summary.command';
import type { Command } from './command';

/** Every command, in the order of the usage. */
export const COMMANDS: readonly Command[] = [
  startCommand,
  importCommand,
  backupCommand,
  restoreCommand,
  verifyCommand,
  doctorCommand,
  purgeCommand,
  weeklySummaryCommand,
  createAdminCommand,
  versionCommand,
];
