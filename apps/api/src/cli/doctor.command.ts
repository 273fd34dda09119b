import { findRootFolder, readVersion } from '../root-folder';
import { loadSettings } from '../settings/load-settings';
import { SettingsError } from '../settings/settings-problems';
import { checkNode, checkClock, checkDisk, checkFolder, checkCertificate } from './doctor-computer';
import { checkBackups, checkBroker, checkDatabase, checkMail, checkPorts } from './doctor-services';
import type { Command } from './command';
import { type Finding, ok, printFindings, problem } from './finding';

export const doctorCommand: Command = {
  name: 'doctor',
  parameters: '',
  summary: 'says in plain words what is wrong: ports, broker, mail, clock, disk, certificate ...',
  flags: [],
  wordCount: 0,
  run: async () => {
    const version = ok(`FabOMatic ${readVersion(findRootFolder())}.`);
    return printFindings([version, checkNode(), ...(await checkInstallation())]);
  },
};

async function checkInstallation(): Promise<Finding[]> {
  try {
    const settings = loadSettings();
    const file = settings.source ?? 'none; everything is default';
    const found = [ok(`Settings: ${file}.`), checkFolder(settings), ...checkDisk(settings)];
    for (const check of [
      checkDatabase,
      checkClock,
      checkPorts,
      checkBroker,
      checkMail,
      checkCertificate,
      checkBackups,
    ]) {
      found.push(...(await check(settings)));
    }
    return found;
  } catch (error) {
    // Without settings nothing else can be looked at.
    if (error instanceof SettingsError) return [problem(error.message)];
    throw error;
  }
}
