import { Module } from '@nestjs/common';
import { BoardsModule } from '../boards/boards.module';
import { MemberCardsService } from './member-cards.service';
import { MemberDataController } from './member-data.controller';
import { MemberDataService } from './member-data.service';
import { MemberErasureService } from './member-erasure.service';
import { MemberRecords } from './member-records.service';
import { MembersController } from './members.controller';
import { MembersService } from './members.service';
import { MembershipCalendar } from './membership-calendar.service';
import { MembershipsService } from './memberships.service';
import { RolesController } from './roles.controller';
import { RolesService } from './roles.service';

@Module({
  // Cards that nobody had are given to members.
  imports: [BoardsModule],
  controllers: [MemberDataController, MembersController, RolesController],
  providers: [
    MemberCardsService,
    MemberDataService,
    MemberErasureService,
    MemberRecords,
    MembersService,
    MembershipCalendar,
    MembershipsService,
    RolesService,
  ],
  exports: [MemberCardsService, MembershipCalendar, MembersService, RolesService],
})
export class MembersModule {}
