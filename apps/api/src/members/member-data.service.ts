import { LANGUAGES, loadWords, matchLanguage } from '@fabomatic/i18n';
import { type Clock, LabZone } from '@fabomatic/kernel';
import type { MemberData } from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Editor } from '../auth/session.guard';
import { ReadDb } from '../database/db';
import { writeSheets } from '../exports/workbook';
import { CLOCK } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { memberData } from './member-data.queries';
import { memberDataSheets } from './member-data-sheets';
import { refuseUnlessMayChange } from './member-guards';
import { MemberRecords } from './member-records.service';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** All that is known about a member, for themselves or for whoever answers them. */
@Injectable()
export class MemberDataService {
  private readonly zone: LabZone;

  constructor(
    private readonly db: ReadDb,
    private readonly records: MemberRecords,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.zone = new LabZone(settings.lab.timezone);
  }

  /** Of anybody whom the editor may change. */
  async ofMember(editor: Editor, id: number): Promise<MemberData> {
    const member = await this.records.existing(this.db, id);
    refuseUnlessMayChange(editor, member.portalAccess);
    return memberData(this.db, member, this.clock);
  }

  async own(id: number): Promise<MemberData> {
    return memberData(this.db, await this.records.existing(this.db, id), this.clock);
  }

  /** The same as a file, in the language that the browser asks for. */
  async send(data: MemberData, request: Request, response: Response): Promise<void> {
    const asked = LANGUAGES.find(({ code }) => code === request.query['lang'])?.code;
    const words = await loadWords(asked ?? matchLanguage(request.acceptsLanguages()));
    response.setHeader('Content-Type', XLSX);
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="member-${data.member.id}-data.xlsx"`,
    );
    response.setHeader('Cache-Control', 'no-store');
    await writeSheets(response, memberDataSheets(data), { words, zone: this.zone });
  }
}
