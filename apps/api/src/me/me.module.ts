import { Module } from '@nestjs/common';
import { MembersModule } from '../members/members.module';
import { MeController } from './me.controller';
import { MyMailsService } from './my-mails.service';
import { MeService } from './me.service';

@Module({
  imports: [MembersModule],
  controllers: [MeController],
  providers: [MeService, MyMailsService],
})
export class MeModule {}
