import { join } from 'node:path';
import { AppError, type Clock } from '@fabomatic/kernel';
import type { SettingsUpdate, SettingsView, SettingView } from '@fabomatic/system';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK } from '../lab/lab.service';
import {
  type CheckedText,
  checkSettingsText,
  checkSettingsValue,
  type SettingsKeyInfo,
  settingsKeys,
  SettingsText,
  type UnknownName,
  versionOf,
  withoutTomlKey,
  withTomlValue,
} from '../settings/settings-file.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { StartError, systemErrorCode } from '../start-error';

type Value = string | number | boolean | null;

/** The settings file, key by key: shown without its secrets, and changed by its lines. */
@Injectable()
export class SettingsPageService {
  private readonly file: SettingsText;
  private readonly keys = settingsKeys();

  constructor(
    private readonly units: UnitOfWork,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    this.file = new SettingsText(settings.source ?? join(settings.data.folder, 'settings.toml'));
  }

  view(): SettingsView {
    const text = this.file.read();
    const checked = this.checked(text);
    const inFile = new Map(checked.inFile);
    const items = this.keys.map((key) => this.settingView(key, inFile));
    return {
      file: this.file.path,
      exists: this.file.exists,
      version: versionOf(text),
      items,
      unknown: checked.unknown.map((each) => ({ path: pathOf(each), nearest: each.nearest })),
      needsRestart: items.some(({ isPending }) => isPending),
      canRestart: this.settings.system.isRestartedByManager,
    };
  }

