import { type Clock, LabZone, type PageQuery } from '@fabomatic/kernel';
import { LANGUAGES, loadWords, matchLanguage } from '@fabomatic/i18n';
import { Controller, Get, Inject, Logger, Query, Req, Res, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { Needs } from '../auth/session.guard';
import { CLOCK } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import type { ExportDefinition } from './export-definition';
import { writeWorkbook } from './workbook';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CODES = LANGUAGES.map(({ code }) => code);

/** Of the headings; without it what the browser asks for. */
const Language = z.object({ lang: z.enum(CODES).optional() });

/** `GET /api/v1/exports/<name>.xlsx`: one route for each list, with the query of that list. */
export function exportController<S, Q extends PageQuery, V>(
  definition: ExportDefinition<S, Q, V>,
): Type {
  const query = definition.query.extend(Language.shape);
  const log = new Logger('Exports');

  @Needs(definition.permission ?? 'read')
  @Controller('exports')
  class ExportController {
    private readonly zone: LabZone;

    constructor(
      @Inject(definition.source) private readonly source: S,
      @Inject(SETTINGS) settings: Settings,
      @Inject(CLOCK) private readonly clock: Clock,
    ) {
      this.zone = new LabZone(settings.lab.timezone);
    }

    /** All pages of the list; page and page size do not count. */
    @Get(`${definition.name}.xlsx`)
    @ApiProduces(XLSX)
    @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
    async get(
      @Query({ schema: query }) asked: Q & z.infer<typeof Language>,
      @Req() request: Request,
      @Res() response: Response,
    ): Promise<void> {
      const { lang, ...listQuery } = asked;
      const words = await loadWords(lang ?? matchLanguage(request.acceptsLanguages()));
      // What goes wrong before the first row is answered as everything that goes wrong.
      const chunks = await begun(definition.chunks(this.source, listQuery as unknown as Q));
      response.setHeader('Content-Type', XLSX);
      response.setHeader('Content-Disposition', `attachment; filename="${this.fileName()}"`);
      response.setHeader('Cache-Control', 'no-store');
      const sheet = words.exports.sheet[definition.sheet];
      try {
        await writeWorkbook(response, definition.columns, chunks, {
          words,
          zone: this.zone,
          sheet,
        });
      } catch (error) {
        // The file has begun: it is broken off, so that nobody takes a part for the whole.
        log.error(`${definition.name}.xlsx was broken off: ${String(error)}`);
        response.destroy();
      }
    }

    private fileName(): string {
      const day = new Date(this.zone.wallS(this.clock.nowS()) * 1000).toISOString().slice(0, 10);
      return `${definition.name}-${day}.xlsx`;
    }
  }
  return ExportController;
}

/** The same chunks, the first of which has been read already. */
async function begun<T>(chunks: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    try {
      for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      // The reader has gone: the source closes what it reads from.
      await iterator.return?.();
    }
  })();
}
