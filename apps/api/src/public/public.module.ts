import { Module } from '@nestjs/common';
import { PublicStatusService } from './public-status.service';
import { PublicController } from './public.controller';

/** What whoever is not logged in may see. */
@Module({ controllers: [PublicController], providers: [PublicStatusService] })
export class PublicModule {}
