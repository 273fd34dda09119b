import { LANGUAGES, loadWords, matchLanguage } from '@fabomatic/i18n';
import { AppError } from '@fabomatic/kernel';
import {
  MAX_MEMBER_IMPORT_BYTES,
  MemberImportForm,
  MemberImportPreview,
  MemberImportResult,
} from '@fabomatic/members';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Post,
  Query,
  Req,
  StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { Request } from 'express';
import * as z from 'zod';
import { ByEditor, type Editor, Needs } from '../auth/session.guard';
import { TakesFile } from '../http/body-time';
import { ReadDb } from '../database/db';
import { templateWorkbook } from './import-template';
import { MemberImportService } from './member-import.service';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CODES = LANGUAGES.map(({ code }) => code);
const TemplateQuery = z.strictObject({ lang: z.enum(CODES).optional() });

/** One more than is allowed comes through, and is refused in words. */
const UPLOAD = {
  limits: {
    fileSize: MAX_MEMBER_IMPORT_BYTES + 1,
    files: 1,
    fields: 1,
    fieldSize: 20_000,
    parts: 3,
  },
};

/** The part of multer's file that counts here. */
interface Upload {
  readonly buffer: Buffer;
}

@Needs('members')
@Controller('members/import')
export class MemberImportController {
  constructor(
    private readonly imports: MemberImportService,
    private readonly db: ReadDb,
  ) {}

  /** An empty table with the headings that are understood. */
  @Get('template.xlsx')
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async template(
    @Query({ schema: TemplateQuery }) { lang }: z.infer<typeof TemplateQuery>,
    @Req() request: Request,
  ): Promise<StreamableFile> {
    const words = await loadWords(lang ?? matchLanguage(request.acceptsLanguages()));
    const machines = await this.db.query<{ name: string }>('SELECT name FROM machines ORDER BY id');
    return new StreamableFile(await templateWorkbook(words, machines), {
      type: XLSX,
      disposition: 'attachment; filename="members.xlsx"',
    });
  }

  /** `multipart/form-data` with `file` and `plan`: what would become of each row. */
  @Post('preview')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @UseInterceptors(FileInterceptor('file', UPLOAD))
  @TakesFile()
  @ApiOkResponse({ standardSchema: MemberImportPreview })
  preview(
    @ByEditor() editor: Editor,
    @Body({ schema: MemberImportForm }) { plan }: MemberImportForm,
    @UploadedFile() file?: Upload,
  ): Promise<MemberImportPreview> {
    return this.imports.preview(editor, contentOf(file), plan);
  }

  /** The same form: all of it, or nothing. */
  @Post()
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @UseInterceptors(FileInterceptor('file', UPLOAD))
  @TakesFile()
  @ApiOkResponse({ standardSchema: MemberImportResult })
  run(
    @ByEditor() editor: Editor,
    @Body({ schema: MemberImportForm }) { plan }: MemberImportForm,
    @UploadedFile() file?: Upload,
  ): Promise<MemberImportResult> {
    return this.imports.run(editor, contentOf(file), plan);
  }
}

function contentOf(file: Upload | undefined): Buffer {
  if (file === undefined) throw new AppError('member_import.no_file');
  return file.buffer;
}
