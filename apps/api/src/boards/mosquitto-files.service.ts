import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  DATA_FOLDER,
  type DataFolder,
  PRIVATE_FOLDER_MODE,
  writePrivateFile,
} from '../data-folder/data-folder.module';
import { LabService } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { systemErrorCode } from '../start-error';
import { mosquittoAcl, type MosquittoFacts, mosquittoPasswords } from './mosquitto-files';
import { hashBoardPassword } from './mosquitto-password';

const FOLDER = 'mosquitto';

interface SettingsHashes {
  readonly own: string;
  readonly shared: string | null;
}

/**
 * The password and ACL files of an external Mosquitto, in the folder `mosquitto` of the data folder.
 * They are written when what they say changes; whoever runs Mosquitto lets it read them again
 * (docs/operations.md): this program may not signal a program of another user.
 */
@Injectable()
export class MosquittoFiles {
  private readonly folder: string;
  private readonly log = new Logger('Boards');
  /** Passwords of the settings; null: no files are wanted, or not yet. */
  private hashes: SettingsHashes | null = null;
  /** Key: file; value: what was written last. */
  private readonly written = new Map<string, string>();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(DATA_FOLDER) dataFolder: DataFolder,
    private readonly lab: LabService,
  ) {
    this.folder = join(dataFolder.path, FOLDER);
    lab.onReload(() => this.writeAgain());
  }

  /** Once, at the start. A folder that cannot be written ends the start. */
  async begin(): Promise<void> {
    const { isEmbedded, boardAccounts, password, sharedUser, sharedPassword } = this.settings.mqtt;
    if (isEmbedded || boardAccounts === 'off') return;
    this.hashes = {
      own: await hashBoardPassword(password ?? ''),
      shared: sharedUser === null ? null : await hashBoardPassword(sharedPassword ?? ''),
    };
    mkdirSync(this.folder, { recursive: true, mode: PRIVATE_FOLDER_MODE });
    this.write(this.hashes);
  }

  private writeAgain(): void {
    if (this.hashes === null) return;
    try {
      this.write(this.hashes);
    } catch (error) {
      // The disk is full or read-only: the change stands in the database, and the next one tries again.
      if (systemErrorCode(error) === undefined) throw error;
      this.log.error(`The files for Mosquitto cannot be written: ${String(error)}`);
    }
  }

  private write(hashes: SettingsHashes): void {
    const facts = this.facts(hashes);
    // An account that is in neither is shut; one that is in the first only may do nothing.
    this.put('passwords', mosquittoPasswords(facts));
    this.put('acl', mosquittoAcl(facts));
  }

  private put(name: string, content: string): void {
    if (this.written.get(name) === content) return;
    writePrivateFile(join(this.folder, name), content);
    this.written.set(name, content);
  }

  private facts({ own, shared }: SettingsHashes): MosquittoFacts {
    const { topic, replySubtopic, requestSubtopic, statsTopic, ...mqtt } = this.settings.mqtt;
    const isOptional = mqtt.boardAccounts === 'optional';
    return {
      names: { topic, replySubtopic, requestSubtopic, statsTopic },
      own: { user: mqtt.user ?? '', passwordHash: own, clientId: mqtt.clientId },
      shared:
        !isOptional || mqtt.sharedUser === null || shared === null
          ? null
          : { user: mqtt.sharedUser, passwordHash: shared },
      isOptional,
      accounts: [...this.lab.machines()].flatMap(({ id, account }) =>
        account === null ? [] : [{ machineId: id, ...account }],
      ),
      extraPasswords: this.readExtra('extra-passwords'),
      extraAcl: this.readExtra('extra-acl'),
    };
  }

  /** Of other programs of the lab; '' when there is no such file. */
  private readExtra(name: string): string {
    try {
      return readFileSync(join(this.folder, name), 'utf8');
    } catch (error) {
      // Most labs have none.
      if (systemErrorCode(error) === 'ENOENT') return '';
      throw error;
    }
  }
}
