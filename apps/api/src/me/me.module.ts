import { Module } from '@nestjs/common';
import { MeController } from './me.controller';
import { MyMailsService } from './my-mails.service';
import { MeService } from './me.service';

@Module({ controllers: [MeController], providers: [MeService, MyMailsService] })
export class MeModule {}