  /** The value of a key that waits for a restart; null when none does, or the file cannot be read. */
  pendingValue(path: string): Value {
    try {
      return this.view().items.find((item) => item.path === path && item.isPending)?.value ?? null;
    } catch (error) {
      // Broken by hand: the settings page is where that is said.
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  /** What the next start will run with, secrets too: never shown or logged. */
  valuesOfNextStart(): ReadonlyMap<string, unknown> {
    const inFile = new Map(this.checked(this.file.read()).inFile);
    return new Map(this.keys.map((key) => [key.path, this.nextValue(key, inFile)]));
  }

  /** All of the values or none; what was there stays as a dated copy. */
  async update(by: Actor, { version, values }: SettingsUpdate): Promise<SettingsView> {
    const text = this.file.read();
    if (versionOf(text) !== version) throw new AppError('request.outdated', { version: 0 });
    const checked = this.checked(text);
    const unknown = checked.unknown.filter((each) => values[pathOf(each)] === null);
    const changes = this.acceptedChanges(values, unknown.map(pathOf));
    let changed = text;
    const take = (next: string | null) => {
      if (next === null) throw new AppError('settings.file_unusual');
      changed = next;
    };
    for (const [key, value] of changes) take(withTomlValue(changed, key, value));
    for (const each of unknown) take(withoutTomlKey(changed, each));
    this.refuseContradictions(text, changed, changes);
    if (changed === text) return this.view();
    const before = this.told(changes, new Map(checked.inFile));
    this.write(changed);
    const after = this.told(changes, new Map(changes.map(([key, value]) => [key.path, value])));
    // What stood there unknown may have been a secret: only its name is told.
    for (const each of unknown) before[pathOf(each)] = '(unknown)';
    await this.units.run((db) =>
      this.audit.record(db, by, {
        action: 'update',
        subject: 'settings',
        id: null,
        name: this.file.path,
        before,
        after,
      }),
    );
    return this.view();
  }

  private settingView(key: SettingsKeyInfo, inFile: ReadonlyMap<string, unknown>): SettingView {
    const { given } = this.settings;
    const isFromEnvironment = given.fromEnvironment.has(key.path);
    const running = given.values.get(key.path);
    const value = this.nextValue(key, inFile);
    return {
      path: key.path,
      section: key.section,
      name: key.name,
      kind: key.kind,
      unit: key.unit,
      choices: [...key.choices],
      description: key.description,
      expected: key.expected,
      format: key.format,
      min: key.min,
      max: key.max,
      isSecret: key.isSecret,
      defaultValue: key.isSecret ? null : plain(key.defaultValue),
      value: key.isSecret ? null : plain(value),
      isSet: value !== '',
      source: isFromEnvironment ? 'environment' : inFile.has(key.path) ? 'file' : 'default',
      variable: key.variable,
      needsRestart: key.needsRestart,
      isPending: value !== running,
    };
  }

  private nextValue(key: SettingsKeyInfo, inFile: ReadonlyMap<string, unknown>): unknown {
    const { fromEnvironment, values } = this.settings.given;
    if (fromEnvironment.has(key.path)) return values.get(key.path);
    return inFile.get(key.path) ?? key.defaultValue;
  }

  /** The changes in the order of the file; each that cannot be is named. */
  private acceptedChanges(
    values: SettingsUpdate['values'],
    takenOut: readonly string[],
  ): [SettingsKeyInfo, Value][] {
    const problems: Record<string, string> = {};
    for (const path of Object.keys(values)) {
      const isKnown = takenOut.includes(path) || this.keys.some((key) => key.path === path);
      if (!isKnown) problems[path] = 'field.unknown';
    }
    const accepted = this.keys.flatMap((key): [SettingsKeyInfo, Value][] => {
      const value = values[key.path];
      // A page shows no secret: an empty field means that nobody typed a new one.
      if (value === undefined || (key.isSecret && value === '')) return [];
      const problem = this.problemWith(key, value);
      if (problem !== null) problems[key.path] = problem;
      return [[key, value]];
    });
    if (Object.keys(problems).length > 0) throw new AppError('request.invalid', {}, problems);
    return accepted;
  }

  private problemWith({ path }: SettingsKeyInfo, value: Value): string | null {
    if (this.settings.given.fromEnvironment.has(path)) return 'settings.set_by_environment';
    if (value !== null && !checkSettingsValue(path, value)) return 'settings.value_invalid';
    return null;
  }

  /** Values that are right each by itself and wrong together; what was wrong before may stay. */
  private refuseContradictions(
    text: string,
    changed: string,
    changes: readonly (readonly [SettingsKeyInfo, Value])[],
  ): void {
    const before = new Set(checkSettingsText('settings', text).problems);
    const { contradictions } = checkSettingsText('settings', changed);
    const added = contradictions.find(({ problem }) => !before.has(problem));
    if (added === undefined) return;
    const { code, paths } = added;
    const changedPaths = new Set(changes.map(([{ path }]) => path));
    const field = paths.find((path) => changedPaths.has(path)) ?? paths[0] ?? '';
    throw new AppError('request.invalid', {}, { [field]: code });
  }

  private write(text: string): void {
    try {
      this.file.write(text, this.clock.nowS());
    } catch (error) {
      // A folder of somebody else's (/etc), or a read-only disk.
      if (systemErrorCode(error) === undefined) throw error;
      throw new AppError('settings.not_writable', { file: this.file.path });
    }
  }

  private checked(text: string): CheckedText {
    try {
      return checkSettingsText('settings', text);
    } catch (error) {
      // Edited by hand since the start, and no TOML any more.
      if (!(error instanceof StartError)) throw error;
      throw new AppError('settings.file_unusual');
    }
  }

  /** For the audit trail: of a secret only that it has a value. */
  private told(
    changes: readonly (readonly [SettingsKeyInfo, Value])[],
    values: ReadonlyMap<string, unknown>,
  ): Record<string, unknown> {
    return Object.fromEntries(
      changes.map(([{ path, isSecret }]) => {
        const value = values.get(path) ?? null;
        return [path, isSecret && value !== null ? '(secret)' : value];
      }),
    );
  }
}

/** 'web.prot', or 'extra' for a section. */
function pathOf({ section, name }: UnknownName): string {
  return name === null ? section : `${section}.${name}`;
}

function plain(value: unknown): string | number | boolean {
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value ?? '');
}
