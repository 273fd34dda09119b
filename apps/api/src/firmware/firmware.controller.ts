import {
  FirmwareImageList,
  FirmwareImageView,
  FirmwareMd5,
  FirmwareRolloutListQuery,
  FirmwareRolloutRequest,
  FirmwareRolloutState,
  FirmwareRolloutView,
  FirmwareUploadQuery,
} from '@fabomatic/boards';
import { type Page, pageOf } from '@fabomatic/kernel';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Actor } from '../audit/audit.service';
import { By, Needs, NotByKey } from '../auth/session.guard';
import { TakesFile } from '../http/body-time';
import { FirmwareImages } from './firmware-images.service';
import { FirmwareRollouts } from './firmware-rollouts.service';

@Needs('admin')
@NotByKey()
@Controller('firmware')
export class FirmwareController {
  constructor(
    private readonly images: FirmwareImages,
    private readonly rollouts: FirmwareRollouts,
  ) {}

  @Get('images')
  @ApiOkResponse({ standardSchema: FirmwareImageList })
  listImages(): Promise<FirmwareImageList> {
    return this.images.list();
  }

  /** The body is the file itself. */
  @Post('images')
  @TakesFile()
  @ApiConsumes('application/octet-stream')
  @ApiCreatedResponse({ standardSchema: FirmwareImageView })
  upload(
    @By() by: Actor,
    @Query({ schema: FirmwareUploadQuery }) { fileName }: FirmwareUploadQuery,
    @Req() request: Request,
  ): Promise<FirmwareImageView> {
    return this.images.takeIn(by, fileName, request);
  }

  @Delete('images/:md5')
  @HttpCode(204)
  remove(@By() by: Actor, @Param('md5', { schema: FirmwareMd5 }) md5: string): Promise<void> {
    return this.images.remove(by, md5);
  }

  /** Of the run that goes on, or of the last one: asked again and again while it goes on. */
  @Get('rollout')
  @ApiOkResponse({ standardSchema: FirmwareRolloutState })
  state(): Promise<FirmwareRolloutState> {
    return this.rollouts.state();
  }

  @Post('rollout')
  @ApiCreatedResponse({ standardSchema: FirmwareRolloutState })
  start(
    @By() by: Actor,
    @Body({ schema: FirmwareRolloutRequest }) body: FirmwareRolloutRequest,
  ): Promise<FirmwareRolloutState> {
    return this.rollouts.start(by, body);
  }

  @Post('rollout/stop')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: FirmwareRolloutState })
  stop(@By() by: Actor): Promise<FirmwareRolloutState> {
    return this.rollouts.stop(by);
  }

  @Get('rollouts')
  @ApiOkResponse({ standardSchema: pageOf(FirmwareRolloutView) })
  listRollouts(
    @Query({ schema: FirmwareRolloutListQuery }) query: FirmwareRolloutListQuery,
  ): Promise<Page<FirmwareRolloutView>> {
    return this.rollouts.list(query);
  }
}
