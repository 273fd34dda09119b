import { Module } from '@nestjs/common';
import { AuthorizationsModule } from '../authorizations/authorizations.module';
import { MembersModule } from '../members/members.module';
import { MemberImportController } from './member-import.controller';
import { MemberImportService } from './member-import.service';

@Module({
  imports: [AuthorizationsModule, MembersModule],
  controllers: [MemberImportController],
  providers: [MemberImportService],
})
export class MemberImportModule {}
